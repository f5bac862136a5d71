import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { z } from 'zod';

import { requireProgram } from './run-program.ts';

/** The absolute path of the repository. */
export const repositoryRoot = fileURLToPath(new URL('../..', import.meta.url));

const packedSchema = z.array(z.object({ name: z.string(), filename: z.string() }));

/** Packs every package into a folder and gives the tarballs by package name. The packages have to be built. */
export async function packPackages(folder: string): Promise<Readonly<Record<string, string>>> {
  const names = readdirSync(join(repositoryRoot, 'packages'));
  const workspaces = names.flatMap((name) => ['--workspace', `packages/${name}`]);
  const command = ['npm', 'pack', '--json', '--pack-destination', folder, ...workspaces];
  const out = await requireProgram(command, { folder: repositoryRoot });
  const packed = packedSchema.parse(JSON.parse(out));
  return Object.fromEntries(packed.map(({ name, filename }) => [name, join(folder, filename)]));
}
