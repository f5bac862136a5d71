import { sha256, type WorkspaceFile } from '@jarvis/core';
import { describe, expect, it } from 'vitest';

import { runSimpleTests, selectWebFiles, toFilesSummary, toPreviousFiles } from './legacy-files.ts';

describe('selectWebFiles', () => {
  it('keeps files with a web suffix outside hidden folders', () => {
    const names = [
      'index.html',
      'a/b.tsx',
      'data.json',
      'notes.md',
      'run.py',
      'INDEX.HTML',
      '.history/index.html',
      'a/.b/c.js',
    ];

    const selected = selectWebFiles(names.map((path) => toFile(path)));

    expect(selected.map(({ path }) => path)).toEqual(['index.html', 'a/b.tsx', 'data.json']);
  });
});

describe('toPreviousFiles', () => {
  it('gives content by path', () => {
    expect(toPreviousFiles([toFile('empty.js', ''), toFile('notes.md')])).toEqual({ 'empty.js': '' });
  });
});

describe('toFilesSummary', () => {
  it('counts characters as people do and shows the beginning', () => {
    const summary = toFilesSummary([toFile('index.html', '🙂'.repeat(500))]);

    expect(summary).toEqual({ 'index.html': { length: 500, preview: '🙂'.repeat(400) } });
  });
});

describe('runSimpleTests', () => {
  it.each([
    [
      'no page',
      [],
      { index_exists: false, index_not_empty: false, contains_task_keyword: false, all_passed: false },
    ],
    [
      'a blank page',
      [toFile('index.html', ' \n')],
      { index_exists: true, index_not_empty: false, contains_task_keyword: false, all_passed: false },
    ],
    [
      'a page elsewhere',
      [toFile('a/index.html', 'Make')],
      { index_exists: false, index_not_empty: false, contains_task_keyword: false, all_passed: false },
    ],
    [
      'a page',
      [toFile('index.html', '<h1>')],
      { index_exists: true, index_not_empty: true, contains_task_keyword: false, all_passed: true },
    ],
    [
      'a page with the first longer word of the task',
      [toFile('index.html', 'MAKER')],
      { index_exists: true, index_not_empty: true, contains_task_keyword: true, all_passed: true },
    ],
  ])('looks at %s', (_, files, tests) => {
    expect(runSimpleTests('Do make a page', files)).toEqual(tests);
  });
});

function toFile(path: string, content = 'x'): WorkspaceFile {
  return { path, content, hash: sha256(content) };
}
