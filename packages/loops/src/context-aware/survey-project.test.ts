import { describe, expect, it } from 'vitest';

import { projectFactsSchema, surveyProject } from './survey-project.ts';

describe('surveyProject', () => {
  it('counts files, bytes and languages, the largest first', () => {
    const files = [
      { path: 'README.md', bytes: 10 },
      { path: 'src/main.ts', bytes: 100 },
      { path: 'src/view.TSX', bytes: 50 },
      { path: 'style.css', bytes: 400 },
      { path: 'query.sql', bytes: 150 },
      { path: '.ts', bytes: 1 },
      { path: 'Makefile', bytes: 2 },
    ];

    const facts = surveyProject(files, 'dirty');

    expect(facts).toEqual({
      files: 7,
      bytes: 713,
      languages: [
        { name: 'CSS', files: 1, bytes: 400 },
        { name: 'SQL', files: 1, bytes: 150 },
        { name: 'TypeScript', files: 2, bytes: 150 },
      ],
      sourceFiles: 4,
      testFiles: 0,
      hasTests: false,
      git: 'dirty',
    });
    expect(projectFactsSchema.parse(facts)).toEqual(facts);
  });

  it.each([
    'src/cart.test.ts',
    'src/cart.spec.js',
    'cart_test.go',
    'test_cart.py',
    'src/CartTest.java',
    'tests/cart.py',
    'packages/a/__tests__/cart.tsx',
    'spec/cart.rb',
  ])('takes %s for a test', (path) => {
    expect(surveyProject([{ path, bytes: 1 }], 'clean')).toMatchObject({ hasTests: true, testFiles: 1 });
  });

  it.each(['src/latest.ts', 'contest.py', 'src/testing-guide.md', 'test/data.json', 'attest/a.ts'])(
    'takes %s for no test',
    (path) => {
      expect(surveyProject([{ path, bytes: 1 }], 'clean').hasTests).toBe(false);
    },
  );

  it.each(['node_modules/a/index.js', 'packages/a/dist/index.js', '.git/hooks/a.sh', 'vendor/a.php'])(
    'leaves %s out, which is not the project',
    (path) => {
      expect(surveyProject([{ path, bytes: 1 }], 'clean').files).toBe(0);
    },
  );

  it('keeps a file that is called like such a folder', () => {
    expect(surveyProject([{ path: 'build', bytes: 1 }], 'clean').files).toBe(1);
  });
});
