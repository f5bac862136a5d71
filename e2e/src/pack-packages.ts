import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { TestProject } from 'vitest/node';
import { z } from 'zod';

import { requireProgram } from './run-program.ts';

export const repositoryRoot = fileURLToPath(new URL('../..', import.meta.url));

const packedSchema = z.array(z.object({ name: z.string(), filename: z.string() }));

declare module 'vitest' {
  interface ProvidedContext {
    /** Tarballs by package name. */
    tarballs: Readonly<Record<string, string>>;
  }
}

/** Packs every package once, as it would be published, for all tests. */
export default async function packForTests(project: TestProject): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), 'jarvis-tarballs-'));
  project.provide('tarballs', await packPackages(folder));
  return () => {
    rmSync(folder, { recursive: true, force: true });
  };
}

/** Packs every package into a folder and gives the tarballs by package name. The packages have to be built. */
export async function packPackages(folder: string): Promise<Readonly<Record<string, string>>> {
  const workspaces = readdirSync(join(repositoryRoot, 'packages')).flatMap((name) => ['--workspace', `packages/${name}`]);
  const out = await requireProgram(['npm', 'pack', '--json', '--pack-destination', folder, ...workspaces], { folder: repositoryRoot });
  const packed = packedSchema.parse(JSON.parse(out));
  return Object.fromEntries(packed.map(({ name, filename }) => [name, join(folder, filename)]));
}
