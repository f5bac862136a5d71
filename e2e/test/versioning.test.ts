import { cp, mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, it } from 'vitest';

import { repositoryRoot } from '../src/pack-packages.ts';
import { requireProgram } from '../src/run-program.ts';

const TOP = [
  '.changeset',
  'package.json',
  'package-lock.json',
  'packages',
  'tools/package.json',
  'e2e/package.json',
  'examples/package.json',
];

it('raises all versions together, offline', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'jarvis-versions-'));
  for (const path of TOP) {
    await cp(join(repositoryRoot, path), join(folder, path), {
      recursive: true,
      filter: (source) => !/node_modules|dist$/u.test(source.slice(repositoryRoot.length)),
    });
  }
  await symlink(join(repositoryRoot, 'node_modules'), join(folder, 'node_modules'));
  await requireProgram(['git', 'init', '--quiet'], { folder });
  const before = await readManifest(folder, 'loops');

  // Nothing listens there: whoever asks the registry fails.
  await requireProgram([join(repositoryRoot, 'node_modules/.bin/changeset'), 'version'], {
    folder,
    env: { npm_config_registry: 'http://127.0.0.1:9/' },
  });
  const after = await readManifest(folder, 'loops');
  const changelog = await readFile(join(folder, 'packages/loops/CHANGELOG.md'), 'utf8');
  await rm(folder, { recursive: true });

  expect(after.version).not.toBe(before.version);
  expect(after.dependencies['@jarvis/core']).toBe(`^${after.version}`);
  expect(changelog).toContain(`## ${after.version}`);
});

async function readManifest(
  folder: string,
  name: string,
): Promise<{ version: string; dependencies: Record<string, string> }> {
  return JSON.parse(await readFile(join(folder, 'packages', name, 'package.json'), 'utf8'));
}
