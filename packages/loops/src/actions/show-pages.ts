import type { WorkspaceFile } from '@jarvis/core';

import type { ShownPage } from '../dialect/dialect.ts';
import { listOwnFiles } from '../engine/own-files.ts';
import type { ActionScope } from './action-scope.ts';

/** More pages tell a reviewer nothing new. */
const MOST_PAGES = 5;

/** What is on the pages the run has written, as far as their markup says; nothing where nobody can tell. */
export async function showPages(
  { context, state }: ActionScope,
  files: readonly WorkspaceFile[],
): Promise<{ readonly pages?: readonly ShownPage[] }> {
  const { pages: reader } = context;
  if (reader === undefined) return {};
  const own = listOwnFiles(state.rounds);
  const pages: ShownPage[] = [];
  for (const file of files) {
    const page = own.has(file.path) ? await reader.summarise(file) : undefined;
    if (page !== undefined) pages.push({ path: file.path, page });
    if (pages.length === MOST_PAGES) break;
  }
  return { pages };
}
