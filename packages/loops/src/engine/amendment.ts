import { agentRoleSchema, type Config, type ConfigInput, mergeConfig } from '@jarvis/core';
import { z } from 'zod';

/** What a person may change of a run that was accepted. Each change is a record of its own. */
export const amendmentSchema = z.object({
  /** A new cap for the whole run, in US dollars. */
  capUsd: z.union([z.number().positive(), z.literal('unlimited')]).exactOptional(),
  /** New caps for each single stage and for roles, in US dollars. */
  stageCapUsd: z.number().positive().exactOptional(),
  roleCapsUsd: z.partialRecord(agentRoleSchema, z.number().positive()).exactOptional(),
  maxRounds: z.int().positive().exactOptional(),
  models: z
    .object({ manager: z.string().exactOptional(), employee: z.string().exactOptional() })
    .exactOptional(),
});

export type Amendment = Readonly<z.infer<typeof amendmentSchema>>;

/** The change in a wish that says more than that, such as how to stop what is being done. */
export function pickAmendment(wish: Amendment): Amendment {
  const { capUsd, stageCapUsd, roleCapsUsd, maxRounds, models } = wish;
  return {
    ...(capUsd === undefined ? {} : { capUsd }),
    ...(stageCapUsd === undefined ? {} : { stageCapUsd }),
    ...(roleCapsUsd === undefined ? {} : { roleCapsUsd }),
    ...(maxRounds === undefined ? {} : { maxRounds }),
    ...(models === undefined ? {} : { models }),
  };
}

/** An amendment as the part of a configuration it stands for. */
export function toConfigInput({ maxRounds, models, ...costs }: Amendment): ConfigInput {
  return {
    ...(Object.keys(costs).length === 0 ? {} : { costs }),
    ...(maxRounds === undefined ? {} : { loop: { maxRounds } }),
    ...(models === undefined ? {} : { models }),
  };
}

/** The configuration of a run after one more amendment. */
export function amendConfig(config: ConfigInput, amendment: Amendment): ConfigInput {
  const { costs, loop, models } = toConfigInput(amendment);
  return {
    ...config,
    costs: {
      ...config.costs,
      ...costs,
      roleCapsUsd: { ...config.costs?.roleCapsUsd, ...costs?.roleCapsUsd },
    },
    loop: { ...config.loop, ...loop },
    models: { ...config.models, ...models },
  };
}

/** The whole configuration of a run: what it was accepted with, amendments included, and the defaults for the rest. */
export function completeConfig(config: ConfigInput): Config {
  return mergeConfig([{ origin: 'run', level: 'user', config }]).config;
}
