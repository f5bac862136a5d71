import type { AgentRole } from '../vocabulary/agent-role.ts';
import type { Settlement } from './cost-ledger.ts';
import type { NanoUsd } from './money.ts';

/** What one role spent on one model. */
export interface CostLine {
  readonly role: AgentRole;
  readonly model: string;
  readonly calls: number;
  readonly bookedNanoUsd: NanoUsd;
  readonly inputTokens: number;
  /** The part of `inputTokens` the server had cached. */
  readonly cachedInputTokens: number;
  readonly outputTokens: number;
}

/** The lines after one more attempt was charged. */
export function addToLines(lines: readonly CostLine[], settlement: Settlement): readonly CostLine[] {
  const { role, model } = settlement.bearer;
  const index = lines.findIndex((line) => line.role === role && line.model === model);
  const line = lines[index];
  if (line !== undefined) return lines.with(index, addTo(line, settlement));

  const empty = { calls: 0, bookedNanoUsd: 0, inputTokens: 0, cachedInputTokens: 0, outputTokens: 0 };
  return [...lines, addTo({ role, model, ...empty }, settlement)];
}

function addTo(line: CostLine, { amount, usage }: Settlement): CostLine {
  return {
    ...line,
    calls: line.calls + 1,
    bookedNanoUsd: line.bookedNanoUsd + amount,
    inputTokens: line.inputTokens + (usage?.inputTokens ?? 0),
    cachedInputTokens: line.cachedInputTokens + (usage?.cachedInputTokens ?? 0),
    outputTokens: line.outputTokens + (usage?.outputTokens ?? 0),
  };
}
