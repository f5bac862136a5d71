import { toNanoUsd, toUsd } from '../cost/money.ts';
import type { Finding } from '../vocabulary/finding.ts';
import type { RunSummary } from './run-summary.ts';

/** One thing a later run may be told. */
export interface SessionEntry {
  /** The run, what it is and its number: `r1/open-2`. */
  readonly id: string;
  readonly runId: string;
  /** When the run was last heard of, milliseconds since 1970 UTC. */
  readonly atMs: number;
  readonly kind: 'outcome' | 'decision' | 'finding' | 'open';
  /** One line; models and users wrote it. */
  readonly text: string;
}

/** What the runs on one project have come to. */
export interface Session {
  /** Newest first, without those that are forgotten. */
  readonly runs: readonly RunSummary[];
  /** Newest first; what several runs say is there once, from the newest of them. */
  readonly entries: readonly SessionEntry[];
  /** How many runs stand how. */
  readonly outcomes: Readonly<Partial<Record<RunSummary['status'], number>>>;
  /** What all of them have cost, in US dollars. */
  readonly spentUsd: number;
}

/** The longest text of one entry, in characters. */
const MAX_TEXT_LENGTH = 500;

/**
 * Folds runs to what a later one may want to know. The order in which they are handed in makes no difference.
 *
 * @param runs what the runs have come to, each folded from its own records
 * @param forgotten ids of runs, or of single entries, that nobody is to be told of
 */
export function foldSession(
  runs: readonly RunSummary[],
  forgotten: ReadonlySet<string> = new Set(),
): Session {
  const known = runs
    .filter(({ runId }) => !forgotten.has(runId))
    .sort((a, b) => b.startedAtMs - a.startedAtMs || (a.runId < b.runId ? 1 : -1));
  const entries = known.flatMap(toEntries).filter(({ id }) => !forgotten.has(id));
  return {
    runs: known,
    entries: keepFirst(entries),
    outcomes: countOutcomes(known),
    spentUsd: toUsd(known.reduce((sum, { spentUsd }) => sum + toNanoUsd(spentUsd), 0)),
  };
}

function toEntries(run: RunSummary): readonly SessionEntry[] {
  const { runId, updatedAtMs: atMs } = run;
  const toEntry =
    (kind: SessionEntry['kind']) =>
    (text: string, index: number): SessionEntry => ({
      id: `${runId}/${kind}-${String(index + 1)}`,
      runId,
      atMs,
      kind,
      text: toLine(text),
    });
  return [
    toEntry('outcome')(describeOutcome(run), 0),
    ...run.open.map(toEntry('open')),
    ...run.findings.map(describeFinding).map(toEntry('finding')),
    ...run.decisions.map(toEntry('decision')),
  ];
}

function describeOutcome({ task, status, message, isSimulated, files }: RunSummary): string {
  const wrote = files.length === 0 ? '' : ` It wrote ${files.join(', ')}.`;
  const why = message === undefined ? '' : ` ${message}`;
  return `"${toLine(task).slice(0, 200)}": ${status}${isSimulated ? ', simulated' : ''}.${wrote}${why}`;
}

function describeFinding({ severity, file, line, description }: Finding): string {
  const place = file === undefined ? '' : ` in ${file}${line === undefined ? '' : `:${String(line)}`}`;
  return `${severity}${place}: ${description}`;
}

function toLine(text: string): string {
  const line = text.replaceAll(/\s+/gu, ' ').trim();
  const characters = [...line.slice(0, MAX_TEXT_LENGTH * 2)];
  return characters.length <= MAX_TEXT_LENGTH
    ? line
    : `${characters.slice(0, MAX_TEXT_LENGTH - 1).join('')}…`;
}

function keepFirst(entries: readonly SessionEntry[]): readonly SessionEntry[] {
  const seen = new Set<string>();
  return entries.filter(({ kind, text }) => {
    const key = `${kind} ${text.toLowerCase()}`;
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew;
  });
}

function countOutcomes(runs: readonly RunSummary[]): Session['outcomes'] {
  const counts = new Map<RunSummary['status'], number>();
  for (const { status } of runs) counts.set(status, (counts.get(status) ?? 0) + 1);
  return Object.fromEntries(counts);
}
