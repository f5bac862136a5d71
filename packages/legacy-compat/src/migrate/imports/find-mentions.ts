import { join } from 'node:path';

import { isSourcePath } from '../inspect/inspect-tree.ts';
import { readSource } from '../inspect/read-source.ts';
import { findMentions, isTextPath } from '../inspect/text-mentions.ts';
import type { Tree } from '../inspect/walk-tree.ts';

/** A line of a file that is no source and names an old module. */
export interface Mention {
  readonly path: string;
  readonly line: number;
  readonly statement: string;
}

/** Nobody writes a document or a script of this size, in bytes. */
const LARGEST = 4 * 1024 * 1024;

/** Finds who starts or names an old module outside code. What is no text is passed over: `inspect` names it. */
export async function mentionsOutside({
  root,
  entries,
}: Pick<Tree, 'root' | 'entries'>): Promise<readonly Mention[]> {
  const texts = entries.filter(
    ({ kind, path, bytes }) => kind === 'file' && bytes <= LARGEST && isTextPath(path) && !isSourcePath(path),
  );
  const found: Mention[] = [];
  for (const { path } of texts) {
    const file = await readSource(join(root, path), path);
    const mentions = 'problem' in file ? [] : findMentions(file.text, path);
    found.push(...mentions.map(({ line, statement }) => ({ path, line, statement })));
  }
  return found;
}
