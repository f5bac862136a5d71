import { describe, expect, it } from 'vitest';

import { requireTask } from './require-task.ts';

describe('requireTask', () => {
  it.each([
    ['B24: nothing', ' \n', 'is empty'],
    ['B25: a megabyte', 'x'.repeat(1_000_000), 'is longer than 100000 characters'],
    ['B26: a NUL', 'Build\u0000', 'has the control character U+0000 at position 6'],
    ['B26: an escape sequence', '\u001b[2J', 'has the control character U+001B at position 1'],
  ])('refuses %s', (_, task, problem) => {
    expect(() => {
      requireTask(task);
    }).toThrow(problem);
  });

  it('takes lines, tabs, and every script', () => {
    expect(() => {
      requireTask('Build:\r\n\t- a page for “Rye & Shine” 🥖\n\t- מאפייה');
    }).not.toThrow();
  });
});
