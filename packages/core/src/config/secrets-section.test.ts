import { describe, expect, it } from 'vitest';

import { mergeConfig } from './merge-config.ts';
import { parseConfig } from './parse-config.ts';

const entryOf = (digit: string) => ({ file: 'test/**', rule: 'github', sha256: digit.repeat(64) });
const layer = (level: 'user' | 'project' | 'trusted', digit: string) =>
  ({ origin: level, level, config: { secrets: { allow: [entryOf(digit)] } } }) as const;

describe('secrets.allow', () => {
  it('is of no use in a project that is not trusted, which is said', () => {
    expect(() => mergeConfig([layer('project', 'a')])).toThrow(
      /project: secrets\.allow: a project file may not set this unless you trust it/u,
    );
  });

  it('is what the user and a trusted project say together', () => {
    const { config, origins } = mergeConfig([layer('trusted', 'a'), layer('user', 'b')]);

    expect(config.secrets.allow).toEqual([entryOf('a'), entryOf('b')]);
    expect(origins['secrets.allow']).toBe('user');
    expect(mergeConfig([]).config.secrets.allow).toEqual([]);
  });

  it.each([
    [{ rule: 'known-secret' }, 'is never allowed'],
    [{ rule: 'known-secret-in-path' }, 'is never allowed'],
    [{ rule: 'Git hub' }, 'expected the name of a rule'],
    [{ file: '/etc/passwd' }, 'expected a path relative'],
    [{ file: '../a' }, 'expected a path relative'],
    [{ file: 'a//b' }, 'expected a path relative'],
    [{ file: 'a\\b' }, 'expected a path relative'],
    [{ sha256: 'abc' }, 'expected 64 hexadecimal digits'],
    [{ sha256: undefined }, 'sha256'],
    [{ value: 'x' }, 'value'],
  ])('has entries of file, rule and hash; %j is none', (changes, problem) => {
    const written = { secrets: { allow: [{ ...entryOf('a'), ...changes }] } };

    expect(() => parseConfig(written, 'jarvis.config.json')).toThrow(problem);
  });
});
