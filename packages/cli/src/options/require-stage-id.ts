import { stageIdOf } from '@jarvis/loops';

import { UsageError } from '../errors.ts';

/**
 * The id of a stage with this name: lower-case letters, digits and hyphens.
 *
 * @throws {@link UsageError} when the name has no letter that could be part of one.
 */
export function requireStageId(name: string): string {
  const id = stageIdOf(name);
  if (id !== undefined) return id;
  throw new UsageError({
    problem: `No id can be made of the name ${JSON.stringify(name.slice(0, 80))}.`,
    hint: 'Say one with --id, or in a file of parts.',
  });
}
