import { choosePackages, measureLegacy } from './legacy.ts';
import { renderLegacyReport } from './legacy-render.ts';

const USAGE = 'npm run bench:legacy -- [--json]\n';

/** Plays all recorded scenarios, prints what came out, and gives the exit code. */
async function main(args: readonly string[]): Promise<number> {
  if (args.some((arg) => arg !== '--json')) {
    process.stderr.write(USAGE);
    return 2;
  }
  const report = await measureLegacy(choosePackages());
  const lines = args.length > 0 ? [JSON.stringify(report, null, 2)] : renderLegacyReport(report);
  process.stdout.write(`${lines.join('\n')}\n`);
  return 0;
}

process.exitCode = await main(process.argv.slice(2));
