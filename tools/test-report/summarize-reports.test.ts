import { describe, expect, it } from 'vitest';

import { type ProjectTests, renderTotals, summarizeReports } from './summarize-reports.ts';
import type { VitestReport } from './vitest-report.ts';

type FileReport = VitestReport['testResults'][number];
type Status = FileReport['assertionResults'][number]['status'];

const FILE = 'packages/core/src/a.test.ts';

function fileReport(statuses: readonly Status[], changes: Partial<FileReport> = {}): FileReport {
  const assertionResults = statuses.map((status, index) => ({ fullName: `test ${index}`, status }));
  return { name: `/checkout/${FILE}`, status: 'passed', message: '', assertionResults, ...changes };
}

function project(testResults: readonly FileReport[], files: readonly string[] = [FILE]): ProjectTests {
  return { project: 'packages/core', files, report: { testResults: [...testResults] } };
}

describe('summarizeReports', () => {
  it('adds up the tests of all projects', () => {
    const other = 'tools/b.test.ts';

    const summary = summarizeReports([
      project([fileReport(['passed', 'passed'])]),
      {
        project: 'tools',
        files: [other],
        report: { testResults: [fileReport(['passed', 'skipped', 'todo'], { name: `/checkout/${other}` })] },
      },
    ]);

    expect(summary).toEqual({ passed: 3, failed: 0, skipped: 2, failures: [] });
  });

  it('names the tests that failed', () => {
    const summary = summarizeReports([project([fileReport(['passed', 'failed'], { status: 'failed' })])]);

    expect(summary).toMatchObject({ passed: 1, failed: 1, failures: [`${FILE} > test 1`] });
  });

  it('counts a test that did not finish as failed', () => {
    const summary = summarizeReports([project([fileReport(['pending'], { status: 'failed' })])]);

    expect(summary).toMatchObject({ failed: 1, failures: [`${FILE} > test 0 (did not finish)`] });
  });

  it('counts a file that could not be loaded as one failure', () => {
    const broken = fileReport([], { status: 'failed', message: 'Cannot find module x' });

    const summary = summarizeReports([project([broken])]);

    expect(summary).toMatchObject({ failed: 1, failures: [`${FILE}: Cannot find module x`] });
  });

  it('counts a file that failed after its tests had passed', () => {
    const summary = summarizeReports([project([fileReport(['passed'], { status: 'failed' })])]);

    expect(summary).toMatchObject({ passed: 1, failed: 1, failures: [`${FILE}: failed outside its tests`] });
  });

  it('counts a test file that is not in the report', () => {
    const missing = 'packages/core/src/b.test.ts';

    const summary = summarizeReports([project([fileReport(['passed'])], [FILE, missing])]);

    expect(summary).toMatchObject({ passed: 1, failed: 1, failures: [`${missing}: did not run`] });
  });

  it('counts every test file of a project that wrote no report', () => {
    const files = [FILE, 'packages/core/src/b.test.ts'];

    const summary = summarizeReports([{ project: 'packages/core', files, report: undefined }]);

    expect(summary).toMatchObject({
      failed: 2,
      failures: ['packages/core wrote no report: its 2 test files did not run'],
    });
  });

  it('counts a report about a file that is no longer there', () => {
    const gone = fileReport(['passed'], { name: '/checkout/packages/core/src/gone.test.ts' });

    const summary = summarizeReports([project([fileReport(['passed']), gone])]);

    expect(summary).toMatchObject({ passed: 1, failed: 1 });
    expect(summary.failures[0]).toContain(
      'gone.test.ts: ran in packages/core, but git does not know this file',
    );
  });

  it('knows the file of a report that was cached in another folder', () => {
    const cached = fileReport(['passed'], { name: `/elsewhere/before/${FILE}` });

    expect(summarizeReports([project([cached])])).toMatchObject({ passed: 1, failed: 0 });
  });
});

describe('renderTotals', () => {
  it('leaves out the skipped tests when there are none', () => {
    expect(renderTotals({ passed: 12, failed: 0, skipped: 0, failures: [] })).toBe('12 passed, 0 failed');
  });

  it('counts the skipped tests when there are some', () => {
    expect(renderTotals({ passed: 1, failed: 2, skipped: 3, failures: [] })).toBe(
      '1 passed, 2 failed, 3 skipped',
    );
  });
});
