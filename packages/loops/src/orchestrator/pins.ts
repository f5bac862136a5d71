import {
  type Journal,
  JournalDamagedError,
  modelPriceSchema,
  type PriceTable,
  type PromptTemplate,
  type RunRecorder,
} from '@jarvis/core';
import { z } from 'zod';

import type { Accepted } from '../engine/run-records.ts';
import type { Acceptance } from './accept-run.ts';

const promptsSchema = z.array(z.object({ id: z.string(), version: z.int(), text: z.string() }));
const pricesSchema = z.object({ asOf: z.string(), models: z.record(z.string(), modelPriceSchema) });

/** Stores what a run depends on beside its first record. */
export function storePins(recorder: RunRecorder, { prompts, prices }: Acceptance): Accepted['pins'] {
  return { prompts: recorder.keep(JSON.stringify(prompts)), prices: recorder.keep(JSON.stringify(prices)) };
}

/** What a run was accepted with. */
export interface Pins {
  readonly prompts: readonly PromptTemplate[];
  readonly prices: PriceTable;
}

/**
 * Reads back what a run was accepted with.
 *
 * @throws {@link JournalDamagedError} when it is no longer stored.
 */
export async function loadPins(
  journal: Journal,
  runId: string,
  { prompts, prices }: Accepted['pins'],
): Promise<Pins> {
  const [promptsText, pricesText] = await Promise.all([journal.readBlob(prompts), journal.readBlob(prices)]);
  if (promptsText === undefined || pricesText === undefined) {
    throw new JournalDamagedError({
      runId,
      seq: 1,
      problem: 'the prompts or prices it was accepted with are missing',
    });
  }
  return {
    prompts: promptsSchema.parse(JSON.parse(promptsText)),
    prices: pricesSchema.parse(JSON.parse(pricesText)),
  };
}
