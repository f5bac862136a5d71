import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { listFiles } from '../workspace/listed-files.ts';
import { workspaceRoot } from '../workspace/root.ts';
import type { Check } from './check.ts';
import { collectCodes } from './source-codes.ts';

const ERRORS = 'docs/reference/errors.md';
const DEPRECATIONS = 'docs/reference/deprecations.md';
const NUMBERED = /^JARVIS_(?:DEP|WARN)\d+$/u;

/** The reference has a row for every code the sources use, and for no other. */
export const codesCheck: Check = {
  name: 'codes in the reference',
  async run() {
    const files = await listFiles('packages/*/src/*.ts');
    const sources = files.filter((file) => !/\.test(?:-d)?\.ts$/u.test(file));
    const codes = [...collectCodes(sources.map((file) => join(workspaceRoot, file)))];
    const deprecations = codes.filter((code) => NUMBERED.test(code));
    return [
      ...compareCodes(
        ERRORS,
        codes.filter((code) => !NUMBERED.test(code)),
        readDocument(ERRORS),
      ),
      // There is nothing to document before the first deprecation.
      ...(deprecations.length === 0 && !existsSync(join(workspaceRoot, DEPRECATIONS))
        ? []
        : compareCodes(DEPRECATIONS, deprecations, readDocument(DEPRECATIONS))),
    ];
  },
};

/**
 * Compares the codes of the sources with the first column of the tables in a document, both ways.
 *
 * @param path the path of the document, for the messages
 * @param codes the codes of the sources
 * @param document the text of the document, `undefined` when it does not exist
 */
export function compareCodes(
  path: string,
  codes: readonly string[],
  document: string | undefined,
): readonly string[] {
  if (document === undefined) {
    return [`${path} does not exist, ${codes.length} codes of the sources have no row.`];
  }
  const rows = [...document.matchAll(/^\|\s*`(JARVIS_[A-Z0-9_]+)`\s*\|/gmu)].flatMap(
    ([, code]) => code ?? [],
  );
  const repeated = rows.filter((code, index) => rows.indexOf(code) !== index);
  return [
    ...codes.filter((code) => !rows.includes(code)).map((code) => `${path} has no row for ${code}.`),
    ...rows
      .filter((code) => !codes.includes(code))
      .map((code) => `${path} has a row for ${code}, which no source uses.`),
    ...repeated.map((code) => `${path} has two rows for ${code}.`),
  ].sort();
}

function readDocument(path: string): string | undefined {
  const absolute = join(workspaceRoot, path);
  return existsSync(absolute) ? readFileSync(absolute, 'utf8') : undefined;
}
