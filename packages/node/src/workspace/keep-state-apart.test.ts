import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { sha256, type Workspace } from '@jarvis/core';
import { beforeEach, describe, expect, it } from 'vitest';

import { openNodeWorkspace } from './node-workspace.ts';

let root: string;

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'jarvis-apart-')));
  mkdirSync(join(root, 'state/projects'), { recursive: true });
  writeFileSync(join(root, 'state/projects/head.json'), '{}');
  writeFileSync(join(root, 'state.md'), 'about our states');
  return () => rmSync(root, { recursive: true, force: true });
});

function open(stateDirectory: string): Promise<Workspace> {
  return openNodeWorkspace({ root, home: join(root, '..', 'home'), stateDirectory });
}

function write(workspace: Workspace, path: string): Promise<void> {
  const content = 'mine now';
  const after = sha256(content);
  return workspace.apply({ writes: [{ path, before: null, after, bytes: content.length }] }, () =>
    Promise.resolve(content),
  );
}

describe('a state directory inside the project', () => {
  it('is not shown to anyone', async () => {
    const workspace = await open(join(root, 'state'));

    const files = await workspace.readFiles();
    const hashes = await workspace.hashFiles(['state/projects/head.json', 'state.md']);

    expect(files.map(({ path }) => path)).toEqual(['state.md']);
    expect([...hashes.keys()]).toEqual(['state.md']);
  });

  it.each(['state', 'state/new.txt', 'STATE/new.txt', 'state/projects/deep/new.txt'])(
    'B62: is not written into: %s',
    async (path) => {
      const workspace = await open(join(root, 'state'));

      await expect(write(workspace, path)).rejects.toThrow('the state of JARVIS is kept there');
      expect(readdirSync(root).sort()).toEqual(['state', 'state.md']);
    },
  );

  it('leaves what is beside it alone', async () => {
    const workspace = await open(join(root, 'state'));

    await write(workspace, 'state-of-the-art.txt');

    expect(readdirSync(root)).toContain('state-of-the-art.txt');
  });
});

it('a state directory outside the project changes nothing', async () => {
  const workspace = await open(join(root, '..', 'elsewhere'));

  const files = await workspace.readFiles();

  expect(files.map(({ path }) => path)).toEqual(['state.md', 'state/projects/head.json']);
});
