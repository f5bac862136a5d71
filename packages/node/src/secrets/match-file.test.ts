import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { matchesFile } from './match-file.ts';

describe('matchesFile', () => {
  it.each([
    ['a.txt', 'a.txt'],
    ['test/*.pem', 'test/a.pem'],
    ['test/*a*b*', 'test/aXbYaZb'],
    ['test/**', 'test/a/b/c.txt'],
    ['**/*.pem', 'a.pem'],
    ['**/fixtures/**/*.json', 'packages/x/fixtures/a/b.json'],
    ['a/**/b/**/c', 'a/b/x/b/b/c'],
    ['*', 'a[b].txt'],
  ])('%s means %s', (pattern, path) => {
    expect(matchesFile(pattern, path)).toBe(true);
  });

  it.each([
    ['a.txt', 'A.txt'],
    ['a.txt', 'b/a.txt'],
    ['test/*.pem', 'test/a/b.pem'],
    ['test/*', 'test'],
    ['**/fixtures/*', 'fixtures-not/a'],
    ['a?b', 'axb'],
    ['[ab]', 'a'],
    ['a/**/b', 'a/x/c'],
    ['a*b', 'ab/c'],
  ])('%s does not mean %s', (pattern, path) => {
    expect(matchesFile(pattern, path)).toBe(false);
  });

  it('means every path by itself, and by stars for any of its parts', () => {
    const name = fc.string({ minLength: 1, maxLength: 8 }).filter((text) => !/[/*]/u.test(text));
    fc.assert(
      fc.property(fc.array(name, { minLength: 1, maxLength: 6 }), fc.nat(), (names, seed) => {
        const starred = names.map((text, index) => (index === seed % names.length ? '*' : text));

        expect(matchesFile(names.join('/'), names.join('/'))).toBe(true);
        expect(matchesFile(starred.join('/'), names.join('/'))).toBe(true);
        expect(matchesFile(`**/${names.at(-1) ?? ''}`, names.join('/'))).toBe(true);
      }),
    );
  });

  it('is through with stars that fit nowhere soon', () => {
    expect(matchesFile('*a'.repeat(400) + 'b', 'a'.repeat(4_000))).toBe(false);
    expect(matchesFile('**/a/'.repeat(200) + 'b', 'a/'.repeat(2_000) + 'c')).toBe(false);
  });
});
