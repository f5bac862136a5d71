import type { VitestReport } from './vitest-report.ts';

/** What should have run in a project, and what its report says. */
export interface ProjectTests {
  /** The folder of the project: `packages/core`. */
  readonly project: string;
  /** Its test files on disk, as paths from the root of the repository. */
  readonly files: readonly string[];
  readonly report: VitestReport | undefined;
}

/** The result of every test of the repository. */
export interface TestSummary {
  readonly passed: number;
  /** Tests that failed or did not finish, and files that did not load or did not run. */
  readonly failed: number;
  readonly skipped: number;
  /** One line for each failure, and one for each project that did not run at all. */
  readonly failures: readonly string[];
}

type FileReport = VitestReport['testResults'][number];

const NOTHING: TestSummary = { passed: 0, failed: 0, skipped: 0, failures: [] };

/**
 * Adds up the reports of all projects and compares them with the test files on disk, so that a file that did
 * not run counts as a failure and not as nothing.
 */
export function summarizeReports(projects: readonly ProjectTests[]): TestSummary {
  return projects.map(summarizeProject).reduce(add, NOTHING);
}

/** Renders the last line of a test run: `12 passed, 0 failed`, with the skipped ones when there are any. */
export function renderTotals({ passed, failed, skipped }: TestSummary): string {
  return `${passed} passed, ${failed} failed${skipped === 0 ? '' : `, ${skipped} skipped`}`;
}

function summarizeProject({ project, files, report }: ProjectTests): TestSummary {
  if (report === undefined) {
    const line = `${project} wrote no report: its ${files.length} test files did not run`;
    return { ...NOTHING, failed: files.length, failures: [line] };
  }
  const known = files.map((file) => {
    const found = report.testResults.find(({ name }) => isPathOf(name, file));
    return found === undefined ? failure(`${file}: did not run`) : summarizeFile(file, found);
  });
  const foreign = report.testResults
    .filter(({ name }) => !files.some((file) => isPathOf(name, file)))
    .map(({ name }) => failure(`${name}: ran in ${project}, but git does not know this file`));
  return [...known, ...foreign].reduce(add, NOTHING);
}

function summarizeFile(file: string, { assertionResults, status, message }: FileReport): TestSummary {
  const total = assertionResults.map((test) => summarizeTest(file, test)).reduce(add, NOTHING);
  return status === 'failed' && total.failed === 0
    ? add(total, failure(`${file}: ${message === '' ? 'failed outside its tests' : message}`))
    : total;
}

function summarizeTest(file: string, test: FileReport['assertionResults'][number]): TestSummary {
  switch (test.status) {
    case 'passed':
      return { ...NOTHING, passed: 1 };
    case 'skipped':
    case 'todo':
      return { ...NOTHING, skipped: 1 };
    case 'failed':
      return failure(`${file} > ${test.fullName}`);
    case 'pending':
      return failure(`${file} > ${test.fullName} (did not finish)`);
  }
}

function failure(line: string): TestSummary {
  return { ...NOTHING, failed: 1, failures: [line] };
}

function add(left: TestSummary, right: TestSummary): TestSummary {
  return {
    passed: left.passed + right.passed,
    failed: left.failed + right.failed,
    skipped: left.skipped + right.skipped,
    failures: [...left.failures, ...right.failures],
  };
}

/** A report from a cache may carry the path of another checkout: the end of the path decides. */
function isPathOf(name: string, file: string): boolean {
  return name.replaceAll('\\', '/').endsWith(`/${file}`);
}
