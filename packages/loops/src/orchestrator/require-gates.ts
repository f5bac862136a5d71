import { type Config, InvalidConfigError } from '@jarvis/core';

import { gatePlaces } from '../engine/gate-places.ts';

/**
 * A rule for a place the mode never comes to would ask nobody, and whoever wrote it would believe to be asked.
 *
 * @throws {@link InvalidConfigError} naming every such rule.
 */
export function requireGates({ gates, mode }: Pick<Config, 'gates' | 'mode'>): void {
  const problems = gates.flatMap(({ at }, index) => {
    if (gatePlaces.includes(at)) return [];
    const problem = `mode ${mode} never asks at "${at}"; it can ask at: ${gatePlaces.join(', ')}`;
    return [{ origin: 'config', key: `gates.${String(index)}.at`, problem }];
  });
  if (problems.length > 0) throw new InvalidConfigError({ problems });
}
