import { expect, it } from 'vitest';

import { legacyReplyParser } from './legacy-reply-parser.ts';

it.each([
  ['{"a": 1}', { a: 1 }],
  ['```json\n{"a": 1}\n```', { a: 1 }],
  ['```\n{"a": 1}\n```\n', { a: 1 }],
  [String.raw`{"a": "\@media \#"}`, { a: '@media #' }],
  [String.raw`{"a": "\\@ \n \u00e9"}`, { a: '\\@ \n é' }],
])('reads %j', (text, value) => {
  expect(legacyReplyParser.parse(text)).toEqual({ type: 'value', value });
});

it.each(['', 'Here you are: {}', '{"a": 1', '```json\n{"a": "\\@"}\n```'])(
  'says that %j cannot be read',
  (text) => {
    expect(legacyReplyParser.parse(text)).toMatchObject({ type: 'unreadable' });
  },
);
