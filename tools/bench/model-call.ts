import { join } from 'node:path';

import type { Bench } from './bench.ts';
import { inFolder } from './bench-context.ts';
import { compare, renderMs, renderRatios } from './figures.ts';
import { ANSWER_BYTES, type ModelWorld, openModelWorld } from './model-world.ts';

/** How much is measured. */
export interface ModelCallSize {
  readonly batches: number;
  readonly perBatch: number;
  /** How many steps the long run has before it is compared with a short one. */
  readonly longRun: number;
}

/** What a durable model call costs beside the model. */
export const modelCallBench: Bench = {
  name: 'model-call',
  summary: 'a durable model call against one bare append, and in a long run; to be had: 3 times, 1 KB a step',
  run: () => measureModelCalls({ batches: 20, perBatch: 100, longRun: 10_000 }),
};

/** Measures calls in a short run and in a long one; the model answers at once. */
export function measureModelCalls(size: ModelCallSize): Promise<readonly string[]> {
  return inFolder(async (folder) => {
    const long = await openModelWorld(join(folder, 'long'));
    const short = await openModelWorld(join(folder, 'short'));
    try {
      return [
        await compareWithAppend(long, size),
        await compareWithStart(long, short, size),
        await measureGrowth(short, size),
      ];
    } finally {
      await long.close();
      await short.close();
    }
  });
}

async function compareWithAppend(world: ModelWorld, { batches, perBatch }: ModelCallSize): Promise<string> {
  await repeat(WARM_UP, async () => {
    await world.ask();
    await world.appendBare();
  });
  const { firstMs, secondMs, ratios } = await compare({
    first: world.ask,
    second: world.appendBare,
    batches,
    perBatch,
  });
  return (
    `model call / bare append: ${renderRatios(ratios)}; ` +
    `${renderMs(firstMs)} and ${renderMs(secondMs)}, so beside its two commits ${renderMs(firstMs - 2 * secondMs)}`
  );
}

/** Enough for the compiler to have seen everything. */
const WARM_UP = 20;

async function compareWithStart(long: ModelWorld, short: ModelWorld, size: ModelCallSize): Promise<string> {
  const { batches, perBatch, longRun } = size;
  await repeat(longRun - WARM_UP - batches * perBatch, long.ask);
  await repeat(9, short.ask);
  const { firstMs, secondMs, ratios } = await compare({
    first: long.ask,
    second: short.ask,
    batches: Math.ceil(batches / 4),
    perBatch,
  });
  return (
    `step ${longRun.toLocaleString('en')} / step 10: ${renderRatios(ratios)}; ` +
    `${renderMs(firstMs)} and ${renderMs(secondMs)}`
  );
}

async function measureGrowth(world: ModelWorld, { batches, perBatch }: ModelCallSize): Promise<string> {
  const steps = batches * perBatch;
  const before = world.databaseBytes();
  await repeat(steps, world.ask);
  const perStep = (world.databaseBytes() - before) / steps;
  const beyond = Math.round(perStep - ANSWER_BYTES);
  return (
    `bytes on disk per step: ${String(Math.round(perStep))}, ` +
    `${String(beyond)} beyond the ${String(ANSWER_BYTES)} of the answer`
  );
}

async function repeat(times: number, work: () => Promise<void>): Promise<void> {
  for (let index = 0; index < times; index += 1) await work();
}
