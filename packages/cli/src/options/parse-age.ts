import { UsageError } from '../errors.ts';

const UNITS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/** Longer than any run has been there. */
const MOST_DIGITS = 5;

/**
 * A span of time as people write it, in milliseconds: `30d`, `12h`.
 *
 * @throws {@link UsageError} naming the flag.
 */
export function parseAge(flag: string, written: string): number {
  const [, number = '', unit = ''] = /^(\d+)([mhdw])$/u.exec(written) ?? [];
  const ms = UNITS[unit];
  if (ms === undefined || number.length > MOST_DIGITS) {
    throw new UsageError({
      problem: `${flag}: expected a number and m, h, d or w (it is ${JSON.stringify(written.slice(0, 80))}).`,
      hint: `For example: ${flag} 30d`,
    });
  }
  return Number(number) * ms;
}
