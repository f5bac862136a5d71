import { UsageError } from '../errors.ts';

const VERSION = /^[1-9]\d{0,8}$/u;

/**
 * The number of a version of a roadmap, as somebody has written it.
 *
 * @throws {@link UsageError} when it is none; the flag or the place is named.
 */
export function toVersionNumber(written: string, place: string): number {
  if (VERSION.test(written)) return Number(written);
  throw new UsageError({
    problem: `${place}: expected the number of a version, from 1 on (it is ${JSON.stringify(written.slice(0, 80))}).`,
    hint: 'List the versions with: jarvis roadmap history <run>',
  });
}
