import { afterEach, beforeEach, describe } from 'vitest';

import type { Workspace } from '../../workspace/workspace.ts';
import { workspaceApplyingTests } from './workspace-applying.ts';
import { workspaceReadingTests } from './workspace-reading.ts';
import { workspaceRefusingTests } from './workspace-refusing.ts';

/** An empty project folder, and the hands of a user who works in it beside the run. */
export interface WorkspaceUnderTest {
  readonly workspace: Workspace;
  /** Puts a file there, with the folders it needs. */
  readonly write: (path: string, content: string) => Promise<void>;
  /** The content of a file, or `undefined` when there is none. */
  readonly read: (path: string) => Promise<string | undefined>;
  /** Makes a symbolic link to a file or folder outside the project. */
  readonly link: (path: string) => Promise<void>;
  /** What changes whenever a file is written: the time of its last change, or its inode. */
  readonly stamp: (path: string) => Promise<unknown>;
  /** Removes the folder. */
  readonly dispose: () => Promise<void>;
}

/** Registers the tests every {@link Workspace} passes. `open` gives an empty folder. */
export function workspaceContract(name: string, open: () => Promise<WorkspaceUnderTest>): void {
  describe(`${name} keeps the contract of Workspace`, () => {
    let opened: WorkspaceUnderTest;

    beforeEach(async () => {
      opened = await open();
    });

    afterEach(async () => {
      await opened.dispose();
    });

    workspaceReadingTests(() => opened);
    workspaceApplyingTests(() => opened);
    workspaceRefusingTests(() => opened);
  });
}
