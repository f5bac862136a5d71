import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const document = readFileSync(join(root, 'docs/reference/reliability.md'), 'utf8');
const [proved = '', open = ''] = document.split('## Not proved yet');

const TESTS = '{packages/*/src,packages/*/test,tools,e2e/test}/**/*.test.ts';
const ROW = /(?<![\w+-])[FBLO]\d{1,2}(?!\w)/gu;
const RANGE = /(?<![\w+-])([FBLO])(\d+)(?:-\1| to \1)(\d+)(?!\w)/gu;

describe('docs/reference/reliability.md', () => {
  it('names for every row the tests that bear its number, and no others', () => {
    const shown = [...proved.matchAll(/^\| ([FBLO]\d+) .*$/gmu)].map(([line, row = '']) => {
      const links = [...line.matchAll(/\]\(\.\.\/\.\.\/([^)]+)\)/gu)].map(([, path]) => path);
      return [row, links.sort()];
    });

    expect(Object.fromEntries(shown)).toEqual(Object.fromEntries(listTestsByRow()));
  });

  it('calls no row unproved that a test proves', () => {
    const cells = [...open.matchAll(/^\| ([FBLO]\d[^|]*)\|/gmu)].map(([, cell = '']) => cell);

    const unproved = cells.flatMap(findRows);
    const byRow = listTestsByRow();

    expect(unproved.length).toBeGreaterThan(0);
    expect(unproved.filter((row) => byRow.has(row))).toEqual([]);
  });
});

/** The tests that bear the number of a row, by row. */
function listTestsByRow(): ReadonlyMap<string, readonly string[]> {
  const byRow = new Map<string, string[]>();
  // The tests of the oracles prove that these would notice, not that there is nothing to notice.
  const exclude = (name: string) => /(?:^|\/)(?:node_modules|fixtures|oracles)(?:\/|$)/u.test(name);
  for (const file of globSync(TESTS, { cwd: root, exclude }).sort()) {
    for (const row of new Set(findRows(readFileSync(join(root, file), 'utf8')))) {
      byRow.set(row, [...(byRow.get(row) ?? []), file]);
    }
  }
  return byRow;
}

function findRows(text: string): readonly string[] {
  const ranges = [...text.matchAll(RANGE)].flatMap(([, letter = '', first = '', last = '']) => {
    const count = Number(last) - Number(first) + 1;
    return Array.from({ length: count }, (_, index) => {
      return letter + String(Number(first) + index).padStart(first.length, '0');
    });
  });
  return [...ranges, ...[...text.matchAll(ROW)].map(([row]) => row)];
}
