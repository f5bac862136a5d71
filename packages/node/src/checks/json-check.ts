import type { Check, Finding, WorkspaceFile } from '@jarvis/core';
import { type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';

const JSON_FILE = /\.(?:json|webmanifest)$/iu;

/** Files of these names may hold comments and trailing commas. */
const WITH_COMMENTS = /(?:^|\/)(?:tsconfig[^/]*|jsconfig[^/]*|\.eslintrc)\.json$|(?:^|\/)\.vscode\//iu;

/** Checks that JSON files are JSON. */
export const jsonCheck: Check = {
  id: 'json',
  inspect: (files) => Promise.resolve(files.filter(({ path }) => JSON_FILE.test(path)).flatMap(inspectFile)),
};

function inspectFile({ path, content }: WorkspaceFile): readonly Finding[] {
  const errors: ParseError[] = [];
  const isLenient = WITH_COMMENTS.test(path);
  parseTree(content, errors, { disallowComments: !isLenient, allowTrailingComma: isLenient });
  // What follows from the first error says little.
  return errors.slice(0, 1).map(({ error, offset }) => ({
    severity: 'error',
    source: 'json',
    rule: 'syntax',
    description: `This is not JSON: ${printParseErrorCode(error)}.`,
    file: path,
    line: content.slice(0, offset).split('\n').length,
  }));
}
