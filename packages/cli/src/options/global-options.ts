import { z } from 'zod';

export const globalOptionsSchema = z.object({
  workspace: z.string().exactOptional(),
  config: z.string().exactOptional(),
  stateDir: z.string().exactOptional(),
  json: z.boolean().default(false),
  debug: z.boolean().default(false),
});

export type GlobalOptions = z.infer<typeof globalOptionsSchema>;
