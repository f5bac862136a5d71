import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { compareCodes } from './codes-check.ts';
import { collectCodes } from './source-codes.ts';

const DOCUMENT = `# Errors

| code | meaning | what to do |
|---|---|---|
| \`JARVIS_A\` | a, unlike \`JARVIS_Z\` | b |
| \`JARVIS_B\` | a | b |
`;

describe('compareCodes', () => {
  it('accepts a row for each code', () => {
    expect(compareCodes('errors.md', ['JARVIS_B', 'JARVIS_A'], DOCUMENT)).toEqual([]);
  });

  it('reports what is missing on either side', () => {
    expect(compareCodes('errors.md', ['JARVIS_A', 'JARVIS_C'], DOCUMENT)).toEqual([
      'errors.md has a row for JARVIS_B, which no source uses.',
      'errors.md has no row for JARVIS_C.',
    ]);
  });

  it('reports a code with two rows', () => {
    const twice = `${DOCUMENT}| \`JARVIS_A\` | again | b |\n`;

    expect(compareCodes('errors.md', ['JARVIS_A', 'JARVIS_B'], twice)).toEqual([
      'errors.md has two rows for JARVIS_A.',
    ]);
  });

  it('reports a document that does not exist', () => {
    expect(compareCodes('errors.md', ['JARVIS_A'], undefined)).toEqual([
      'errors.md does not exist, 1 codes of the sources have no row.',
    ]);
  });
});

describe('collectCodes', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'jarvis-codes-'));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  function collect(source: string): readonly string[] {
    const file = join(folder, 'errors.ts');
    writeFileSync(file, source);
    return [...collectCodes([file])].sort();
  }

  it('finds the code of a class', () => {
    expect(collect("export class A extends Error { readonly code = 'JARVIS_A'; }")).toEqual(['JARVIS_A']);
  });

  it('finds every code that is put together from parts', () => {
    const source =
      "type Reason = 'lost' | 'late';\n" +
      'export class A extends Error { declare readonly code: `JARVIS_${Uppercase<Reason>}`; }';

    expect(collect(source)).toEqual(['JARVIS_LATE', 'JARVIS_LOST']);
  });

  it('finds the code of a plain object', () => {
    expect(collect("export const a = { code: 'JARVIS_A', name: 'JARVIS_HOME' };")).toEqual(['JARVIS_A']);
  });

  it('leaves out codes of others', () => {
    expect(collect("export const a = { code: 'ENOENT' };")).toEqual([]);
  });
});
