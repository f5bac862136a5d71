import { writeFileSync } from 'node:fs';

import { afterEach, beforeEach, expect, it } from 'vitest';

import { inspectTree, renderInventory } from '../src/migrate/index.ts';
import { OldTree } from './old-tree.ts';

let tree: OldTree;

beforeEach(() => {
  tree = new OldTree();
});

afterEach(() => {
  tree.remove();
});

it('says of modules that differ in much that their lines were counted in any order', async () => {
  const lines = Array.from({ length: 5_000 }, (_, index) => `line_${String(index)} = 1\n`);
  const before = renderInventory(await inspectTree(tree.root));
  writeFileSync(tree.path('agent/orchestrator.py'), lines.join(''));

  const after = renderInventory(await inspectTree(tree.root));

  expect(before).not.toContain('in any order');
  expect(after).toMatch(/\| orchestrator \| orchestrator_2loop \| \d+ % \(in any order\) \|/u);
  expect(after).toContain('their lines were counted wherever they stand.');
});
