import { type CostHistory, type CostHistoryLine, isRunCost, type RunView } from '@jarvis/loops';

import { countThings } from './count-things.ts';
import { escapeForTerminal } from './escape-for-terminal.ts';
import { renderSpent, renderUsdNumber } from './terminal-reporter.ts';

/** What one run cost, and how it stands. */
export type ShownCost = Pick<RunView, 'runId' | 'status' | 'isSimulated' | 'cost'>;

/** What one run cost, by role and model, for people. */
export function renderCostStatement({ runId, status, isSimulated, cost }: ShownCost): string {
  const { inDoubtCalls, inDoubtUsd } = cost;
  const lines = [
    `run ${runId}: ${status}`,
    ...(isSimulated ? ['simulated: no model was used'] : []),
    `cost: ${renderSpent(cost)}, ${countThings(cost.calls, 'call')}`,
    ...cost.lines.map(renderLine),
    ...(inDoubtCalls === 0
      ? []
      : [
          `  in doubt: ${countThings(inDoubtCalls, 'call')}, up to ${renderUsdNumber(inDoubtUsd)} (included)`,
        ]),
  ];
  return `${lines.map(escapeForTerminal).join('\n')}\n`;
}

/** What all runs of a project cost, one line each, and their sum. */
export function renderCostHistory({ lines, total }: CostHistory): string {
  if (lines.length === 0) return 'No runs yet, and nothing spent.\n';
  const sum = `${countThings(total.runs, 'run')}, ${countThings(total.calls, 'call')}`;
  const doubt =
    total.inDoubtUsd === 0 ? '' : `, of which up to ${renderUsdNumber(total.inDoubtUsd)} in doubt`;
  const shown = [...lines.map(renderRunCost), `total: ${renderUsdNumber(total.spentUsd)} in ${sum}${doubt}`];
  return `${shown.map(escapeForTerminal).join('\n')}\n`;
}

function renderRunCost(line: CostHistoryLine): string {
  if (!isRunCost(line)) return `${line.runId}  unreadable: ${line.error.message}`;
  const { runId, status, mode, isSimulated, spentUsd, calls } = line;
  const price = isSimulated ? 'simulated' : renderUsdNumber(spentUsd);
  return `${runId}  ${status.padEnd(9)}  ${price.padStart(9)}  ${countThings(calls, 'call').padStart(10)}  ${mode}`;
}

function renderLine(line: ShownCost['cost']['lines'][number]): string {
  const { role, model, calls, usd, inputTokens, cachedInputTokens, outputTokens } = line;
  const cached = cachedInputTokens === 0 ? '' : ` (${String(cachedInputTokens)} cached)`;
  return (
    `  ${role} on ${model}: ${countThings(calls, 'call')}, ${renderUsdNumber(usd)}, ` +
    `${String(inputTokens)} tokens in${cached}, ${String(outputTokens)} out`
  );
}
