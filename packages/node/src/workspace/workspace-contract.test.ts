import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { workspaceContract, type WorkspaceUnderTest } from '@jarvis/core/testing/contracts';

import { openNodeWorkspace } from './node-workspace.ts';

workspaceContract('openNodeWorkspace', async (): Promise<WorkspaceUnderTest> => {
  const top = mkdtempSync(join(tmpdir(), 'jarvis-contract-'));
  const root = join(top, 'project');
  mkdirSync(root);
  mkdirSync(join(top, 'outside'));
  const workspace = await openNodeWorkspace({ root, home: join(top, 'home') });

  return {
    workspace,
    write: async (path, content) => {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), content);
    },
    read: async (path) => (existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : undefined),
    link: async (path) => symlinkSync(join(top, 'outside'), join(root, path)),
    stamp: async (path) => {
      const { ino, mtimeNs } = statSync(join(root, path), { bigint: true });
      return { ino, mtimeNs };
    },
    dispose: async () => rmSync(top, { recursive: true }),
  };
});
