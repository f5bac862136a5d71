import { visibleText } from '../project/visible-text.ts';
import type { ImportedHistory } from './import-histories.ts';
import type { ImportedRun } from './import-run.ts';
import type { ImportReport } from './import-state.ts';

const OUTCOMES: Readonly<Record<ImportedRun['outcome'], string>> = {
  found: 'would be imported',
  imported: 'imported',
  known: 'imported before, nothing to do',
  changed: 'imported before; the old files have changed since, the import stays as it is',
  refused: 'not imported: nobody could read the run that would be made of it',
  unreadable: 'imported before in a way nobody can read; it was passed over',
  busy: 'not imported: it is in use; call this again',
};

/** Outcomes that leave nothing to be looked at. */
const MISSING: ReadonlySet<ImportedRun['outcome']> = new Set(['refused', 'unreadable', 'busy']);

/** What was imported, for people: nothing out of an old file can begin a line or move the cursor. */
export function renderImport({ root, runs, snapshots, histories, problems }: ImportReport): string {
  const kept = new Set(histories.map(({ project }) => project));
  const left = snapshots.filter(({ path }) => !kept.has(path.replace(/\/?\.history\/[^/]+$/u, '')));
  const lines = [
    ...(runs.length === 0 ? [`No runs of the predecessor were found in ${root}.`] : []),
    ...runs.flatMap(({ runId, oldId, outcome, notes }) => [
      `${runId}  ${OUTCOMES[outcome]}  (${oldId})`,
      ...notes.map((note) => `    ${note}`),
    ]),
    ...histories.flatMap(renderHistory),
    ...listOf('not understood:', problems),
    ...listOf(
      'snapshots of rounds, left where they are (--snapshots imports them):',
      left.map(({ path, files }) => `${path} (${String(files.length)} files)`),
    ),
  ];
  return lines.map((line) => `${visibleText(line)}\n`).join('');
}

function renderHistory({ project, runId, outcome, rounds, because }: ImportedHistory): readonly string[] {
  const numbers = rounds.map(String).join(', ');
  return [
    `${runId}  kept rounds ${numbers} of ${project === '' ? 'the folder' : project}: ${OUTCOMES[outcome]}`,
    ...(because === undefined ? [] : [`    ${isThere(outcome) ? 'a run of its own: ' : ''}${because}`]),
    ...(outcome === 'found' || !isThere(outcome)
      ? []
      : [`    see: jarvis restore ${runId} --round ${String(rounds[0])} --dry-run`]),
  ];
}

function isThere(outcome: ImportedRun['outcome']): boolean {
  return !MISSING.has(outcome);
}

function listOf(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [title, ...lines.map((line) => `    ${line}`)];
}
