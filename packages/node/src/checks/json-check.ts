import type { Check, Finding, WorkspaceFile } from '@jarvis/core';
import { parse, type ParseError, printParseErrorCode } from 'jsonc-parser';

import { LONGEST_SOURCE } from './size-limits.ts';

const SOURCE = 'json';
const JSON_FILE = /\.(?:json|webmanifest)$/iu;
/** By agreement of the tools that read them, these may hold comments. */
const WITH_COMMENTS = /(?:^|\/)(?:[jt]sconfig[^/]*|devcontainer|\.eslintrc|api-extractor)\.json$/iu;

/** Finds JSON files that no reader of plain JSON would accept. */
export function jsonCheck(): Check {
  return {
    id: SOURCE,
    inspect: async (files) => files.filter(({ path }) => JSON_FILE.test(path)).flatMap(inspectFile),
  };
}

function inspectFile({ path, content }: WorkspaceFile): readonly Finding[] {
  if (content.length > LONGEST_SOURCE) {
    const description = `Not checked: it is longer than ${String(LONGEST_SOURCE)} characters.`;
    return [{ ...about(path), severity: 'warning', rule: 'not-checked', description }];
  }
  try {
    const isLoose = WITH_COMMENTS.test(path);
    const errors: ParseError[] = [];
    parse(content, errors, {
      disallowComments: !isLoose,
      allowTrailingComma: isLoose,
      allowEmptyContent: false,
    });
    // What follows from the first error says little.
    return errors.slice(0, 1).map((error) => toFinding(path, content, error));
  } catch (error) {
    // The parser calls itself for each level, and the stack is finite.
    if (!(error instanceof RangeError)) throw error;
    return [
      { ...about(path), rule: 'too-deep', description: 'The values are nested too deeply to be read.' },
    ];
  }
}

function toFinding(path: string, content: string, { error, offset }: ParseError): Finding {
  const line = content.slice(0, offset).split('\n').length;
  const rule = toKebabCase(printParseErrorCode(error));
  return { ...about(path), rule, description: `Not valid JSON: ${rule.replaceAll('-', ' ')}.`, line };
}

function about(path: string): Pick<Finding, 'severity' | 'source' | 'file'> {
  return { severity: 'error', source: SOURCE, file: path };
}

function toKebabCase(name: string): string {
  return name.replace(/(?<=[a-z])(?=[A-Z])/gu, '-').toLowerCase();
}
