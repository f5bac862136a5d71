import { type ConfigInput, InvalidConfigError, toNanoUsd, toUsd } from '@jarvis/core';
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
 * A cap below what a run has spent and set aside would stop it where it stands; nobody means that.
 *
 * @throws {@link InvalidConfigError} with the amounts.
 */
export function requireMoreThanSpent(
  view: Pick<RunView, 'cost' | 'nextCommand'> | undefined,
  { capUsd }: Amendment,
): void {
  if (typeof capUsd !== 'number' || view?.nextCommand === undefined) return;
  const { cost } = view;
  if (capUsd >= cost.spentUsd) return;
  const problem = `the run has ${describeSpent(cost)}, which is more than ${renderUsdNumber(capUsd)}. Allow it more than that.`;
  throw new InvalidConfigError({ problems: [{ origin: '--max-cost', key: '', problem }] });
}

/** What is set aside counts like what is spent, but nobody has paid it yet. */
function describeSpent({ spentUsd, inDoubtUsd }: RunView['cost']): string {
  if (inDoubtUsd === 0) return `spent ${renderUsdNumber(spentUsd)} already`;
  const paid = renderUsdNumber(toUsd(toNanoUsd(spentUsd) - toNanoUsd(inDoubtUsd)));
  return `spent ${paid} and set aside ${renderUsdNumber(inDoubtUsd)} for calls that are not settled`;
}
