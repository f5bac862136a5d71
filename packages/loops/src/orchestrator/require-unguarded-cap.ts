import { type ConfigInput, InvalidConfigError } from '@jarvis/core';

import { type Amendment, completeConfig } from '../engine/amendment.ts';

/**
 * Where a rule asks people at caps, nobody raises one past them; lower it may be at any time.
 *
 * @throws {@link InvalidConfigError} naming every cap that would be raised.
 */
export function requireUnguardedCap(config: ConfigInput, amendment: Amendment): void {
  const { gates, costs } = completeConfig(config);
  if (!gates.some(({ at }) => at === 'cap')) return;
  const { capUsd, stageCapUsd, roleCapsUsd = {} } = amendment;
  const wishes = [
    { key: 'costs.capUsd', now: costs.capUsd, wanted: capUsd },
    { key: 'costs.stageCapUsd', now: costs.stageCapUsd, wanted: stageCapUsd },
    ...Object.entries(roleCapsUsd).map(([role, wanted]) => ({
      key: `costs.roleCapsUsd.${role}`,
      now: Object.entries(costs.roleCapsUsd).find(([name]) => name === role)?.[1],
      wanted,
    })),
  ];
  const raised = wishes.filter(({ now, wanted }) => wanted !== undefined && toAmount(wanted) > toAmount(now));
  if (raised.length === 0) return;
  const problem = 'a rule at "cap" says who may raise it: the run asks them when it meets the cap';
  throw new InvalidConfigError({
    problems: raised.map(({ key }) => ({ origin: 'amendment', key, problem })),
  });
}

/** No cap is higher than every other. */
function toAmount(cap: number | 'unlimited' | undefined): number {
  return typeof cap === 'number' ? cap : Infinity;
}
