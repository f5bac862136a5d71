import { isInvalidConfigError } from '@jarvis/core';

import { LegacyConfigError } from '../errors.ts';
import { legacyKeys } from './legacy-keys.ts';
import { variableOf } from './legacy-variables.ts';

/** Says of values that cannot be used under which old keys they were written; any other error is given back as it is. */
export function nameOldKeys(error: unknown): unknown {
  if (!isInvalidConfigError(error)) return error;
  const problem = error.problems.map((found) => `${oldNameOf(found.key)}: ${found.problem}`);
  return new LegacyConfigError({ problem, cause: error });
}

function oldNameOf(key: string): string {
  const kept = Object.entries(legacyKeys).find(([, fate]) => fate.type === 'kept' && fate.as === key);
  return kept?.[0] ?? variableOf(key) ?? key;
}
