import { cp, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, it } from 'vitest';
import { z } from 'zod';

import { repositoryRoot } from '../src/pack-packages.ts';
import { requireProgram } from '../src/run-program.ts';

const COPIED = ['.changeset', 'package.json', 'package-lock.json', 'packages', 'tools', 'e2e', 'examples'];
const LEFT_OUT = /(?:^|[\\/])(?:node_modules|dist|src|test|coverage|test-results|out-tsc|scenarios)$/u;
const CHANGESET = `---\n'@jarvis/core': minor\n---\n\nCount in billionths.\n`;

const manifestSchema = z.looseObject({
  version: z.string(),
  dependencies: z.record(z.string(), z.string()).default({}),
});

type Manifest = z.infer<typeof manifestSchema>;

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jarvis-versions-'));
  for (const path of COPIED) {
    const filter = (source: string) => !LEFT_OUT.test(source.slice(repositoryRoot.length));
    await cp(join(repositoryRoot, path), join(folder, path), { recursive: true, filter });
  }
  await symlink(join(repositoryRoot, 'node_modules'), join(folder, 'node_modules'));
  await requireProgram(['git', 'init', '--quiet'], { folder });
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

it('raises all packages to one version, offline, when one of them changes', async () => {
  await writeFile(join(folder, '.changeset/one-change.md'), CHANGESET);
  const before = await readManifests();

  // Nothing listens there: whoever asks the registry fails.
  const env = { npm_config_registry: 'http://127.0.0.1:9/' };
  await requireProgram([join(repositoryRoot, 'node_modules/.bin/changeset'), 'version'], { folder, env });
  const after = await readManifests();
  const [version = ''] = new Set(after.map((manifest) => manifest.version));

  expect(after.map((manifest) => manifest.version)).toEqual(before.map(() => version));
  expect(before.map((manifest) => manifest.version)).not.toContain(version);
  expect(listSiblingRanges(after)).toEqual([`^${version}`]);
  const changelog = await readFile(join(folder, 'packages/core/CHANGELOG.md'), 'utf8');
  expect(changelog).toContain(`## ${version}`);
  expect(changelog).toContain('Count in billionths.');
});

async function readManifests(): Promise<readonly Manifest[]> {
  const names = await readdir(join(folder, 'packages'));
  return Promise.all(
    names.map(async (name) => {
      const text = await readFile(join(folder, 'packages', name, 'package.json'), 'utf8');
      return manifestSchema.parse(JSON.parse(text));
    }),
  );
}

/** The ranges in which the packages ask for one another, each once. */
function listSiblingRanges(manifests: readonly Manifest[]): readonly string[] {
  const ranges = manifests.flatMap(({ dependencies }) =>
    Object.entries(dependencies).flatMap(([name, range]) => (name.startsWith('@jarvis/') ? [range] : [])),
  );
  return [...new Set(ranges)];
}
