import { type Config, renderUsd, toNanoUsd } from '@jarvis/core';
import { countTries, describeRecord, type RunRecord, type RunResult } from '@jarvis/loops';

import { countThings } from './count-things.ts';
import { escapeForTerminal } from './escape-for-terminal.ts';
import { renderScreening } from './render-screening.ts';
import { renderUncommitted } from './render-uncommitted.ts';

/** Money is counted in billionths of a dollar. */
const MOST_DIGITS = 9;
const DIGITS = [3, 4, 5, 6, 7, 8];

/** The first lines of a run: what it may cost, who does the work, and what will not happen. */
function renderOpening(record: Extract<RunRecord, { type: 'run.accepted' }>): string {
  const { config, isSimulated, commits, workspace, screening } = record.data;
  const lines = [
    `Cost cap: ${renderCap(config.costs?.capUsd ?? 'unlimited')} for this run (change it with --max-cost).`,
    ...(isSimulated
      ? ['Simulated: no model is used and nothing is paid. Set OPENAI_API_KEY for a real one.']
      : []),
    `Run ${record.runId} in ${workspace}`,
    ...(commits.type === 'off' ? [`No commits: ${commits.reason}.`] : []),
    ...renderUncommitted(record.data, record.runId),
    ...renderScreening(screening),
  ];
  return `${lines.map(escapeForTerminal).join('\n')}\n`;
}

/** A line of progress, or nothing for what is only bookkeeping. */
export function renderProgress(record: RunRecord): string {
  if (record.type === 'run.accepted') return renderOpening(record);
  if (record.type === 'run.ended' || record.type === 'run.paused') return '';
  const text = describeRecord(record);
  return text === undefined || text === '' ? '' : `  ${escapeForTerminal(text).replaceAll('\n', '\n  ')}\n`;
}

/** The result of a run, for people; the commands it names find the run in the state directory that was given. */
export function renderResult(result: RunResult, stateDir?: string): string {
  const where = stateDir === undefined ? '' : ` --state-dir ${stateDir}`;
  const { status, message, files, commits, cost, nextCommand, isSimulated, rounds } = result;
  const lines = [
    `${status}: ${message}`,
    ...(isSimulated ? ['simulated: no model was used'] : []),
    `rounds: ${String(countTries(rounds))}`,
    `cost: ${renderSpent(cost)}${renderDoubt(result)}`,
    ...(files.length === 0
      ? ['files: none']
      : [`files in ${result.workspace}:`, ...files.map((path) => `  ${path}`)]),
    ...(commits.length === 0
      ? []
      : ['commits:', ...commits.map(({ id, subject }) => `  ${id.slice(0, 10)} ${subject}`)]),
    ...renderRetryAt(result),
    ...(nextCommand === undefined ? [] : [`next: ${nextCommand}${where}`]),
    `details: jarvis show ${result.runId}${where}`,
  ];
  return `${lines.map(escapeForTerminal).join('\n')}\n`;
}

/** From when on there is use in going on, where that is known. */
export function renderRetryAt({ retryAtMs }: { readonly retryAtMs?: number }): readonly string[] {
  const moment = retryAtMs === undefined ? undefined : new Date(retryAtMs);
  if (moment === undefined || Number.isNaN(moment.getTime())) return [];
  return [`can go on: after ${moment.toISOString().slice(0, 19).replace('T', ' ')} UTC`];
}

/** A cap for people. */
export function renderCap(capUsd: Config['costs']['capUsd']): string {
  return capUsd === 'unlimited' ? 'unlimited' : renderUsdNumber(capUsd);
}

/** What was spent of a cap, with as many digits as it takes to see whether the cap was reached. */
export function renderSpent({ spentUsd, capUsd }: Pick<RunResult['cost'], 'spentUsd' | 'capUsd'>): string {
  const [spent, cap] = [renderUsdNumber(spentUsd), renderCap(capUsd)];
  if (capUsd === 'unlimited' || spent !== cap || spentUsd === capUsd) return `${spent} of ${cap}`;
  const digits = DIGITS.find((count) => spentUsd.toFixed(count) !== capUsd.toFixed(count)) ?? MOST_DIGITS;
  return `$${spentUsd.toFixed(digits)} of $${capUsd.toFixed(digits)}`;
}

/** Dollars for people: cents, or six digits when there are less than that. */
export function renderUsdNumber(usd: number): string {
  return renderUsd(toNanoUsd(usd));
}

function renderDoubt({ cost: { inDoubtCalls, inDoubtUsd } }: RunResult): string {
  if (inDoubtCalls === 0) return '';
  const calls = countThings(inDoubtCalls, 'call');
  return `, with ${calls} in doubt, up to ${renderUsdNumber(inDoubtUsd)}`;
}
