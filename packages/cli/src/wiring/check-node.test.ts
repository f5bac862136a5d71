import { describe, expect, it } from 'vitest';

import { checkNode } from './check-node.ts';

describe('checkNode', () => {
  it.each([
    ['22.22.3', 'ok'],
    ['22.22.2', 'problem'],
    ['23.11.0', 'problem'],
    ['24.14.9', 'problem'],
    ['24.15.0', 'ok'],
    ['25.8.0', 'problem'],
    ['25.9.0', 'ok'],
    ['26.0.0', 'ok'],
    ['20.20.2', 'problem'],
  ])('finds Node.js %s: %s', (version, verdict) => {
    expect(checkNode(version).verdict).toBe(verdict);
  });
});
