import { type Config, InvalidConfigError } from '@jarvis/core';

import type { DialectPolicies } from '../dialect/dialect.ts';
import { gatePlaces } from '../engine/gate-places.ts';

/**
 * A rule for a place the run never comes to would ask nobody, and whoever wrote it would believe to be asked.
 *
 * @throws {@link InvalidConfigError} naming every such rule.
 */
export function requireGates(
  { gates, mode, loop }: Pick<Config, 'gates' | 'mode' | 'loop'>,
  policies: Pick<DialectPolicies, 'onAuditLimit'>,
): void {
  const acceptsAll = (loop.onAuditLimit ?? policies.onAuditLimit) === 'accept';
  const places = gatePlaces[mode].filter((place) => place !== 'blocked' || !acceptsAll);
  const problems = gates.flatMap(({ at }, index) => {
    if (places.includes(at)) return [];
    const why = gatePlaces[mode].includes(at) ? ' when what is left of a stage is accepted' : '';
    const problem = `mode ${mode} never asks at "${at}"${why}; it can ask at: ${places.join(', ')}`;
    return [{ origin: 'config', key: `gates.${String(index)}.at`, problem }];
  });
  if (problems.length > 0) throw new InvalidConfigError({ problems });
}
