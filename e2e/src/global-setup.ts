import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { TestProject } from 'vitest/node';

import { installInEmptyProject } from './empty-project.ts';
import { packPackages, repositoryRoot } from './pack-packages.ts';
import { WORKER_FILE } from './worker-process.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Tarballs by package name. */
    tarballs: Readonly<Record<string, string>>;
    /** A folder in which the command and the packages for tests are installed, for tests that leave it as it is. */
    installed: string;
  }
}

/** Packs every package once, as it would be published, and installs the command once, for all tests. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'jarvis-tarballs-'));
  const tarballs = await packPackages(folder);
  project.provide('tarballs', tarballs);
  const installed = await installInEmptyProject({ packages: ['@jarvis/cli', '@jarvis/node'], tarballs });
  project.provide('installed', installed.folder);
  copyFileSync(join(repositoryRoot, 'e2e/src/worker.ts'), join(installed.folder, WORKER_FILE));
  return async () => {
    await installed.dispose();
    rmSync(folder, { recursive: true, force: true });
  };
}
