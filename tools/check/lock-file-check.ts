import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { z } from 'zod';

import { workspaceRoot } from '../workspace/root.ts';
import type { Check } from './check.ts';

const lockSchema = z.object({
  packages: z.record(
    z.string(),
    z.object({
      version: z.string().optional(),
      resolved: z.string().optional(),
      integrity: z.string().optional(),
      link: z.boolean().optional(),
      optionalDependencies: z.record(z.string(), z.string()).optional(),
    }),
  ),
});

type LockFile = z.infer<typeof lockSchema>;

/** The lock file installs the same everywhere: hashes for all, addresses for none, no platform forgotten. */
export const lockFileCheck: Check = {
  name: 'lock file',
  run() {
    const text = readFileSync(join(workspaceRoot, 'package-lock.json'), 'utf8');
    return Promise.resolve(findLockProblems(lockSchema.parse(JSON.parse(text))));
  },
};

/** Finds what would make an installation differ from another, or `npm ci` fail. */
export function findLockProblems({ packages }: LockFile): readonly string[] {
  const names = new Set(Object.keys(packages));
  return Object.entries(packages)
    .filter(([path, { link }]) => path.includes('node_modules/') && link !== true)
    .flatMap(([path, entry]) => [
      ...(/^https?:/u.test(entry.resolved ?? '')
        ? [`${path} carries a download address: run npm install with the .npmrc of this repository.`]
        : []),
      ...(entry.integrity === undefined
        ? [`${path} has no hash, so a changed download would not be noticed.`]
        : []),
      ...findForgotten(path, entry, names),
    ]);
}

/** `npm install` leaves out what the registry does not have; `npm ci` then refuses the whole lock file. */
function findForgotten(
  path: string,
  { optionalDependencies = {} }: LockFile['packages'][string],
  names: ReadonlySet<string>,
): readonly string[] {
  return Object.keys(optionalDependencies)
    .filter((name) => !foldersAbove(path).some((folder) => names.has(`${folder}node_modules/${name}`)))
    .map((name) => `${path} wants ${name}, which is not locked: npm ci would fail. Choose another version.`);
}

/** Where a package looks for another one: its own folder, then those above it. */
function foldersAbove(path: string): readonly string[] {
  const parts = path.split('node_modules/');
  return parts.map((_, index) =>
    parts
      .slice(0, index + 1)
      .join('node_modules/')
      .replace(/([^/])$/u, '$1/'),
  );
}
