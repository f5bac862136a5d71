import { MarkerSecretScanner } from '@jarvis/core/testing';
import { describe, expect, it } from 'vitest';

import { requireTask } from './require-task.ts';

const secrets = new MarkerSecretScanner([], ['the-very-key']);

describe('requireTask', () => {
  it.each([
    ['B24: nothing', ' \n', 'is empty'],
    ['no text at all', undefined, 'The task is no text.'],
    ['a list', ['Build'], 'The task is no text.'],
    ['B25: a megabyte', 'x'.repeat(1_000_000), 'is longer than 100000 characters'],
    ['B26: a NUL', 'Build\u0000', 'has the control character U+0000 at position 6'],
    ['the key', 'Call it with the-very-key', 'holds the key of the model server'],
    ['B26: an escape sequence', '\u001b[2J', 'has the control character U+001B at position 1'],
  ])('refuses %s', (_, task, problem) => {
    expect(() => {
      requireTask(task, secrets);
    }).toThrow(problem);
  });

  it('takes lines, tabs, and every script', () => {
    expect(() => {
      requireTask('Build:\r\n\t- a page for “Rye & Shine” 🥖\n\t- מאפייה', secrets);
    }).not.toThrow();
  });
});
