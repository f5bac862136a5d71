import { describe, expect, it } from 'vitest';

import { escapeForTerminal } from './escape-for-terminal.ts';

describe('escapeForTerminal', () => {
  it.each([
    ['\u001b[31mred', '\\u{1b}[31mred'],
    ['a\u202eb', 'a\\u{202e}b'],
    ['bell\u0007', 'bell\\u{7}'],
    ['c1\u009b', 'c1\\u{9b}'],
    ['tab\tand\nline', 'tab\tand\nline'],
    ['Tromsø 🍞', 'Tromsø 🍞'],
  ])('shows %j as %j', (text, shown) => {
    expect(escapeForTerminal(text)).toBe(shown);
  });
});
