import { describe, expect, it } from 'vitest';

import { findForeignHeader } from './header-name.ts';

const PATH = 'packages/core/src/cost/cost-ledger.ts';

describe('findForeignHeader', () => {
  it.each([
    '/** What a run has cost so far. */',
    '// cost-ledger.ts',
    '// packages/core/src/cost/cost-ledger.ts: what a run has cost',
    '/**\n * @file cost/cost-ledger.ts\n */',
    '/* Reads the records which journal.ts wrote. */',
    '/**\n * What the settlement of\n * retry-policy.ts needs.\n */',
  ])('accepts %j', (comment) => {
    expect(findForeignHeader(comment, PATH)).toBeUndefined();
  });

  it.each([
    ['// price-table.ts', 'price-table.ts'],
    [
      '/**\n * `packages/node/src/cost/cost-ledger.ts` - the ledger\n */',
      'packages/node/src/cost/cost-ledger.ts',
    ],
    ['/**\n * The ledger.\n *\n * File: ledger.ts\n */', 'ledger.ts'],
    ['# tools/run.sh', 'tools/run.sh'],
    [' @fileoverview ledger.mjs keeps the books', 'ledger.mjs'],
  ])('finds the other name in %j', (comment, named) => {
    expect(findForeignHeader(comment, PATH)?.named).toBe(named);
  });

  it('counts the lines of the comment from one', () => {
    expect(findForeignHeader('/**\n * File: other.ts\n */', PATH)?.line).toBe(2);
  });
});
