import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { fileURLToPath } from 'node:url';

import { type BaselineReport, exitCodeOf } from './report/baseline-report.ts';
import { renderScenario, renderSummary } from './report/render-report.ts';
import { loadRules } from './rules/rule-file.ts';
import { runBaseline } from './run-baseline.ts';

const USAGE = 'npm run baseline -- [folder of scenario files] [--json report.json] [--strict-rules]\n';

/** Reads the arguments; `undefined` when they make no sense. */
function readArguments() {
  try {
    const options = {
      json: { type: 'string' },
      'strict-rules': { type: 'boolean', default: false },
    } as const;
    const { values, positionals } = parseArgs({ options, allowPositionals: true });
    return positionals.length > 1
      ? undefined
      : { ...values, folder: positionals[0] ?? resolveHere('scenarios') };
  } catch {
    // An unknown option: the usage says which ones there are.
    return undefined;
  }
}

function resolveHere(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url));
}

async function main(): Promise<number> {
  const args = readArguments();
  if (args === undefined) {
    process.stderr.write(USAGE);
    return 2;
  }
  const report = await runBaseline({
    folder: args.folder,
    rules: await loadRules(resolveHere('intended-differences.json')),
    isStrict: args['strict-rules'],
    onScenario: (scenario) => process.stdout.write(`${renderScenario(scenario)}\n`),
  });
  process.stdout.write(`${renderSummary(report)}\n`);
  const isWritten = args.json === undefined || (await writeReport(args.json, report));
  return isWritten ? exitCodeOf(report) : 2;
}

async function writeReport(file: string, report: BaselineReport): Promise<boolean> {
  try {
    await writeFile(file, `${JSON.stringify(report, null, 2)}\n`);
    return true;
  } catch (error) {
    process.stderr.write(
      `The report cannot be written: ${error instanceof Error ? error.message : String(error)}\n`,
    );
    return false;
  }
}

process.exitCode = await main();
