import { isDeepStrictEqual } from 'node:util';

import { selectValues } from '../compare/json-pointer.ts';
import type { Condition, Fact } from './rule-file.ts';

/** Whether a condition of a rule holds for a document. */
export function holds(condition: Condition, document: unknown): boolean {
  if ('anyOf' in condition) return condition.anyOf.some((fact) => holds(fact, document));
  return selectValues(document, condition.at).some((value) => passes(condition, value));
}

function passes(fact: Fact, value: unknown): boolean {
  const { equals, oneOf, is, matches, notMatches, above } = fact;
  const tests: readonly boolean[] = [
    equals === undefined || isDeepStrictEqual(value, equals),
    oneOf === undefined || oneOf.some((candidate) => isDeepStrictEqual(value, candidate)),
    is === undefined || kindOf(value).includes(is),
    matches === undefined || (typeof value === 'string' && new RegExp(matches, 'iu').test(value)),
    notMatches === undefined || (typeof value === 'string' && !new RegExp(notMatches, 'u').test(value)),
    above === undefined || (typeof value === 'number' && value > above),
  ];
  return tests.every(Boolean);
}

function kindOf(value: unknown): readonly string[] {
  if (value === null) return ['null'];
  if (Array.isArray(value)) return value.length === 0 ? ['list', 'empty-list'] : ['list'];
  return [typeof value];
}
