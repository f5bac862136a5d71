import { relative, sep } from 'node:path';

import { workspaceRoot } from '../workspace/root.ts';
import { importTable } from './import-table.ts';

/** Where a file stands: its project, its path inside it, and what it is there for. */
export interface SourcePlace {
  /** The folder of the project: `packages/core`, `tools`. */
  readonly project: string;
  /** The path inside the project, with forward slashes. */
  readonly file: string;
  readonly kind: 'source' | 'test' | 'config';
}

/** The path of a file from the root of the repository, with forward slashes. */
export function pathInRepository(filename: string): string {
  return relative(workspaceRoot, filename).split(sep).join('/');
}

/** Finds the place of a file from its absolute path; `undefined` outside every project. */
export function placeOf(filename: string): SourcePlace | undefined {
  const path = pathInRepository(filename);
  const project = Object.keys(importTable).find((root) => path.startsWith(`${root}/`));
  if (project === undefined) {
    return undefined;
  }
  const file = path.slice(project.length + 1);
  return { project, file, kind: kindOf(file) };
}

function kindOf(file: string): SourcePlace['kind'] {
  if (file.endsWith('.config.ts')) {
    return 'config';
  }
  return /\.test(?:-d)?\.ts$|^test\//u.test(file) ? 'test' : 'source';
}
