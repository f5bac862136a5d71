import { change } from '../engine/decide.ts';
import type { Change, Decision } from '../engine/decision.ts';
import type { Round, RunState } from '../engine/run-state.ts';

/** The suggestions of an audit the manager has agreed to; `undefined` when all were followed. */
export function applySuggestions(
  state: RunState,
  { number, stage, audit, decisions = [] }: Round,
): Decision | undefined {
  const changes = (audit?.suggestions ?? []).flatMap(({ mutation, reason }, index): readonly Change[] => {
    const suggestion = `suggestion-${String(number)}-${String(index + 1)}`;
    if (decisions[index]?.agreed !== true || state.changes.has(suggestion)) return [];
    const source = mutation.type === 'reopen' && stage !== undefined ? { source: stage } : {};
    return [{ type: 'roadmap', mutation, author: 'supervisor', reason, suggestion, ...source }];
  });
  return changes.length === 0 ? undefined : change(...changes);
}
