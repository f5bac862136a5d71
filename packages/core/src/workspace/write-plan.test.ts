import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { sha256 } from '../journal/hash.ts';
import { findWriteProblems, planWrites, writePlanSchema } from './write-plan.ts';

const write = (path: string, content = 'x') => ({ path, content });

describe('findWriteProblems', () => {
  it('lists fifty problems at most, first that there are too many files', () => {
    const changes = Array.from({ length: 10_000 }, (_, index) => ({
      path: `../${String(index)}`,
      content: '',
    }));

    const problems = findWriteProblems(changes);

    expect(problems).toHaveLength(51);
    expect(problems[0]).toContain('10000 files');
    expect(problems.at(-1)).toBe('And 9951 more.');
  });

  it('finds nothing wrong with good files', () => {
    expect(
      findWriteProblems([write('a.txt'), write('a/b.txt'), write('a/c.txt', ''), write('b/a.txt')]),
    ).toEqual([]);
    expect(findWriteProblems([])).toEqual([]);
  });

  it('B62: says for each bad path what is wrong with it', () => {
    expect(findWriteProblems([write('../x'), write('fine.txt'), write('/y')])).toEqual([
      'The path "../x" has an empty, "." or ".." component.',
      'The path "/y" is absolute; use a path relative to the project folder.',
    ]);
  });

  it('B63: allows 200 files and no more', () => {
    const files = (count: number) =>
      Array.from({ length: count }, (_, index) => write(`f${String(index)}.txt`));

    expect(findWriteProblems(files(200))).toEqual([]);
    expect(findWriteProblems(files(201))).toEqual(['The answer has 201 files; at most 200 are allowed.']);
  });

  it.each(['AGENTS.md', '.github/workflows/ci.yml', '.husky/pre-commit'])(
    'B66: neither writes nor deletes %s, which a tool obeys',
    (path) => {
      const problem = `The path "${path}" is run or obeyed by a tool without anyone looking; a person has to write it.`;

      expect(findWriteProblems([write(path)])).toEqual([problem]);
      expect(findWriteProblems([{ path, content: null }])).toEqual([problem]);
    },
  );

  it('B63: counts files that are deleted, too', () => {
    const files = Array.from({ length: 201 }, (_, index) => ({ path: `f${String(index)}`, content: null }));

    expect(findWriteProblems(files)).toEqual(['The answer has 201 files; at most 200 are allowed.']);
  });

  it('refuses a move that changes only the case, which may be one file', () => {
    const moved = [
      { path: 'Readme.md', content: 'x' },
      { path: 'README.md', content: null },
    ];

    expect(findWriteProblems(moved)).toEqual(['The paths "Readme.md" and "README.md" may be one file.']);
  });

  it('B63: allows 10 MB in bytes, not in characters, and no more', () => {
    const half = 'é'.repeat(5 * 1024 * 1024);

    expect(findWriteProblems([write('a.txt', half)])).toEqual([]);
    expect(findWriteProblems([write('a.txt', half), write('b.txt', 'x')])).toEqual([
      'The answer has 10485761 bytes; at most 10485760 are allowed.',
    ]);
  });

  it.each(['\0', 'text\0text', 'lone \ud83d surrogate'])(
    'B65: does not take binary content: %j',
    (content) => {
      expect(findWriteProblems([write('a.bin', content)])).toEqual(['The content of "a.bin" is not text.']);
    },
  );

  it.each([
    ['a.txt', 'a.txt'],
    ['README.md', 'readme.md'],
    ['a/Straße.txt', 'A/strasse.txt'],
  ])('does not write %s and %s, which may be one file', (a, b) => {
    expect(findWriteProblems([write(a), write('other.txt'), write(b)])).toEqual([
      `The paths "${a}" and "${b}" may be one file.`,
    ]);
  });

  it.each([
    ['a', 'a/b.txt'],
    ['A', 'a/b/c.txt'],
  ])('does not write the file %s and the file %s in it', (file, below) => {
    const expected = [`The path "${file}" is a file and the folder of "${below}".`];

    expect(findWriteProblems([write(file), write('a!.txt'), write('a.b'), write(below)])).toEqual(expected);
    expect(findWriteProblems([write(below), write('a!.txt'), write(file)])).toEqual(expected);
  });

  it('finds every pair of files that cannot stand side by side', () => {
    const name = fc.constantFrom('a', 'b', 'A', 'c.txt', 'a!');
    const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/'));

    fc.assert(
      fc.property(fc.array(path, { maxLength: 6 }), (paths) => {
        const folded = paths.map((each) => each.toLowerCase());
        const clash = folded.some((each, index) =>
          folded.some((other, place) => index !== place && (other === each || other.startsWith(`${each}/`))),
        );

        expect(findWriteProblems(paths.map((each) => write(each))).length > 0).toBe(clash);
      }),
      { numRuns: 500 },
    );
  });

  it('finds all kinds of problems at once', () => {
    const writes = [write('../x', '\0'), write('a'), write('a/b')];

    expect(findWriteProblems(writes)).toHaveLength(3);
  });

  it('is quick with many deep paths', () => {
    const deep = 'a/'.repeat(2_000);

    expect(
      findWriteProblems(Array.from({ length: 200 }, (_, index) => write(`${deep}${String(index)}`))),
    ).toEqual([]);
  });
});

describe('planWrites', () => {
  it('notes what is on disk and what shall be there', () => {
    const plan = planWrites(
      [write('a.txt', 'é'), write('b.txt', 'new')],
      new Map([['a.txt', sha256('old')]]),
    );

    expect(plan).toEqual({
      writes: [
        { path: 'a.txt', before: sha256('old'), after: sha256('é'), bytes: 2 },
        { path: 'b.txt', before: null, after: sha256('new'), bytes: 3 },
      ],
    });
    expect(writePlanSchema.parse(JSON.parse(JSON.stringify(plan)))).toEqual(plan);
  });

  it('leaves out what is there already', () => {
    expect(planWrites([write('a.txt', 'same')], new Map([['a.txt', sha256('same')]]))).toEqual({
      writes: [],
    });
  });

  it('notes what shall be gone, and leaves out what is gone already', () => {
    const gone = { path: 'a.txt', content: null };

    expect(planWrites([gone], new Map([['a.txt', sha256('old')]])).writes).toEqual([
      { path: 'a.txt', before: sha256('old'), after: null, bytes: 0 },
    ]);
    expect(planWrites([gone], new Map()).writes).toEqual([]);
  });

  it('reads a plan of a release that knew no deletions', () => {
    const plan = { writes: [{ path: 'a.txt', before: null, after: sha256('a'), bytes: 1 }] };

    expect(writePlanSchema.parse(plan)).toEqual(plan);
  });

  it('writes an empty file where there is none', () => {
    expect(planWrites([write('a.txt', '')], new Map()).writes).toHaveLength(1);
  });
});
