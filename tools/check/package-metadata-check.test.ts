import { describe, expect, it } from 'vitest';

import type { Manifest } from '../workspace/manifest.ts';
import { findManifestProblems } from './package-metadata-check.ts';

const GOOD: Manifest = {
  name: '@jarvis/core',
  private: false,
  license: 'MIT',
  type: 'module',
  sideEffects: false,
  engines: { node: '>=22' },
  nx: { tags: ['scope:core', 'layer:kernel'] },
  exports: {
    '.': { '@jarvis/source': './src/index.ts', types: './dist/index.d.ts', default: './dist/index.js' },
    './package.json': './package.json',
  },
  dependencies: {},
  devDependencies: {},
  peerDependencies: {},
  optionalDependencies: {},
};

describe('findManifestProblems', () => {
  it('accepts a complete manifest', () => {
    expect(findManifestProblems(GOOD)).toEqual([]);
  });

  it.each([
    [{ license: 'ISC' }, 'has license ISC, expected MIT'],
    [{ type: undefined }, 'has type undefined, expected module'],
    [{ sideEffects: undefined }, 'has sideEffects undefined, expected false'],
    [{ private: true }, 'is private: packages/ holds what is published'],
    [{ engines: {} }, 'does not say which Node it needs: add engines.node'],
    [{ nx: { tags: ['layer:kernel'] } }, 'lacks the nx tag scope:core'],
    [{ nx: { tags: ['scope:core'] } }, 'lacks an nx tag layer:…'],
  ] as const)('reports %o', (change, problem) => {
    expect(findManifestProblems({ ...GOOD, ...change } as Manifest)).toEqual([problem]);
  });

  it('reports conditions in an order in which the types are not found', () => {
    const exports = { '.': { '@jarvis/source': 'a', default: 'b', types: 'c' } };

    expect(findManifestProblems({ ...GOOD, exports })).toEqual([
      'exports . by @jarvis/source, default, types; it must be @jarvis/source, types, default, in this order',
    ]);
  });
});
