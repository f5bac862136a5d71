import { UsageError } from '../errors.ts';

/** Ids have at most 64 characters; this leaves room for a number behind. */
const LONGEST = 40;

/**
 * The id of a stage with this name: lower-case letters, digits and hyphens.
 *
 * @throws {@link UsageError} when the name has no letter that could be part of one.
 */
export function toStageId(name: string): string {
  const id = name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^a-z0-9]+/gu, '-')
    .slice(0, LONGEST)
    .replaceAll(/^-+|-+$/gu, '');
  if (id !== '') return id;
  throw new UsageError({
    problem: `No id can be made of the name ${JSON.stringify(name.slice(0, 80))}.`,
    hint: 'Say one with --id, or in a file of parts.',
  });
}
