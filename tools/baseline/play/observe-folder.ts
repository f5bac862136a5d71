import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

import type { ObservedFile } from '../compare/observation.ts';

const run = promisify(execFile);

/** The files of a folder that are not as they were, by path; the repository's own files are left out. */
export async function observeFiles(
  folder: string,
  before: Readonly<Record<string, string>>,
): Promise<Readonly<Record<string, ObservedFile>>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .filter((path) => !path.startsWith('.git/'))
    .sort();
  const files = await Promise.all(
    paths.map(async (path) => [path, describe(await readFile(join(folder, path)))] as const),
  );
  return Object.fromEntries(files.filter(([path, { sha256 }]) => sha256 !== hashOf(before[path])));
}

/** The subjects of the commits, the first commit first; `null` when the folder is no repository. */
export async function observeCommits(folder: string): Promise<readonly string[] | null> {
  if (!existsSync(join(folder, '.git'))) return null;
  const { stdout } = await run(
    'git',
    ['-C', folder, 'log', '--all', '--reverse', '--topo-order', '--format=%s'],
    {
      env: { PATH: process.env['PATH'] ?? '', HOME: folder },
    },
  );
  return stdout.split('\n').filter((subject) => subject !== '');
}

function describe(content: Buffer): ObservedFile {
  return { sha256: createHash('sha256').update(content).digest('hex'), bytes: content.length };
}

function hashOf(text: string | undefined): string | undefined {
  return text === undefined ? undefined : describe(Buffer.from(text)).sha256;
}
