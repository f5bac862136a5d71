import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { findForeignHeader } from '../lint/header-name.ts';
import { listFiles } from '../workspace/listed-files.ts';
import { workspaceRoot } from '../workspace/root.ts';
import type { Check } from './check.ts';

/** The files with comments that the linter does not read. */
const PATTERNS = ['*.sh', '*.yml', '*.yaml', '*.toml', '*.md', '*.css', '*.html', '.ci/*', '.husky/*'];

/** A header comment that names a file names its own file, also where the linter does not look. */
export const headersCheck: Check = {
  name: 'headers of files',
  async run() {
    const files = await listFiles(...PATTERNS);
    return files.flatMap((path) => {
      const foreign = findForeignHeader(headerOf(readFileSync(join(workspaceRoot, path), 'utf8')), path);
      return foreign === undefined
        ? []
        : [`${path}: the header names ${foreign.named}. Correct the name, or say what the file is for.`];
    });
  },
};

/** The comment a file begins with, after the line that names its interpreter. */
export function headerOf(text: string): string {
  const body = text.replace(/^#!.*\n/u, '').trimStart();
  const block = /^(?:<!--[\s\S]*?-->|\/\*[\s\S]*?\*\/)/u.exec(body)?.[0];
  return block ?? /^(?:(?:#(?!#)|\/\/).*(?:\n|$))*/u.exec(body)?.[0] ?? '';
}
