import { rmSync, writeFileSync } from 'node:fs';

import { afterEach, beforeEach, expect, it } from 'vitest';

import { planImports, renderRollback, rollBack, writeBridge, writeImports } from '../src/migrate/index.ts';
import { OldTree } from './old-tree.ts';

let tree: OldTree;

beforeEach(() => {
  tree = new OldTree();
});

afterEach(() => {
  tree.remove();
});

it.each([[false], [true]])(
  'a refused rollback tells what --force would do, and does nothing (dry run: %s)',
  async (isDryRun) => {
    const { root: folder, stateDirectory } = tree;
    const { snapshotId = '' } = await writeImports(await planImports({ folder }), { stateDirectory });
    await writeBridge({ folder, stateDirectory, bridge: 'jarvis_bridge' });
    writeFileSync(tree.path('agent/api.py'), 'mine\n');
    rmSync(tree.path('agent/llm.py'));
    const before = tree.look();

    const refused = await rollBack({ snapshotId, stateDirectory, isDryRun });
    const forced = await rollBack({ snapshotId, stateDirectory, isDryRun: true, force: true });

    expect(refused).toMatchObject({
      status: 'refused',
      restored: [],
      removed: [],
      conflicts: ['agent/api.py'],
    });
    expect(refused.withForce).toEqual({
      restored: forced.restored,
      removed: forced.removed,
      compiled: forced.compiled,
    });
    expect(forced.withForce).toBeUndefined();
    expect(forced.restored).toEqual(expect.arrayContaining(['agent/api.py', 'agent/llm.py']));
    const text = renderRollback(refused);
    expect(text).toContain('  would be restored with --force:\n    agent/api.py\n');
    expect(text).toContain(
      '  would be removed with --force (a migration added it):\n    jarvis_bridge/__init__.py\n',
    );
    expect(text).toContain('  changed since by others:\n    agent/api.py\nNothing was touched.');
    expect(tree.look()).toEqual(before);
  },
);
