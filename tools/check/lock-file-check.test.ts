import { describe, expect, it } from 'vitest';

import { findLockProblems } from './lock-file-check.ts';

const HASH = 'sha512-x';

describe('findLockProblems', () => {
  it('accepts hashes without addresses, links, and platforms that are all there', () => {
    const problems = findLockProblems({
      packages: {
        '': {},
        'packages/core': { version: '0.1.0' },
        'node_modules/@jarvis/core': { resolved: 'packages/core', link: true },
        'node_modules/a': { integrity: HASH, optionalDependencies: { 'a-linux': '1', 'a-windows': '1' } },
        'node_modules/a-linux': { integrity: HASH },
        'node_modules/a/node_modules/a-windows': { integrity: HASH },
      },
    });

    expect(problems).toEqual([]);
  });

  it('finds a download address', () => {
    const packages = { 'node_modules/a': { integrity: HASH, resolved: 'https://host.example/a.tgz' } };

    expect(findLockProblems({ packages })).toEqual([
      expect.stringContaining('node_modules/a carries a download address'),
    ]);
  });

  it('finds a package without a hash', () => {
    expect(findLockProblems({ packages: { 'node_modules/a': {} } })).toEqual([
      expect.stringContaining('node_modules/a has no hash'),
    ]);
  });

  it('finds a platform package that npm install left out', () => {
    const packages = { 'node_modules/a': { integrity: HASH, optionalDependencies: { 'a-mac': '1' } } };

    expect(findLockProblems({ packages })).toEqual([
      expect.stringContaining('node_modules/a wants a-mac, which is not locked'),
    ]);
  });
});
