import { performance } from 'node:perf_hooks';

import type { Check } from './check.ts';
import { codesCheck } from './codes-check.ts';
import { commandCheck } from './command-check.ts';
import { headersCheck } from './headers-check.ts';
import { linksCheck } from './links-check.ts';
import { lockFileCheck } from './lock-file-check.ts';
import { machineNamesCheck } from './machine-names-check.ts';
import { packageMetadataCheck } from './package-metadata-check.ts';

const NX_OPTIONS = ['--parallel=2', '--output-style=static', '--skip-sync'];

/** Quick ones first: what is wrong is known early. */
const checks: readonly Check[] = [
  lockFileCheck,
  packageMetadataCheck,
  headersCheck,
  machineNamesCheck,
  linksCheck,
  commandCheck('unused and undeclared (knip)', ['knip', '--no-config-hints'], {
    repair: 'delete what is unused, declare what is used.',
  }),
  commandCheck('project references (nx sync)', ['nx', 'sync:check'], { repair: 'npx nx sync' }),
  codesCheck,
  commandCheck('formatting (prettier)', ['prettier', '--check', '.'], { repair: 'npm run format' }),
  commandCheck('types', ['nx', 'run-many', '-t', 'typecheck', ...NX_OPTIONS], {
    repair: 'correct the types; one project alone: npx nx typecheck @jarvis/core',
  }),
  commandCheck('lint', ['nx', 'run-many', '-t', 'lint', ...NX_OPTIONS], {
    repair: 'correct the code; what can be corrected by itself: npx eslint --fix .',
  }),
];

process.exitCode = await runChecks();

async function runChecks(): Promise<number> {
  const failed: string[] = [];
  for (const check of checks) {
    const startedAt = performance.now();
    const problems = await check.run();
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    console.log(`${problems.length === 0 ? 'ok    ' : 'FAILED'}  ${check.name} (${seconds} s)`);
    if (problems.length > 0) {
      failed.push(`\n--- ${check.name}\n${problems.join('\n')}`);
    }
  }
  console.log(failed.length === 0 ? '\nAll checks passed.' : failed.join('\n'));
  if (failed.length > 0) {
    console.log(`\n${failed.length} of ${checks.length} checks failed.`);
  }
  return failed.length === 0 ? 0 : 1;
}
