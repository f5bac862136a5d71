import { describe, expect, it } from 'vitest';

import { sha256 } from '../journal/hash.ts';
import { workspaceContract } from './contracts/workspace-contract.ts';
import { CrashingCrashPoint } from './crashing-crash-point.ts';
import { MemoryWorkspace } from './memory-workspace.ts';

workspaceContract('MemoryWorkspace', async () => {
  const workspace = new MemoryWorkspace();
  return {
    workspace,
    write: async (path, content) => {
      workspace.write(path, content);
    },
    read: async (path) => workspace.read(path),
    link: async (path) => {
      workspace.link(path);
    },
    stamp: async (path) => workspace.stamp(path),
    dispose: async () => undefined,
  };
});

describe('MemoryWorkspace', () => {
  it('starts with the files it is given', async () => {
    const workspace = new MemoryWorkspace({ files: { 'a.txt': 'a' }, root: '/project' });

    expect(workspace.root).toBe('/project');
    expect(await workspace.readFiles()).toEqual([{ path: 'a.txt', content: 'a', hash: sha256('a') }]);
  });

  it('can be a folder that nobody can work in', async () => {
    const workspace = new MemoryWorkspace({ unusable: 'it is read-only' });

    await expect(workspace.prove()).rejects.toMatchObject({
      code: 'JARVIS_WORKSPACE_UNUSABLE',
      path: '/workspace',
    });
  });

  it('forgets what the user removes', () => {
    const workspace = new MemoryWorkspace({ files: { 'a.txt': 'a' } });

    workspace.remove('a.txt');

    expect(workspace.read('a.txt')).toBeUndefined();
    expect(workspace.stamp('a.txt')).toBeUndefined();
  });

  it('can crash between two files, and finishes the plan when it is carried out again', async () => {
    const workspace = new MemoryWorkspace({
      crashPoint: new CrashingCrashPoint({ place: 'apply.file-written' }),
    });
    const writes = ['a', 'b'].map((path) => ({ path, before: null, after: sha256(path), bytes: 1 }));
    const contentOf = async (hash: string) => (hash === sha256('a') ? 'a' : 'b');

    await expect(workspace.apply({ writes }, contentOf)).rejects.toThrow('Simulated crash');
    const between = [workspace.read('a'), workspace.read('b')];
    const later = new MemoryWorkspace({ files: { a: 'a' } });
    await later.apply({ writes }, contentOf);

    expect(between).toEqual(['a', undefined]);
    expect([later.read('a'), later.read('b')]).toEqual(['a', 'b']);
  });
});
