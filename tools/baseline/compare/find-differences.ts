import { isDeepStrictEqual } from 'node:util';

import { toPointer } from './json-pointer.ts';
import type { Observation } from './observation.ts';

/** One field in which two observations differ. */
export interface Difference {
  /** A JSON pointer into {@link Observation}; a last part `-` is what one list has beyond the other. */
  readonly path: string;
  /** `undefined` where the recorded run has nothing. */
  readonly recorded: unknown;
  /** `undefined` where ours has nothing. */
  readonly ours: unknown;
}

/** The lists whose elements are compared one by one; every other list is one value. */
const LISTS = ['calls', 'commits'];

/** A sum that was rounded to six decimals may be off by half of the last one. */
const USD_TOLERANCE = 0.501e-6;

/** Every field in which our run differs from the recorded one. The order of keys does not count, that of lists does. */
export function findDifferences(recorded: Observation, ours: Observation): readonly Difference[] {
  return compare([], recorded, ours);
}

/** Whether the values of a field are the same. */
export function isSameValue(path: string, left: unknown, right: unknown): boolean {
  if (path === '/cost/usd' && typeof left === 'number' && typeof right === 'number') {
    return Math.abs(left - right) <= USD_TOLERANCE;
  }
  return isDeepStrictEqual(left, right);
}

function compare(parts: readonly string[], recorded: unknown, ours: unknown): readonly Difference[] {
  const path = toPointer(parts);
  if (isSameValue(path, recorded, ours)) return [];
  if (isRecord(recorded) && isRecord(ours)) return compareRecords(parts, recorded, ours);
  if (LISTS.includes(parts.join('/')) && Array.isArray(recorded) && Array.isArray(ours)) {
    return compareLists(parts, recorded, ours);
  }
  return [{ path, recorded, ours }];
}

function compareRecords(parts: readonly string[], recorded: Entries, ours: Entries): readonly Difference[] {
  const keys = [...new Set([...Object.keys(recorded), ...Object.keys(ours)])];
  return keys.flatMap((key) => compare([...parts, key], recorded[key], ours[key]));
}

function compareLists(
  parts: readonly string[],
  recorded: readonly unknown[],
  ours: readonly unknown[],
): readonly Difference[] {
  const shared = Math.min(recorded.length, ours.length);
  const differences = recorded
    .slice(0, shared)
    .flatMap((value, index) => compare([...parts, String(index)], value, ours[index]));
  if (recorded.length === ours.length) return differences;
  const rest = {
    path: toPointer([...parts, '-']),
    recorded: recorded.slice(shared),
    ours: ours.slice(shared),
  };
  return [...differences, rest];
}

type Entries = Readonly<Record<string, unknown>>;

function isRecord(value: unknown): value is Entries {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
