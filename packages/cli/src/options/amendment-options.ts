import { type ConfigInput, InvalidConfigError } from '@jarvis/core';
import { type Amendment, amendmentSchema, type RunView } from '@jarvis/loops';

import type { CliOption } from '../commands/cli-command.ts';
import { nestedCapOptions, withoutUndefined } from './run-options.ts';
import { renderUsdNumber } from '../ui/terminal-reporter.ts';

/** The flags that change a run which was accepted. */
export const amendmentOptions: readonly CliOption[] = [
  { flags: '--max-cost <usd>', description: "a new cap for the whole run in US dollars, or 'unlimited'" },
  ...nestedCapOptions,
  { flags: '--max-rounds <number>', description: 'the most rounds of work and review of the whole run' },
  { flags: '--model <name>', description: 'the model of every agent from here on' },
];

/** What the flags change of a run. */
export function toAmendment({ costs = {}, loop, models }: ConfigInput): Amendment {
  const { capUsd, stageCapUsd, roleCapsUsd } = costs;
  const { manager, employee } = models ?? {};
  return amendmentSchema.parse(
    withoutUndefined({
      capUsd,
      stageCapUsd,
      roleCapsUsd: roleCapsUsd === undefined ? undefined : withoutUndefined(roleCapsUsd),
      maxRounds: loop?.maxRounds,
      models: manager === undefined || employee === undefined ? undefined : { manager, employee },
    }),
  );
}

/**
 * A cap below what a run has cost would stop it where it stands; nobody means that.
 *
 * @throws {@link InvalidConfigError} with both amounts.
 */
export function requireMoreThanSpent(view: RunView | undefined, { capUsd }: Amendment): void {
  if (typeof capUsd !== 'number' || view?.nextCommand === undefined) return;
  const { cost } = view;
  if (capUsd >= cost.spentUsd) return;
  const [spent, cap] = [renderUsdNumber(cost.spentUsd), renderUsdNumber(capUsd)];
  const problem = `the run has cost ${spent} already, which is more than ${cap}. Allow it more than it has cost.`;
  throw new InvalidConfigError({ problems: [{ origin: '--max-cost', key: '', problem }] });
}
