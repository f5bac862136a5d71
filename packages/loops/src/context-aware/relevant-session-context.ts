import { quoteUntrusted, selectSessionContext, type Session, type SessionEntry } from '@jarvis/core';

import type { RelevantContext } from '../engine/relevant-context.ts';

/** How much agents may be told. */
export interface ContextBudget {
  readonly tokens: number;
  /** Counts the tokens of a text; it may count too many, never too few. */
  readonly count: (text: string) => number;
}

/**
 * Chooses which decisions, findings and outcomes of earlier runs agents are told about before they begin. The budget
 * covers the entries as a question quotes them. What the simulation did is no news for real work and is left out.
 */
export function relevantSessionContext(
  session: Session,
  task: string,
  budget: ContextBudget,
): RelevantContext {
  const simulated = new Set(session.runs.filter(({ isSimulated }) => isSimulated).map(({ runId }) => runId));
  const real = {
    ...session,
    runs: session.runs.filter(({ isSimulated }) => !isSimulated),
    entries: session.entries.filter(({ runId }) => !simulated.has(runId)),
  };
  const ranked = selectSessionContext(real, { task, budgetTokens: Infinity, count: () => 0 });
  return fill(ranked.entries.map(toEntry), budget);
}

/** A shorter entry further down may still fit; but counting takes time, and what comes late matters little. */
const MOST_MISSES = 20;

type Entry = RelevantContext['entries'][number];

function toEntry({ id, kind, text }: SessionEntry): Entry {
  return { id, kind, text };
}

function fill(ranked: readonly Entry[], { tokens: most, count }: ContextBudget): RelevantContext {
  let entries: readonly Entry[] = [];
  let tokens = 0;
  let misses = 0;
  for (const entry of ranked) {
    if (misses === MOST_MISSES) break;
    const longer = [...entries, entry];
    const needed = count(quoteUntrusted({ earlierRuns: longer }));
    if (needed > most) {
      misses += 1;
      continue;
    }
    entries = longer;
    tokens = needed;
  }
  return { entries, tokens, leftOut: ranked.length - entries.length };
}
