import { describe, expect, it } from 'vitest';
import { z } from 'zod';

import { expectedWords } from './expected-words.ts';

describe('expectedWords', () => {
  it.each<[z.ZodType, unknown, string]>([
    [z.string(), 3, 'expected text'],
    [z.int(), 1.5, 'expected a whole number'],
    [z.boolean(), 'yes', 'expected true or false'],
    [z.strictObject({}), [], 'expected an object'],
    [z.enum(['auto', 'off']), 'on', 'expected one of auto, off'],
    [z.literal('off'), 'on', 'expected off'],
    [z.int().min(1), 0, 'expected at least 1'],
    [z.number().positive(), 0, 'expected more than 0'],
    [z.number().max(100), 1e9, 'expected at most 100'],
    [z.string().min(1), '', 'expected text that is not blank'],
    [z.string().max(2), 'abc', 'expected at most 2 characters'],
    [z.array(z.string()).min(2), [], 'expected at least 2 entries'],
    [z.map(z.string(), z.string()), 'x', 'expected map'],
  ])('%#: says what is allowed in one line', (schema, value, words) => {
    const { error } = schema.safeParse(value, { error: expectedWords });

    expect(error?.issues.map(({ message }) => message)).toEqual([words]);
  });

  it('leaves a sentence of the schema as it is', () => {
    const schema = z.number('expected a price').refine((price) => price < 9, 'expected a fair price');

    const messages = ['x', 10].map(
      (value) => schema.safeParse(value, { error: expectedWords }).error?.issues[0]?.message,
    );

    expect(messages).toEqual(['expected a price', 'expected a fair price']);
  });
});
