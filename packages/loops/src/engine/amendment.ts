import type { ConfigInput } from '@jarvis/core';
import { z } from 'zod';

/** What a person may change of a run that was accepted. Each change is a record of its own. */
export const amendmentSchema = z.object({
  /** A new cap for the whole run, in US dollars. */
  capUsd: z.union([z.number().positive(), z.literal('unlimited')]).exactOptional(),
  maxRounds: z.int().positive().exactOptional(),
  models: z
    .object({ manager: z.string().exactOptional(), employee: z.string().exactOptional() })
    .exactOptional(),
});

export type Amendment = Readonly<z.infer<typeof amendmentSchema>>;

/** An amendment as the part of a configuration it stands for. */
export function toConfigInput({ capUsd, maxRounds, models }: Amendment): ConfigInput {
  return {
    ...(capUsd === undefined ? {} : { costs: { capUsd } }),
    ...(maxRounds === undefined ? {} : { loop: { maxRounds } }),
    ...(models === undefined ? {} : { models }),
  };
}

/** The configuration of a run after one more amendment. */
export function amendConfig(config: ConfigInput, amendment: Amendment): ConfigInput {
  const { costs, loop, models } = toConfigInput(amendment);
  return {
    ...config,
    costs: { ...config.costs, ...costs },
    loop: { ...config.loop, ...loop },
    models: { ...config.models, ...models },
  };
}
