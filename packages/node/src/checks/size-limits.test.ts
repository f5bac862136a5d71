import { describe, expect, it } from 'vitest';

import { standardChecks } from './standard-checks.ts';

const inspect = async (path: string, content: string) => {
  const files = [{ path, content, hash: 'x' }];
  const found = await Promise.all(standardChecks().map((check) => check.inspect(files)));
  return found.flat().map(({ severity, rule, description }) => `${severity} ${rule ?? ''}: ${description}`);
};

describe('a file that would take a parser too long', () => {
  it.each([
    ['a.html', '<b></b>'.repeat(25_001), 'it has more than 50000 tags'],
    ['a.html', 'x'.repeat(2_500_001), 'it is longer than 2500000 characters'],
    ['a.yaml', `[${'a, '.repeat(200_000)}]`, 'it has more than 200000 parts'],
    ['a.yaml', 'a: 1\n'.repeat(100_001), 'it has more than 200000 parts'],
    ['a.css', ' '.repeat(2_500_001), 'it is longer than 2500000 characters'],
    ['a.json', ' '.repeat(2_500_001), 'it is longer than 2500000 characters'],
  ])('is not passed in silence: %s', async (path, content, why) => {
    expect(await inspect(path, content)).toEqual([`warning not-checked: Not checked: ${why}.`]);
  });

  it('is one with many parts, and not one that is long', async () => {
    const picture = `<!doctype html><html lang="en"><head><title>a</title></head><body><img alt="a" src="data:image/png;base64,${'A'.repeat(2_000_000)}"></body></html>`;

    expect(await inspect('a.html', picture)).toEqual([]);
    expect(await inspect('a.yaml', `a: ${'b '.repeat(1_000_000)}`)).toEqual([]);
  });
});
