import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import type { Bench } from './bench.ts';
import { median, renderMs, timeOf } from './figures.ts';
import { outputOf, runNode } from './run-process.ts';

/** What a process does before it ends. */
const PROGRAMS = {
  nothing: '0',
  zod: "await import('zod')",
  '@jarvis/loops': "await import('@jarvis/loops')",
};

type ProgramName = keyof typeof PROGRAMS;

const NAMES: readonly ProgramName[] = ['nothing', 'zod', '@jarvis/loops'];

/** Packages are found from here. */
const TOOLS = fileURLToPath(new URL('..', import.meta.url));

const BUILT_ENTRY = fileURLToPath(new URL('../../packages/loops/dist/index.js', import.meta.url));

/** How long it takes to import the orchestrator as it is published. */
export const importBench: Bench = {
  name: 'import',
  summary: "import '@jarvis/loops' as it is built, beside an empty process and zod; to be had: 150 ms",
  run: () => measureImport(15),
};

/** Starts each process in turn, as often as is said. */
export async function measureImport(times: number): Promise<readonly string[]> {
  if (!existsSync(BUILT_ENTRY)) throw new Error('the packages are not built; run: npm run build');
  const took: Record<ProgramName, number[]> = { nothing: [], zod: [], '@jarvis/loops': [] };
  for (let turn = 0; turn < times; turn += 1) {
    for (const name of NAMES) took[name].push(await timeOf(() => start(PROGRAMS[name])));
  }
  const base = median(took.nothing);
  const extra = (name: ProgramName) =>
    median(took[name].map((ms, turn) => ms - (took.nothing[turn] ?? base)));
  const [loops, zod] = [extra('@jarvis/loops'), extra('zod')];
  return [
    `@jarvis/loops: ${renderMs(loops)} beyond an empty process of ${renderMs(base)}`,
    `zod alone: ${renderMs(zod)}; @jarvis/loops / zod ${(loops / zod).toFixed(2)}`,
  ];
}

async function start(program: string): Promise<void> {
  outputOf(await runNode(['--input-type=module', '--eval', program], { cwd: TOOLS }));
}
