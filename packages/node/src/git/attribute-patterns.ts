import { join, resolve } from 'node:path';

import type { Git } from './git-call.ts';
import { readPlainFile } from './read-plain-file.ts';

/**
 * The patterns of the attribute files that hold for a folder's top. Most of them also match themselves as a path: for
 * files that do not exist yet, they tell what git would do.
 */
export async function listAttributePatterns(git: Git, root: string): Promise<readonly string[]> {
  const shared = await git.run({ args: ['rev-parse', '--git-path', 'info/attributes'] });
  const usual = ['--type=path', '--default', '~/.config/git/attributes'];
  const own = await git.attempt({ args: ['config', ...usual, '--get', 'core.attributesFile'] });
  const files = [join(root, '.gitattributes'), ...[shared, own.stdout].map((path) => toPath(root, path))];
  const contents = await Promise.all(files.map((file) => readPlainFile(file)));
  const patterns = contents.flatMap((content) =>
    (content ?? '').split('\n').map((line) => readPattern(line)),
  );
  return [...new Set(patterns.filter((pattern) => pattern !== ''))];
}

function toPath(root: string, output: string): string {
  return resolve(root, output.replace(/\n$/u, ''));
}

/** Empty for comments, macros and patterns that are no path inside the folder. */
function readPattern(line: string): string {
  const [word = ''] = line.trim().split(/\s/u);
  const pattern = word.replace(/^\/+/u, '');
  const isPath = !/^[#"[!]/u.test(word) && !pattern.split('/').includes('..');
  return isPath ? pattern : '';
}
