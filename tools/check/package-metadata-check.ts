import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { listFiles } from '../workspace/listed-files.ts';
import { type Manifest, readManifest } from '../workspace/manifest.ts';
import { workspaceRoot } from '../workspace/root.ts';
import type { Check } from './check.ts';

const CONDITIONS = ['@jarvis/source', 'types', 'default'];

/** Every published package says what npm and Node need to know, in the order in which they read it. */
export const packageMetadataCheck: Check = {
  name: 'metadata of packages',
  async run() {
    const paths = await listFiles('packages/*/package.json');
    return paths.flatMap((path) => {
      const manifest = readManifest(join(workspaceRoot, path));
      const folder = join(workspaceRoot, path, '..');
      const missing = ['README.md', 'tsconfig.lib.json'].filter((file) => !existsSync(join(folder, file)));
      return [
        ...findManifestProblems(manifest),
        ...missing.map((file) => `has no ${file}`),
        ...findMissingSources(manifest, folder),
      ].map((problem) => `${path} ${problem}`);
    });
  },
};

/** Finds what is wrong with the manifest of a published package. */
export function findManifestProblems(manifest: Manifest): readonly string[] {
  const expected = [
    ['license', manifest.license, 'MIT'],
    ['type', manifest.type, 'module'],
    ['sideEffects', manifest.sideEffects, false],
  ] as const;
  return [
    ...expected
      .filter(([, actual, wanted]) => actual !== wanted)
      .map(([field, actual, wanted]) => `has ${field} ${String(actual)}, expected ${String(wanted)}`),
    ...(manifest.private ? ['is private: packages/ holds what is published'] : []),
    ...(manifest.engines['node'] === undefined ? ['does not say which Node it needs: add engines.node'] : []),
    ...findTagProblems(manifest),
    ...Object.entries(manifest.exports).flatMap(([path, target]) => findExportProblems(path, target)),
  ];
}

function findTagProblems({ name, nx }: Manifest): readonly string[] {
  const scope = `scope:${name.replace('@jarvis/', '')}`;
  return [
    ...(nx.tags.includes(scope) ? [] : [`lacks the nx tag ${scope}`]),
    ...(nx.tags.some((tag) => tag.startsWith('layer:')) ? [] : ['lacks an nx tag layer:…']),
  ];
}

function findExportProblems(path: string, target: Manifest['exports'][string]): readonly string[] {
  if (typeof target === 'string' && target.endsWith('.json')) {
    return [];
  }
  const conditions = typeof target === 'string' ? ['default'] : Object.keys(target);
  return conditions.join() === CONDITIONS.join()
    ? []
    : [`exports ${path} by ${conditions.join(', ')}; it must be ${CONDITIONS.join(', ')}, in this order`];
}

function findMissingSources({ exports }: Manifest, folder: string): readonly string[] {
  return Object.entries(exports).flatMap(([path, target]) => {
    const source = typeof target === 'string' ? target : target['@jarvis/source'];
    return source === undefined || existsSync(join(folder, source))
      ? []
      : [`exports ${path} from ${source}, which does not exist`];
  });
}
