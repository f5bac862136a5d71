import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';

import { modeNames } from '@jarvis/core';
import { z } from 'zod';

import { runCycles } from './run-cycles.ts';

const optionsSchema = z.object({
  cycles: z.coerce.number().int().min(1).max(100_000).default(20),
  seed: z.coerce.number().int().min(0).max(2_147_483_647).optional(),
  lanes: z.coerce.number().int().min(1).max(16).default(2),
  mode: z.enum(modeNames).optional(),
});

/** `npm run chaos -- --cycles N --seed S [--mode M] [--lanes L]` */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      cycles: { type: 'string' },
      seed: { type: 'string' },
      lanes: { type: 'string' },
      mode: { type: 'string' },
    },
  });
  const { cycles, lanes, mode, seed = randomInt(2_147_483_647) } = optionsSchema.parse(values);
  const again = `--cycles ${String(cycles)} --seed ${String(seed)}${mode === undefined ? '' : ` --mode ${mode}`}`;
  process.stdout.write(`seed ${String(seed)}; again with: npm run chaos -- ${again}\n`);
  const report = await runCycles({
    cycles,
    seed,
    lanes,
    modes: mode === undefined ? modeNames : [mode],
    onCycle: (line) => process.stdout.write(`${line}\n`),
  });
  const failed = report.failures.length;
  process.stdout.write(
    `${String(cycles - failed)} of ${String(cycles)} cycles held O1-O5, O7 and O8, each amended once by another process; ` +
      `${String(report.kills)} processes killed, ${String(report.killsOfResumes)} of them while they resumed; ${String(report.requests)} requests\n`,
  );
  process.stdout.write('killed at\n');
  for (const [place, times] of report.places) {
    process.stdout.write(`  ${place.padEnd(28)} ${String(times).padStart(6)}\n`);
  }
  return failed === 0 ? 0 : 1;
}

process.exitCode = await main();
