import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { planUpdates } from './advance-index.ts';
import { findByTrailers } from './find-commit.ts';
import {
  foldersOf,
  parseChanges,
  parseIndex,
  parseTree,
  renderEntry,
  renderRemoval,
} from './index-entries.ts';

const id = (digit: string): string => digit.repeat(40);
const list = (...records: readonly string[]): string => records.map((record) => `${record}\0`).join('');
const entry = (digit: string): { mode: string; id: string } => ({ mode: '100644', id: id(digit) });

describe('the formats of git', () => {
  it('reads trees, indexes with conflicts, and changes', () => {
    expect([...parseTree(`100755 blob ${id('1')}\ta\tb\0`)]).toEqual([
      ['a\tb', { mode: '100755', id: id('1') }],
    ]);
    expect([
      ...parseIndex(list(`100644 ${id('1')} 0\ta`, `100644 ${id('2')} 1\tb`, `100644 ${id('3')} 2\tb`)),
    ]).toEqual([
      ['a', entry('1')],
      ['b', undefined],
    ]);
    expect(
      parseChanges(
        `:000000 100644 ${id('0')} ${id('1')} A\0new\0:100644 000000 ${id('2')} ${id('0')} D\0old\0` +
          `:100644 100644 ${id('1')} ${id('2')} M\0both\0`,
      ),
    ).toEqual([
      { path: 'new', after: entry('1') },
      { path: 'old', before: entry('2') },
      { path: 'both', before: entry('1'), after: entry('2') },
    ]);
  });

  it('writes entries and removals for both lengths of an id', () => {
    expect(renderEntry('a b', entry('1'))).toBe(`100644 ${id('1')}\ta b\0`);
    expect(renderRemoval('a', { mode: '100644', id: '1'.repeat(64) })).toBe(`0 ${'0'.repeat(64)}\ta\0`);
  });

  it('knows the folders of a path', () => {
    expect(foldersOf('a/b/c.txt')).toEqual(['a/b', 'a']);
    expect(foldersOf('a.txt')).toEqual([]);
  });
});

describe('planUpdates', () => {
  it('leaves a path with a conflict, and one the user has staged', () => {
    const index = parseIndex(
      list(`100644 ${id('2')} 1\tconflict`, `100644 ${id('3')} 0\tstaged`, `100644 ${id('1')} 0\tas-is`),
    );
    const changes = ['conflict', 'staged', 'as-is', 'removed-by-user'].map((path) => ({
      path,
      before: entry('1'),
      after: entry('9'),
    }));

    expect(planUpdates([...changes, { path: 'conflict', after: entry('9') }], index)).toEqual([
      renderEntry('as-is', entry('9')),
    ]);
  });

  it('brings every path that is as in the parent to the commit, and only those, once', () => {
    const path = fc.constantFrom('a', 'b', 'c', 'd/e', 'd/f');
    const tree = fc.dictionary(path, fc.constantFrom('1', '2', '3'));

    fc.assert(
      fc.property(tree, tree, tree, (parent, commit, staged) => {
        const paths = [...new Set([...Object.keys(parent), ...Object.keys(commit)])];
        const changes = paths
          .filter((changed) => parent[changed] !== commit[changed])
          .map((changed) => ({
            path: changed,
            ...(parent[changed] !== undefined && { before: entry(parent[changed]) }),
            ...(commit[changed] !== undefined && { after: entry(commit[changed]) }),
          }));
        const index = new Map(Object.entries(staged).map(([name, digit]) => [name, entry(digit)]));

        const records = planUpdates(changes, index);
        for (const record of records) {
          const [facts = '', name = ''] = record.slice(0, -1).split('\t');
          if (facts.startsWith('0 ')) index.delete(name);
          else index.set(name, { mode: '100644', id: facts.slice(7) });
        }

        for (const name of new Set([...paths, ...Object.keys(staged)])) {
          const expected = staged[name] === parent[name] ? commit[name] : staged[name];
          expect(index.get(name)).toEqual(expected === undefined ? undefined : entry(expected));
        }
        const left = planUpdates(changes, index).filter((record) => !records.includes(record));
        expect(left).toEqual([]);
      }),
    );
  });
});

describe('findByTrailers', () => {
  const plan = {
    branch: 'refs/heads/main',
    parent: null,
    subject: 's',
    trailers: { 'Jarvis-Run': 'r', 'Jarvis-Step': 's1' },
    author: { name: 'A', email: 'a@b' },
    atSeconds: 0,
    files: [],
  };

  it('wants all trailers, whole', () => {
    const lines = ['subject', '', 'Jarvis-Run: r', 'Jarvis-Step: s1'];

    expect(findByTrailers([{ id: 'x', lines }], plan)).toBe('x');
    expect(findByTrailers([{ id: 'x', lines: lines.slice(0, 3) }], plan)).toBeUndefined();
    expect(
      findByTrailers([{ id: 'x', lines: [...lines.slice(0, 3), 'Jarvis-Step: s12'] }], plan),
    ).toBeUndefined();
    expect(findByTrailers([{ id: 'x', lines }], { ...plan, trailers: {} })).toBeUndefined();
  });
});
