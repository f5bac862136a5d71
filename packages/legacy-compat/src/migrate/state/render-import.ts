import type { ImportedRun, ImportReport } from './import-state.ts';

const OUTCOMES: Readonly<Record<ImportedRun['outcome'], string>> = {
  found: 'would be imported',
  imported: 'imported',
  known: 'imported before, nothing to do',
  changed: 'imported before; the old files have changed since, the import stays as it is',
};

/** What was imported, for people. */
export function renderImport({ root, runs, snapshots, problems }: ImportReport): string {
  const lines = [
    ...(runs.length === 0 ? [`No runs of the predecessor were found in ${root}.`] : []),
    ...runs.flatMap(({ runId, oldId, outcome, notes }) => [
      `${runId}  ${OUTCOMES[outcome]}  (${oldId})`,
      ...notes.map((note) => `    ${note}`),
    ]),
    ...listOf('not understood:', problems),
    ...listOf(
      'snapshots of rounds, left where they are:',
      snapshots.map(({ path, files }) => `${path} (${String(files.length)} files)`),
    ),
  ];
  return `${lines.join('\n')}\n`;
}

function listOf(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [title, ...lines.map((line) => `    ${line}`)];
}
