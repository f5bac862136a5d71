import type { Check, Workspace } from '@jarvis/core';

import { dangerCheck } from './danger-check.ts';
import { htmlCheck } from './html-check.ts';
import { createHtmlReader } from './html-reader.ts';
import { jsonCheck } from './json-check.ts';
import { linkCheck } from './link-check.ts';
import { createSourceReader } from './source-reader.ts';
import { syntaxCheck } from './syntax-check.ts';

/**
 * The checks every project gets. They read files and run nothing.
 *
 * @param workspace where to look for link targets that are no text files; without it a link to a picture is missing
 *   its target.
 */
export function standardChecks(workspace?: Pick<Workspace, 'hashFiles'>): readonly Check[] {
  const read = createHtmlReader();
  const links = workspace === undefined ? { read } : { read, findFiles: filesOf(workspace) };
  const readSources = createSourceReader();
  return [htmlCheck(read), jsonCheck(), syntaxCheck(readSources), dangerCheck(readSources), linkCheck(links)];
}

function filesOf(workspace: Pick<Workspace, 'hashFiles'>) {
  return async (paths: readonly string[]): Promise<ReadonlySet<string>> =>
    new Set((await workspace.hashFiles(paths)).keys());
}
