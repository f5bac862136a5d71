import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { z } from 'zod';

import { repositoryRoot } from './pack-packages.ts';

export interface NodeRelease {
  readonly version: string;
  /** The package on the registry that holds this release's binary for this machine. */
  readonly packageName: string;
}

/** The lowest release of a line (`22`, `24`) that the packages' `engines` allow. */
export async function lowestNodeRelease(line: string): Promise<NodeRelease> {
  const text = await readFile(join(repositoryRoot, 'packages/cli/package.json'), 'utf8');
  const { engines } = z.object({ engines: z.object({ node: z.string() }) }).parse(JSON.parse(text));
  const versions = [...engines.node.matchAll(/\d+\.\d+\.\d+/gu)].map(([version]) => version);
  const version = versions.find((candidate) => candidate.startsWith(`${line}.`));
  if (version === undefined)
    throw new Error(`engines.node "${engines.node}" names no release of line ${line}`);
  return { version, packageName: `node-${process.platform}-${process.arch}` };
}
