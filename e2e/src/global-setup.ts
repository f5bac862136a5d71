import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { TestProject } from 'vitest/node';

import { packPackages } from './pack-packages.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Tarballs by package name. */
    tarballs: Readonly<Record<string, string>>;
  }
}

/** Packs every package once, as it would be published, for all tests. */
export async function setup(project: TestProject): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), 'jarvis-tarballs-'));
  project.provide('tarballs', await packPackages(folder));
  return () => {
    rmSync(folder, { recursive: true, force: true });
  };
}
