import { z } from 'zod';

import { modelPriceSchema } from '../cost/price-table.ts';
import { refuseBaseUrl } from './base-url.ts';
import { deepFreeze } from './deep-freeze.ts';

/** The four ways of working. `docs/architecture.md` says which ones this release runs. */
export const modeNames = ['SIMPLE_2LOOP', 'LEGACY_3LOOP', 'PHASE3', 'CONTEXT_AWARE'] as const;

export type ModeName = (typeof modeNames)[number];

const modelName = z.string().trim().min(1).max(200);

const modelsSection = z
  .strictObject({
    manager: modelName.describe('The model that plans and reviews.'),
    employee: modelName.describe('The model that builds.'),
  })
  .partial();

const MAX_CAP_USD = 1_000_000;

const capExpected = `expected US dollars, a number above 0 and at most ${String(MAX_CAP_USD)}, or 'unlimited'`;

const costsSection = z
  .strictObject({
    capUsd: z
      .union(
        [z.number().positive(capExpected).max(MAX_CAP_USD, capExpected), z.literal('unlimited')],
        capExpected,
      )
      .describe("The most a run may cost, in US dollars, or 'unlimited'. Default: 1."),
    prices: z
      .record(z.string(), modelPriceSchema)
      .describe('Prices in US dollars per million tokens, by model; added to the built-in table.'),
  })
  .partial();

const loopSection = z
  .strictObject({
    maxRounds: z.int().min(1).max(100).describe('The most rounds of work and review. Default: 3.'),
  })
  .partial();

const gitSection = z
  .strictObject({
    commit: z
      .enum(['auto', 'required', 'off'])
      .describe('Commit each round: when the folder is a repository, always, or never. Default: auto.'),
    init: z.boolean().describe('Make the folder a git repository when it is none. Default: false.'),
  })
  .partial();

const llmSection = z
  .strictObject({
    baseUrl: z
      .string()
      .trim()
      .superRefine((url, context) => {
        const refusal = refuseBaseUrl(url);
        if (refusal !== undefined) context.addIssue(refusal);
      })
      .meta({ format: 'uri', description: 'An OpenAI-compatible server. Default: the OpenAI API.' }),
    deadlineMs: z
      .int()
      .min(1_000)
      .max(3_600_000)
      .describe('The longest one exchange may take. Default: 180000.'),
    simulate: z
      .boolean()
      .describe('Use the built-in simulation instead of a model. Default: when there is no key.'),
  })
  .partial();

/** What users may write, in a file, in the environment, as flags or in code. Every key may be left out. */
export const configSchema = z
  .strictObject({
    $schema: z.string(),
    mode: z.enum(modeNames).describe('How the team works. Default: SIMPLE_2LOOP.'),
    models: modelsSection,
    costs: costsSection,
    loop: loopSection,
    git: gitSection,
    llm: llmSection,
  })
  .partial();

/** A configuration as users write it. */
export type ConfigInput = z.infer<typeof configSchema>;

/** A complete configuration: what was written, and the defaults for the rest. */
export interface Config {
  readonly mode: ModeName;
  readonly models: { readonly manager: string; readonly employee: string };
  readonly costs: {
    readonly capUsd: number | 'unlimited';
    readonly prices: Readonly<Record<string, z.infer<typeof modelPriceSchema>>>;
  };
  readonly loop: { readonly maxRounds: number };
  readonly git: { readonly commit: 'auto' | 'required' | 'off'; readonly init: boolean };
  readonly llm: {
    readonly baseUrl: string | undefined;
    readonly deadlineMs: number;
    /** `undefined` means: when there is no key. */
    readonly simulate: boolean | undefined;
  };
}

/** What applies where nothing was written. */
export const defaultConfig: Config = deepFreeze({
  mode: 'SIMPLE_2LOOP',
  models: { manager: 'gpt-4.1-mini', employee: 'gpt-4.1-mini' },
  costs: { capUsd: 1, prices: {} },
  loop: { maxRounds: 3 },
  git: { commit: 'auto', init: false },
  llm: { baseUrl: undefined, deadlineMs: 180_000, simulate: undefined },
});
