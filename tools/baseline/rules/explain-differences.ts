import { type Difference, findDifferences, isSameValue } from '../compare/find-differences.ts';
import { parsePointer, selectValues, toPointer } from '../compare/json-pointer.ts';
import type { Observation } from '../compare/observation.ts';
import type { BaselineCase } from './baseline-case.ts';
import { holds } from './holds.ts';
import type { Change, Rule } from './rule-file.ts';

/** A difference, and the rules that say it is intended. */
export interface ExplainedDifference extends Difference {
  /** What the script leads to without the defects of the predecessor. */
  readonly expected: unknown;
  readonly rules: readonly Rule[];
  /** The changes of those rules that cover it. */
  readonly changes: readonly Change[];
}

/**
 * Finds every difference of a case and the rules that explain it. Where there is a difference, a rule whose evidence
 * is there holds as a whole: a field of it in which ours still is as recorded, but should not be, counts too.
 */
export function explainDifferences(
  pair: BaselineCase,
  rules: readonly Rule[],
): readonly ExplainedDifference[] {
  const applicable = rules.filter(({ evidence }) =>
    evidence.every((condition) => holds(condition, pair.document)),
  );
  const differences = findDifferences(pair.recorded, pair.ours);
  if (differences.length === 0) return [];

  const explained = differences.map((difference) => explain(difference, pair, applicable));
  const known = explained.map(({ path }) => path);
  const halves = applicable.flatMap(({ changes }) =>
    changes.flatMap((change) => findUnfollowed(change, pair)),
  );
  const unfollowed = [...new Set(halves)].filter(
    (place) => !known.some((path) => `${path}/`.startsWith(`${place}/`)),
  );
  return [...explained, ...unfollowed.map((place) => toDifference(place, pair))];
}

function explain(difference: Difference, pair: BaselineCase, rules: readonly Rule[]): ExplainedDifference {
  const found = rules.flatMap((rule) => {
    const change = rule.changes.find((candidate) => explains(candidate, difference, pair));
    return change === undefined ? [] : [{ rule, change }];
  });
  return {
    ...difference,
    expected: valueAt(pair.expected.observation, difference.path),
    rules: found.map(({ rule }) => rule),
    changes: found.map(({ change }) => change),
  };
}

function explains(change: Change, { path }: Difference, pair: BaselineCase): boolean {
  const place = locate(change.at, path);
  return place !== undefined && isInDirection(change, place, pair);
}

/** The field of a pattern that a difference lies in; a `*` in the pattern is an index. */
function locate(pattern: string, path: string): string | undefined {
  const parts = parsePointer(path);
  const wanted = parsePointer(pattern);
  const fits = wanted.every(
    (part, index) => part === parts[index] || (part === '*' && /^\d+$/u.test(parts[index] ?? '')),
  );
  return fits ? toPointer(parts.slice(0, wanted.length)) : undefined;
}

/** The fields of a change in which ours is not what the script leads to, whatever was recorded. */
function findUnfollowed(change: Change, pair: BaselineCase): readonly string[] {
  const { ours, expected } = pair;
  if (change.at === '/calls/-')
    return ours.calls.length === expected.observation.calls.length ? [] : [change.at];
  if (change.kind !== 'follows') return [];
  return placesOf(change.at, pair.expected.observation).filter(
    (place) => !isInDirection(change, place, pair),
  );
}

function placesOf(pattern: string, { calls, commits }: Observation): readonly string[] {
  const [list = '', index, ...rest] = parsePointer(pattern);
  if (index !== '*') return [pattern];
  const length = list === 'calls' ? calls.length : (commits?.length ?? 0);
  const places = Array.from({ length }, (_, at) => toPointer([list, String(at), ...rest]));
  return places.filter((place) => selectValues({ calls, commits }, place).length > 0);
}

function toDifference(place: string, { recorded, ours, expected }: BaselineCase): ExplainedDifference {
  const values = { recorded: valueAt(recorded, place), ours: valueAt(ours, place) };
  return { path: place, ...values, expected: valueAt(expected.observation, place), rules: [], changes: [] };
}

function isInDirection(change: Change, place: string, pair: BaselineCase): boolean {
  const { recorded, ours, expected } = pair;
  switch (change.kind) {
    case 'follows':
      return isSameValue(place, valueAt(expected.observation, place), valueAt(ours, place));
    case 'goes-on':
      return ours.calls.length > recorded.calls.length && isWhole(pair) && isTailAsExpected(pair);
    case 'ends':
      return ours.calls.length < recorded.calls.length && isWhole(pair);
    case 'stops':
      return ours.calls.length < recorded.calls.length && !expected.isAtEnd;
    case 'replaced':
      return isSame(pair, [recorded, place], change.recorded) && isSame(pair, [ours, place], change.ours);
    case 'extended':
      return isExtended(place, pair);
  }
}

/** Whether ours has all the calls the script leads to, and no other. */
function isWhole({ ours, expected }: BaselineCase): boolean {
  return expected.isAtEnd && expected.observation.calls.length === ours.calls.length;
}

function isTailAsExpected({ recorded, ours, expected }: BaselineCase): boolean {
  const start = recorded.calls.length;
  return isSameValue('/calls/-', expected.observation.calls.slice(start), ours.calls.slice(start));
}

function isSame(
  { document }: BaselineCase,
  [observation, place]: readonly [unknown, string],
  pointer: string,
): boolean {
  const [wanted] = selectValues(document, pointer);
  return typeof wanted === 'string' && valueAt(observation, place) === wanted;
}

/** Whether ours is what was recorded and then, for each further text, names a file that was refused in the round before. */
function isExtended(place: string, { recorded, ours, expected }: BaselineCase): boolean {
  const [before, after] = [valueAt(recorded, place), valueAt(ours, place)];
  if (!Array.isArray(before) || !Array.isArray(after) || after.length <= before.length) return false;
  const refused = expected.refusals.get(Number(parsePointer(place)[1])) ?? [];
  const rest: readonly unknown[] = after.slice(before.length);
  const areReasons = rest.every((text) =>
    refused.some((path) => String(text).includes(JSON.stringify(path))),
  );
  return areReasons && isSameValue(place, before, after.slice(0, before.length));
}

/** A last part `-` is the whole list: what one has beyond the other only makes sense as a whole. */
function valueAt(observation: unknown, place: string): unknown {
  return selectValues(observation, place.replace(/\/-$/u, ''))[0];
}
