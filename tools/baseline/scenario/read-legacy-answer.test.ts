import { expect, it } from 'vitest';

import { readLegacyAnswer } from './read-legacy-answer.ts';

it.each([
  ['{"a": 1}', { a: 1 }],
  ['```json\n{"a": 1}\n```', { a: 1 }],
  ['```\n[1]\n```\n', [1]],
  [String.raw`{"a": "\@media \# \\@ \n"}`, { a: '@media # \\@ \n' }],
])('reads %j', (text, value) => {
  expect(readLegacyAnswer(text)).toEqual({ value });
});

it.each(['', 'Here you are: {"a": 1}', '{"a": 1', '```json\n{"a": "\\@"}\n```'])('cannot read %j', (text) => {
  expect(readLegacyAnswer(text)).toBeUndefined();
});
