import { describe, expect, it } from 'vitest';

import type { ConfigLayer } from './choose-value.ts';
import { mergeConfig } from './merge-config.ts';
import { parseConfig } from './parse-config.ts';

function layer(level: ConfigLayer['level'], origin: string, commands: readonly unknown[]): ConfigLayer {
  return { origin, level, config: parseConfig({ checks: { commands } }, origin) };
}

const tests = { name: 'tests', command: ['npm', 'test'] };
const lint = { name: 'lint', command: ['npx', 'eslint', '.'], deadlineMs: 5_000, outputBytes: 1_024 };

describe('mergeConfig, commands to be run as checks', () => {
  it('has none where nobody wrote any', () => {
    expect(mergeConfig([]).config.checks.commands).toEqual([]);
  });

  it('takes those of the user, with defaults for what is left out', () => {
    const { config, origins } = mergeConfig([layer('user', 'mine.json', [tests, lint])]);

    expect(config.checks.commands).toEqual([{ ...tests, deadlineMs: 120_000, outputBytes: 4_096 }, lint]);
    expect(origins['checks.commands']).toBe('mine.json');
  });

  it('takes those of a file a person trusts', () => {
    const { config } = mergeConfig([layer('trusted', 'p.json', [lint])]);

    expect(config.checks.commands).toEqual([lint]);
  });

  it('does not accept a project file that was not trusted and names commands', () => {
    expect(() => mergeConfig([layer('project', 'p.json', [tests])])).toThrow(
      'p.json: checks.commands: a project file may not set this unless you trust it',
    );
  });

  it.each([
    ['no program', { name: 'tests', command: [] }, 'checks.commands.0.command'],
    ['a blank program', { name: 'tests', command: [' '] }, 'expected the name of a program first'],
    ['one text for a shell', { name: 'tests', command: 'npm test' }, 'checks.commands.0.command'],
    ['a NUL character', { name: 'tests', command: ['npm', 'a\0b'] }, 'without NUL characters'],
    ['a name of other characters', { name: 'My tests', command: ['npm'] }, 'expected a name of lower-case'],
    ['no patience', { ...tests, deadlineMs: 1 }, 'checks.commands.0.deadlineMs'],
    ['an unknown key', { ...tests, shell: true }, 'checks.commands.0.shell: unknown key'],
  ])('refuses %s', (...[, command, says]) => {
    expect(() => parseConfig({ checks: { commands: [command] } }, 'mine.json')).toThrow(says);
  });

  it('refuses two commands of one name', () => {
    expect(() => parseConfig({ checks: { commands: [tests, tests] } }, 'mine.json')).toThrow(
      'checks.commands.1.name: expected a name of its own',
    );
  });
});
