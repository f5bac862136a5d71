import { tellingWords } from '../text/index.ts';
import type { Session, SessionEntry } from './fold-session.ts';

/** What is to be told to a run, and how much of it there may be. */
export interface SessionContextRequest {
  /** What the run is to do. */
  readonly task: string;
  /** The most tokens the text may take. */
  readonly budgetTokens: number;
  /** Counts the tokens of a text; it may count too many, never too few. */
  readonly count: (text: string) => number;
}

/** The part of a session a run is told. */
export interface SessionContext {
  /**
   * A line for each entry, the most relevant first; empty when nothing fits. Models and users wrote the entries:
   * a prompt quotes them as data.
   */
  readonly text: string;
  readonly entries: readonly SessionEntry[];
  readonly tokens: number;
  /** How many entries did not fit. */
  readonly leftOut: number;
}

/** What is left to do comes before what was wrong, and that before what is done. */
const WEIGHTS: Readonly<Record<SessionEntry['kind'], number>> = {
  open: 3,
  finding: 2,
  outcome: 1,
  decision: 1,
};

/** A word the task shares with an entry says more than any kind of entry. */
const WEIGHT_OF_WORD = 4;

/**
 * Chooses what a run is told of the runs before it: what has to do with its task first, then what is left open and
 * what is new, as long as the budget lasts. The same session and the same task give the same text.
 */
export function selectSessionContext(
  { runs, entries }: Session,
  { task, budgetTokens, count }: SessionContextRequest,
): SessionContext {
  const wanted = tellingWords(task);
  const tasks = new Map(runs.map((run) => [run.runId, run.task]));
  const [newest] = runs;
  const score = ({ kind, runId, text }: SessionEntry) => {
    const words = tellingWords(`${text} ${tasks.get(runId) ?? ''}`);
    const shared = [...wanted].filter((word) => words.has(word)).length;
    return shared * WEIGHT_OF_WORD + WEIGHTS[kind] + (runId === newest?.runId ? 1 : 0);
  };
  const ranked = entries
    .map((entry) => ({ entry, score: score(entry) }))
    .sort((a, b) => b.score - a.score || b.entry.atMs - a.entry.atMs || (a.entry.id < b.entry.id ? -1 : 1))
    .map(({ entry }) => entry);
  return fill(ranked, { budgetTokens, count });
}

function fill(
  ranked: readonly SessionEntry[],
  { budgetTokens, count }: Pick<SessionContextRequest, 'budgetTokens' | 'count'>,
): SessionContext {
  const chosen: SessionEntry[] = [];
  let text = '';
  let tokens = 0;
  for (const entry of ranked) {
    const longer = `${text}${text === '' ? '' : '\n'}- ${entry.kind}: ${entry.text}`;
    const needed = count(longer);
    // A shorter entry further down may still fit.
    if (needed > budgetTokens) continue;
    chosen.push(entry);
    text = longer;
    tokens = needed;
  }
  return { text, entries: chosen, tokens, leftOut: ranked.length - chosen.length };
}
