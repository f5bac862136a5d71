import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { z } from 'zod';

import { requireProgram } from './run-program.ts';

/** An empty folder in which packages are installed as a user would. */
export interface EmptyProject {
  readonly folder: string;
  readonly dispose: () => Promise<void>;
}

const manifestSchema = z.object({
  dependencies: z.record(z.string(), z.string()).default({}),
});

export interface InstallWish {
  /** Packages of this repository. */
  readonly packages: readonly string[];
  readonly tarballs: Readonly<Record<string, string>>;
  /** Further packages from the registry, with their versions. */
  readonly others?: Readonly<Record<string, string>>;
}

/** Installs packages from their tarballs, and what they need of one another from tarballs, too. */
export async function installInEmptyProject({
  packages,
  tarballs,
  others = {},
}: InstallWish): Promise<EmptyProject> {
  const folder = await mkdtemp(join(tmpdir(), 'jarvis-e2e-'));
  const wanted = await withSiblings(packages, tarballs);
  const dependencies = Object.fromEntries(wanted.map((name) => [name, `file:${tarballs[name] ?? ''}`]));
  const manifest = {
    name: 'empty',
    private: true,
    type: 'commonjs',
    dependencies: { ...dependencies, ...others },
  };
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
  await requireProgram(['npm', 'install', '--no-audit', '--no-fund', '--loglevel=error'], { folder });
  return { folder, dispose: () => rm(folder, { recursive: true, force: true }) };
}

/** The names of all installed packages. */
export async function listInstalled({ folder }: EmptyProject): Promise<readonly string[]> {
  const out = await readFile(join(folder, 'node_modules/.package-lock.json'), 'utf8');
  const { packages } = z.object({ packages: z.record(z.string(), z.unknown()) }).parse(JSON.parse(out));
  return Object.keys(packages)
    .map((path) => path.replace(/^.*node_modules\//u, ''))
    .sort();
}

/** The subpaths a package publishes, as a user would import them. */
export async function listSubpaths({ folder }: EmptyProject, name: string): Promise<readonly string[]> {
  const text = await readFile(join(folder, 'node_modules', name, 'package.json'), 'utf8');
  const { exports } = z.object({ exports: z.record(z.string(), z.unknown()) }).parse(JSON.parse(text));
  return Object.keys(exports).map((subpath) => `${name}${subpath.slice(1)}`);
}

/** All files of an installed package. */
export async function listFiles({ folder }: EmptyProject, name: string): Promise<readonly string[]> {
  const root = join(folder, 'node_modules', name);
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1));
}

async function withSiblings(
  names: readonly string[],
  tarballs: InstallWish['tarballs'],
): Promise<readonly string[]> {
  const all = new Set<string>();
  const waiting = [...names];
  for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
    if (all.has(name)) continue;
    all.add(name);
    const siblings = Object.keys((await readPackedManifest(tarballs[name] ?? '')).dependencies);
    waiting.push(...siblings.filter((sibling) => sibling in tarballs));
  }
  return [...all];
}

async function readPackedManifest(tarball: string): Promise<z.infer<typeof manifestSchema>> {
  const out = await requireProgram(['tar', '-xzOf', tarball, 'package/package.json'], { folder: tmpdir() });
  return manifestSchema.parse(JSON.parse(out));
}
