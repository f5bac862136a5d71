import type { z } from 'zod';

/** The types a schema may ask for, in the words of somebody who writes a file. */
const TYPES: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'an object',
  record: 'an object',
  array: 'a list',
};

/** What is allowed where a value is not, in one line; `undefined` leaves it to the schema. */
export function expectedWords(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return `expected ${TYPES[issue.expected] ?? issue.expected}`;
    case 'invalid_value':
      return `expected ${issue.values.length === 1 ? '' : 'one of '}${issue.values.map(String).join(', ')}`;
    case 'too_small':
      return expectMore(issue);
    case 'too_big':
      return `expected at most ${amount(issue.maximum, issue.origin)}`;
    case 'custom':
    case 'invalid_element':
    case 'invalid_format':
    case 'invalid_key':
    case 'invalid_union':
    case 'not_multiple_of':
    case 'unrecognized_keys':
      return undefined;
  }
}

function expectMore({ origin, minimum, inclusive }: z.core.$ZodRawIssue<z.core.$ZodIssueTooSmall>): string {
  if (origin === 'string' && Number(minimum) === 1) return 'expected text that is not blank';
  return `expected ${inclusive === false ? 'more than' : 'at least'} ${amount(minimum, origin)}`;
}

function amount(limit: number | bigint, origin: string): string {
  return `${String(limit)}${UNITS[origin] ?? ''}`;
}

const UNITS: Readonly<Record<string, string>> = { string: ' characters', array: ' entries' };
