import type { Bench } from './bench.ts';
import { busBench } from './bus.ts';
import { importBench } from './import-time.ts';
import { largeTextsBench } from './large-texts.ts';
import { ledgerBench } from './ledger.ts';
import { linearBench } from './linear.ts';
import { manyFilesBench } from './many-files.ts';
import { modelCallBench } from './model-call.ts';
import { modesBench } from './modes.ts';
import { resumeBench } from './resume.ts';
import { roadmapBench } from './roadmap.ts';

const BENCHES: readonly Bench[] = [
  ledgerBench,
  modelCallBench,
  linearBench,
  resumeBench,
  modesBench,
  busBench,
  roadmapBench,
  manyFilesBench,
  largeTextsBench,
  importBench,
];

const USAGE = [
  'npm run bench -- <name> …',
  ...BENCHES.map(({ name, summary }) => `  ${name.padEnd(10)} ${summary}`),
  '',
].join('\n');

/** Runs the benches that are named, one after the other, and gives the exit code. */
async function main(names: readonly string[]): Promise<number> {
  const chosen = BENCHES.filter(({ name }) => names.includes(name));
  if (chosen.length === 0 || chosen.length < new Set(names).size) {
    process.stderr.write(USAGE);
    return 2;
  }
  for (const { name, summary, run } of chosen) {
    process.stdout.write(`${name}: ${summary}\n`);
    for (const line of await run()) process.stdout.write(`  ${line}\n`);
  }
  return 0;
}

process.exitCode = await main(process.argv.slice(2));
