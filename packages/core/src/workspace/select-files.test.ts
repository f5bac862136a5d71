import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { type FileSelection, selectFiles } from './select-files.ts';

const count = (text: string) => text.length;
const file = (path: string, length: number) => ({ path, content: 'x'.repeat(length) });
const select = (files: readonly { path: string; content: string }[], wish: Partial<FileSelection> = {}) =>
  selectFiles(files, { budgetTokens: 1_000, count, texts: [], touched: new Set(), ...wish });
const pathsOf = (files: readonly { readonly path: string }[]) => files.map(({ path }) => path);

describe('selectFiles', () => {
  it('shows all files whole when they fit, in the order they came', () => {
    const files = [file('b.txt', 100), file('a.txt', 200)];

    expect(select(files)).toEqual({ whole: files, listed: [], unlisted: [] });
  });

  it('shows small files before large ones, and names the rest with their sizes', () => {
    const files = [file('a.txt', 700), file('b.txt', 300), file('c.txt', 100)];

    const { whole, listed, unlisted } = select(files);

    expect(pathsOf(whole)).toEqual(['b.txt', 'c.txt']);
    expect(listed).toEqual([{ path: 'a.txt', bytes: 700 }]);
    expect(unlisted).toEqual([]);
  });

  it.each([
    ['by its path', 'Change src/deep/a.txt, please.'],
    ['by the end of its path', 'Change deep/a.txt.'],
    ['at the end of a sentence', 'Change ./src/deep/a.txt.'],
    ['by its name', '"a.txt": the title is missing'],
  ])('shows a file first that is named %s', (_, text) => {
    const files = [file('src/deep/a.txt', 600), file('b.txt', 300), file('c.txt', 100)];

    expect(pathsOf(select(files, { texts: [text] }).whole)).toEqual(['src/deep/a.txt', 'c.txt']);
  });

  it('shows what the run has written before what is small', () => {
    const files = [file('a.txt', 600), file('b.txt', 500)];

    expect(pathsOf(select(files, { touched: new Set(['a.txt']) }).whole)).toEqual(['a.txt']);
  });

  it('shows what lies beside a named file before what lies elsewhere', () => {
    const files = [file('far/a.txt', 200), file('near/b.txt', 300), file('near/c.txt', 300), file('z', 300)];

    expect(pathsOf(select(files, { texts: ['near/c.txt'] }).whole)).toEqual(['near/b.txt', 'near/c.txt']);
  });

  it('counts what finds no place in the list either', () => {
    const files = Array.from({ length: 100 }, (_, index) => file(`f${String(index)}.txt`, 800));

    const { whole, listed, unlisted } = select(files);

    expect(whole).toEqual([]);
    expect(listed.length).toBeGreaterThan(5);
    expect(listed.length + unlisted.length).toBe(100);
  });

  it('never exceeds the budget, loses no file, and chooses the same in any order', () => {
    const anyFile = fc.record({ path: fc.stringMatching(/^[a-c]{1,2}\/[a-f]$/u), length: fc.nat(600) });

    fc.assert(
      fc.property(
        fc.uniqueArray(anyFile, { maxLength: 30, selector: ({ path }) => path }),
        fc.nat(2_000),
        (wishes, budgetTokens) => {
          const files = wishes.map(({ path, length }) => file(path, length));
          const wish = { budgetTokens, texts: ['a/a b/b'], touched: new Set(['c/c']) };

          const { whole, listed, unlisted } = select(files, wish);
          const reversed = select([...files].reverse(), wish);

          const cost = whole.reduce((sum, { path, content }) => sum + path.length + content.length, 0);
          expect(cost).toBeLessThanOrEqual(budgetTokens);
          expect(pathsOf([...whole, ...listed, ...unlisted]).sort()).toEqual(pathsOf(files).sort());
          expect(pathsOf(reversed.whole).sort()).toEqual(pathsOf(whole).sort());
          expect(pathsOf(reversed.listed).sort()).toEqual(pathsOf(listed).sort());
        },
      ),
    );
  });

  it('is quick among ten thousand files with a long text', () => {
    const files = Array.from({ length: 10_000 }, (_, index) =>
      file(`src/part-${String(index)}/page.html`, 2_000),
    );
    const texts = ['Change src/part-77/page.html. '.repeat(10_000)];

    const { whole } = select(files, { budgetTokens: 60_000, texts });

    expect(pathsOf(whole)).toContain('src/part-77/page.html');
  });
});
