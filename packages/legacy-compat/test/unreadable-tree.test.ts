import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import process from 'node:process';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import {
  inspectTree,
  planImports,
  renderImports,
  renderInventory,
  takeSnapshot,
  writeBridge,
  writeImports,
} from '../src/migrate/index.ts';
import { OldTree } from './old-tree.ts';

const NOBODY = 65_534;
const REFUSED = 'your user may not read or write it';

let tree: OldTree;

beforeEach(() => {
  tree = new OldTree();
  chmodSync(dirname(tree.root), 0o755);
  mkdirSync(tree.path('closed'));
  mkdirSync(tree.path('names-only'));
  writeFileSync(tree.path('names-only/inner.py'), 'import orchestrator\n');
  chmodSync(tree.path('names-only'), 0o444);
  for (const name of ['closed', 'agent/cli.py', 'agent/orchestrator_phase3.py'])
    chmodSync(tree.path(name), 0);
});

afterEach(() => {
  for (const name of ['closed', 'names-only']) chmodSync(tree.path(name), 0o755);
  tree.remove();
});

/** Nothing is closed to the user root, so it works as another for a while. */
async function asOther<Result>(perform: () => Promise<Result>): Promise<Result> {
  if (process.geteuid?.() !== 0) return perform();
  process.seteuid?.(NOBODY);
  try {
    return await perform();
  } finally {
    process.seteuid?.(0);
  }
}

const unread = [
  { path: 'closed', problem: REFUSED },
  { path: 'names-only/inner.py', problem: REFUSED },
  { path: 'agent/cli.py', problem: REFUSED },
];

it('inspects the rest of a tree and names what it may not read', async () => {
  writeFileSync(tree.path('notes'), 'python -m agent.orchestrator\n', { mode: 0 });

  const inventory = await asOther(() => inspectTree(tree.root));

  expect(inventory.unread).toEqual(expect.arrayContaining([...unread, { path: 'notes', problem: REFUSED }]));
  expect(inventory.modules.find(({ module }) => module === 'orchestrator_phase3')?.problem).toBe(REFUSED);
  expect(inventory.references.map(({ path }) => path)).toContain('agent/api.py');
  expect(renderInventory(inventory)).toContain(`- \`closed\`: ${REFUSED}`);
});

it('shows how the rest would be rewritten and names what it may not read', async () => {
  const plan = await asOther(() => planImports({ folder: tree.root }));

  expect(plan.unread).toEqual(expect.arrayContaining(unread));
  expect(plan.files.map(({ path }) => path)).toContain('agent/api.py');
  expect(renderImports(plan)).toContain(`closed: ${REFUSED}`);
});

const ODD = Buffer.from('odd name \xe4.bin', 'latin1');
const ODD_NAME = { path: 'odd name \\xe4.bin', problem: 'its name is not UTF-8' };

describe('a name that is not UTF-8', () => {
  beforeEach(() => {
    writeFileSync(Buffer.concat([Buffer.from(`${tree.root}/`), ODD]), 'x');
    mkdirSync(Buffer.concat([Buffer.from(`${tree.root}/docs/`), Buffer.from('\xfcber', 'latin1')]));
    writeFileSync(tree.path('caf\u00e9 \uFFFD.md'), 'python -m agent.orchestrator\n');
  });

  it('is named by inspect and imports, and the rest is read', async () => {
    const inventory = await asOther(() => inspectTree(tree.root));
    const plan = await asOther(() => planImports({ folder: tree.root }));

    const named = [ODD_NAME, { ...ODD_NAME, path: 'docs/\\xfcber' }];
    expect(inventory.unread).toEqual(expect.arrayContaining(named));
    expect(plan.unread).toEqual(expect.arrayContaining(named));
    expect(inventory.references.map(({ path }) => path)).toContain('caf\u00e9 \uFFFD.md');
    expect(renderInventory(inventory)).toContain('`odd name \\xe4.bin`: its name is not UTF-8');
  });

  it('is told by a snapshot, which has to hold every file, with what to do', async () => {
    chmodSync(tree.path('closed'), 0o755);

    const taking = takeSnapshot({ folder: tree.root, stateDirectory: tree.stateDirectory });

    await expect(taking).rejects.toMatchObject({
      code: 'JARVIS_LEGACY_TREE',
      message: expect.stringMatching(
        /(?:odd name \\xe4\.bin|docs\/\\xfcber): its name is not UTF-8.*Rename it, or move it out/u,
      ) as unknown,
    });
  });
});

it('writes nothing where not all of it can be kept before', async () => {
  const before = tree.read('agent/api.py');
  const places = { folder: tree.root, stateDirectory: tree.stateDirectory };

  const calls: readonly (() => Promise<unknown>)[] = [
    () => takeSnapshot(places),
    async () => writeImports(await planImports(places), places),
    () => writeBridge({ ...places, bridge: 'jarvis_bridge' }),
  ];

  for (const call of calls) {
    await expect(asOther(call)).rejects.toMatchObject({
      code: 'JARVIS_LEGACY_TREE',
      message: expect.stringMatching(/(?:closed|inner\.py): your user may not read/u) as unknown,
    });
  }
  expect(tree.read('agent/api.py')).toBe(before);
  expect(existsSync(tree.path('jarvis_bridge'))).toBe(false);
});
