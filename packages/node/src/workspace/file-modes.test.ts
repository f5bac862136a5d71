import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { type PlannedWrite, sha256 } from '@jarvis/core';
import { afterEach, beforeEach, expect, it } from 'vitest';

import { openNodeWorkspace } from './node-workspace.ts';

let root: string;

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'jarvis-modes-')));
});

afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

const modeOf = (path: string) => statSync(join(root, path)).mode & 0o777;

async function write(mode?: number): Promise<void> {
  const workspace = await openNodeWorkspace({ root, home: '/nonexistent' });
  const plan: PlannedWrite = {
    path: 'a.sh',
    before: (await workspace.hashFiles(['a.sh'])).get('a.sh') ?? null,
    after: sha256('new'),
    bytes: 3,
    ...(mode !== undefined && { mode }),
  };
  await workspace.apply({ writes: [plan] }, async () => 'new');
}

it('tells the permissions of files, and of nothing else', async () => {
  writeFileSync(join(root, 'a.sh'), 'a');
  chmodSync(join(root, 'a.sh'), 0o750);
  mkdirSync(join(root, 'state'));
  writeFileSync(join(root, 'state/x.txt'), 'x');
  mkdirSync(join(root, 'folder'));
  const workspace = await openNodeWorkspace({
    root,
    home: '/nonexistent',
    stateDirectory: join(root, 'state'),
  });

  const modes = await workspace.readModes(['a.sh', 'none.txt', 'folder', 'state/x.txt']);

  expect([...modes]).toEqual([['a.sh', 0o750]]);
});

it('gives a file that is made again the permissions of the plan, and none where it has none', async () => {
  await write(0o750);
  const restored = modeOf('a.sh');
  rmSync(join(root, 'a.sh'));
  await write();

  expect(restored).toBe(0o750);
  expect(modeOf('a.sh') & 0o111).toBe(0);
});

it('keeps the permissions that a file has by now', async () => {
  writeFileSync(join(root, 'a.sh'), 'a');
  chmodSync(join(root, 'a.sh'), 0o600);

  await write(0o755);

  expect(modeOf('a.sh')).toBe(0o600);
});
