import { readFile } from 'node:fs/promises';

import { z } from 'zod';

const workloadSchema = z.object({
  workload: z.string(),
  calls: z.int().positive(),
  /** The least of five runs, start-up left out. */
  wallMs: z.number(),
  /** The least of five runs, start-up left out. */
  cpuMsPerCall: z.number(),
  /** The median of five runs. */
  rssBytes: z.number(),
});

/** What a fixed workload took in the predecessor. */
export type RecordedWorkload = Readonly<z.infer<typeof workloadSchema>>;

const fileSchema = z.object({ workloads: z.array(workloadSchema) });

/** Reads the figures of the predecessor's fixed workloads. */
export async function readWorkloads(): Promise<readonly RecordedWorkload[]> {
  const written: unknown = JSON.parse(
    await readFile(new URL('legacy-workloads.json', import.meta.url), 'utf8'),
  );
  return fileSchema.parse(written).workloads;
}
