import { rmSync } from 'node:fs';
import { join } from 'node:path';

import { listFiles } from '../workspace/listed-files.ts';
import { workspaceRoot } from '../workspace/root.ts';
import { runCommand } from '../workspace/run-command.ts';
import { groupByProject } from './group-by-project.ts';
import { type ProjectTests, renderTotals, summarizeReports, type TestSummary } from './summarize-reports.ts';
import { loadReport } from './vitest-report.ts';

// Whether the project references are in step is a check of its own and no reason to run no test.
const NX_OPTIONS = ['--parallel=2', '--skip-sync'];

process.exitCode = await runTests(process.argv.slice(2));

/** Builds and tests every project, then says what ran. Further arguments go to nx: `npm test -- --skip-nx-cache`. */
async function runTests(nxArguments: readonly string[]): Promise<number> {
  const filesByProject = groupByProject(await listFiles('*.test.ts'));
  for (const project of filesByProject.keys()) {
    // A report that is there afterwards was written by this run, or restored for exactly these inputs.
    rmSync(join(workspaceRoot, project, 'test-results'), { recursive: true, force: true });
  }
  const build = await runCommand(['nx', 'run-many', '-t', 'build', ...NX_OPTIONS, ...nxArguments], {
    show: true,
  });
  const test = await runCommand(
    ['nx', 'run-many', '-t', 'test', ...NX_OPTIONS, '--output-style=stream', ...nxArguments],
    { show: true },
  );
  const projects = [...filesByProject].map(([project, files]) => toProjectTests(project, files));
  return report(projects, { build: build.code === 0, test: test.code === 0 });
}

function toProjectTests(project: string, files: readonly string[]): ProjectTests {
  const path = join(workspaceRoot, project, 'test-results', 'vitest.json');
  return { project, files, report: loadReport(path) };
}

function report(
  projects: readonly ProjectTests[],
  succeeded: { readonly build: boolean; readonly test: boolean },
): number {
  const summary = summarizeReports(projects);
  const lines = [
    '',
    ...summary.failures.map((line) => `FAILED ${line}`),
    ...(succeeded.build ? [] : ['The build failed: see above.']),
    ...(succeeded.test ? [] : [describeTargets(summary)]),
    renderTotals(summary),
  ];
  console.log(lines.join('\n'));
  return succeeded.build && succeeded.test && summary.failed === 0 && summary.passed > 0 ? 0 : 1;
}

function describeTargets({ failed }: TestSummary): string {
  return failed === 0
    ? 'A test target failed although no test did: see above, for example for a coverage threshold.'
    : 'Not every test target succeeded: see above.';
}
