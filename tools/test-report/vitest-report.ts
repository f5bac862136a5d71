import { existsSync, readFileSync } from 'node:fs';

import { z } from 'zod';

const reportSchema = z.object({
  testResults: z.array(
    z.object({
      /** The absolute path the file had where the tests ran; another one when the result comes from a cache. */
      name: z.string(),
      status: z.enum(['passed', 'failed']),
      message: z.string(),
      assertionResults: z.array(
        z.object({
          fullName: z.string(),
          status: z.enum(['passed', 'failed', 'skipped', 'pending', 'todo']),
        }),
      ),
    }),
  ),
});

/** The report vitest writes for a project, as far as the summary reads it. */
export type VitestReport = z.infer<typeof reportSchema>;

/** Loads the report of a project, or `undefined` when its tests wrote none. */
export function loadReport(path: string): VitestReport | undefined {
  return existsSync(path) ? reportSchema.parse(JSON.parse(readFileSync(path, 'utf8'))) : undefined;
}
