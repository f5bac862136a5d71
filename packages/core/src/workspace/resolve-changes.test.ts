import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { Change } from './change.ts';
import { type KnownFile, resolveChanges } from './resolve-changes.ts';

const known = new Map<string, KnownFile>([
  ['a.txt', { content: 'one two three', isShown: true }],
  ['b.txt', { content: 'b', isShown: true }],
  ['large.txt', { content: 'large and unseen', isShown: false }],
]);

const write = (path: string, content = 'new'): Change => ({ type: 'write', path, content });
const edit = (path: string, find: string, replace: string): Change => ({ type: 'edit', path, find, replace });
const move = (from: string, to: string): Change => ({ type: 'move', from, to });
const remove = (path: string): Change => ({ type: 'delete', path });

const problemsOf = (...changes: readonly Change[]) => resolveChanges(changes, known).problems;

describe('resolveChanges', () => {
  it('takes whole files, new ones and others, in the order of the answer', () => {
    expect(resolveChanges([write('z.txt', 'z'), write('a.txt', 'a')], known)).toEqual({
      changes: [
        { path: 'z.txt', content: 'z' },
        { path: 'a.txt', content: 'a' },
      ],
      problems: [],
    });
  });

  it('carries several edits of one file out in their order', () => {
    const { changes, problems } = resolveChanges(
      [edit('a.txt', 'two', '2 $& $1'), edit('a.txt', '2 $&', 'zwei'), edit('a.txt', ' three', '')],
      known,
    );

    expect(changes).toEqual([{ path: 'a.txt', content: 'one zwei $1' }]);
    expect(problems).toEqual([]);
  });

  it('edits what the same answer has written', () => {
    expect(resolveChanges([write('n.txt', 'x y'), edit('n.txt', 'y', 'z')], known).changes).toEqual([
      { path: 'n.txt', content: 'x z' },
    ]);
  });

  it('moves a file, and edits it before or after', () => {
    const { changes, problems } = resolveChanges(
      [edit('a.txt', 'one', '1'), move('a.txt', 'c/a.txt'), edit('c/a.txt', 'two', '2')],
      known,
    );

    expect(changes).toEqual([
      { path: 'a.txt', content: null },
      { path: 'c/a.txt', content: '1 2 three', movedFrom: 'a.txt' },
    ]);
    expect(problems).toEqual([]);
  });

  it('edits and moves a file of which only path and size were told: nothing is lost by it', () => {
    expect(problemsOf(edit('large.txt', 'unseen', 'seen'))).toEqual([]);
    expect(problemsOf(move('large.txt', 'small.txt'))).toEqual([]);
  });

  it('B64 deletes a file that was shown, and no other', () => {
    expect(resolveChanges([remove('a.txt')], known)).toEqual({
      changes: [{ path: 'a.txt', content: null }],
      problems: [],
    });
    expect(problemsOf(remove('large.txt'))).toEqual([
      'The file "large.txt" exists and its content was not shown to you; leave it.',
    ]);
    expect(problemsOf(remove('elsewhere.txt'))).toEqual([
      'There is no file "elsewhere.txt" that you were shown, so it cannot be deleted.',
    ]);
  });

  it.each(['.github/workflows/ci.yml', 'AGENTS.md'])('B66 says why %s cannot be touched', (path) => {
    const reason = `The path "${path}" is run or obeyed by a tool without anyone looking; a person has to write it.`;

    expect(problemsOf(remove(path))).toEqual([reason]);
    expect(problemsOf(move(path, 'x.md'))).toEqual([reason]);
    expect(problemsOf(edit(path, 'a', 'b'))).toEqual([reason]);
  });

  it('does not write over a file whose content was not shown', () => {
    expect(problemsOf(write('large.txt'))).toEqual([
      'The file "large.txt" exists and its content was not shown to you; edit it, or choose another path.',
    ]);
  });

  it.each([
    ['nowhere', 'four', 'The text "four" does not stand in "a.txt"; copy it exactly.'],
    ['twice', 'e', 'The text "e" stands in "a.txt" more than once; give more of the text around it.'],
  ])('refuses an edit whose text stands %s', (_, find, problem) => {
    expect(problemsOf(edit('a.txt', find, 'x'))).toEqual([problem]);
  });

  it('counts places that overlap', () => {
    const overlapping = new Map([['a.txt', { content: 'aaa', isShown: true }]]);

    expect(resolveChanges([edit('a.txt', 'aa', 'b')], overlapping).problems).toHaveLength(1);
  });

  it.each([
    ['two whole contents', [write('a.txt'), write('a.txt', 'other')]],
    ['a content and a deletion', [write('a.txt'), remove('a.txt')]],
    ['a deletion and a content', [remove('a.txt'), write('a.txt')]],
    ['an edit of what is deleted', [remove('a.txt'), edit('a.txt', 'one', 'x')]],
    ['a deletion of what is edited', [edit('a.txt', 'one', 'x'), remove('a.txt')]],
    ['two moves', [move('a.txt', 'x.txt'), move('a.txt', 'y.txt')]],
    ['a move onward', [move('a.txt', 'x.txt'), move('x.txt', 'y.txt')]],
    ['a move to where the answer writes', [write('x.txt'), move('a.txt', 'x.txt')]],
  ])('refuses %s', (_, changes) => {
    expect(problemsOf(...changes)).toEqual([expect.stringContaining('contradict each other') as unknown]);
  });

  it.each([
    [move('a.txt', 'b.txt'), 'The file "a.txt" cannot be moved to "b.txt", where a file is.'],
    [move('a.txt', 'a.txt'), 'The file "a.txt" cannot be moved to "a.txt", where a file is.'],
    [move('n.txt', 'c.txt'), 'There is no file "n.txt" that you were shown, so it cannot be moved.'],
    [edit('n.txt', 'a', 'b'), 'There is no file "n.txt" that you were shown, so it cannot be edited.'],
  ])('refuses %o', (change, problem) => {
    expect(problemsOf(change)).toEqual([problem]);
  });

  it('names all problems at once', () => {
    expect(problemsOf(move('a.txt', 'b.txt'), edit('b.txt', 'nothing', ''), remove('n.txt'))).toHaveLength(3);
  });

  it('changes each file once and touches none that the answer does not name', () => {
    const path: fc.Arbitrary<string> = fc.constantFrom('a.txt', 'b.txt', 'large.txt', 'new.txt');
    const text: fc.Arbitrary<string> = fc.constantFrom('one', 'b', 'e', 'new');
    const change = fc.oneof(
      fc.record({ type: fc.constant('write' as const), path, content: text }),
      fc.record({ type: fc.constant('edit' as const), path, find: text, replace: text }),
      fc.record({ type: fc.constant('move' as const), from: path, to: path }),
      fc.record({ type: fc.constant('delete' as const), path }),
    );

    fc.assert(
      fc.property(fc.array(change, { maxLength: 5 }), (changes) => {
        const resolved = resolveChanges(changes, known);

        const named = new Set(
          changes.flatMap((each) => (each.type === 'move' ? [each.from, each.to] : [each.path])),
        );
        const paths = resolved.changes.map((each) => each.path);
        expect(new Set(paths).size).toBe(paths.length);
        expect(paths.filter((each) => !named.has(each))).toEqual([]);
        if (resolved.problems.length > 0) return;
        for (const { path: each, content } of resolved.changes)
          if (content === null) expect(known.has(each)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
