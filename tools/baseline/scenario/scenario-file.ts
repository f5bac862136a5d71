import { z } from 'zod';

import { legacyReplySchema, legacyRoles, type LegacyReply, type LegacyRole } from './legacy-reply.ts';

/** The one format of scenario files this runner reads. */
export const SCENARIO_FORMAT = 'legacy-baseline/1';

const seedFilesSchema = z.union([
  z.record(z.string(), z.string()),
  z
    .array(z.strictObject({ path: z.string(), content: z.string() }))
    .transform((files) => Object.fromEntries(files.map(({ path, content }) => [path, content]))),
]);

// Strict: a field that is not known here may change what the scenario means.
const scenarioSchema = z.strictObject({
  id: z.string().min(1),
  title: z.string(),
  orchestrator: z.string().min(1),
  config: z.looseObject({ task: z.string() }),
  script: z.partialRecord(z.enum(legacyRoles), z.array(legacyReplySchema)),
  inputs: z.array(z.string()).default([]),
  seedFiles: seedFilesSchema.default({}),
  env: z.record(z.string(), z.string()).default({}),
  repairs: z.array(z.string()).default([]),
  mode: z.string().exactOptional(),
  llmCache: z.boolean().default(false),
  entry: z.string().exactOptional(),
  repeat: z.int().positive().exactOptional(),
});

/** What was put in: a project configuration, and what the model server answers. */
export type Scenario = Readonly<z.infer<typeof scenarioSchema>>;

const countsSchema = z.object({ prompt_tokens: z.number(), completion_tokens: z.number() });

const callSchema = z.object({
  role: z.string(),
  model: z.string(),
  temperature: z.number().nullable(),
  attempts: z.array(z.union([z.int(), z.string()])).min(1),
  userKind: z.enum(['json', 'text']),
  user: z.json(),
  usage: countsSchema.nullable().default(null),
  system: z.object({ length: z.int().nonnegative() }),
});

const costSchema = z.object({
  summary: z.object({ total_usd: z.number() }).nullable(),
  byRoleAndModel: z.array(
    z.object({
      role: z.string(),
      model: z.string(),
      promptTokens: z.number(),
      completionTokens: z.number(),
      usd: z.number(),
    }),
  ),
});

// Loose: a trace holds more than is compared here, and rules may look at all of it.
const traceSchema = z.looseObject({
  outcome: z.looseObject({
    endedIn: z.string(),
    exception: z.looseObject({ type: z.string(), message: z.string() }).nullable(),
    // What one of the old modules handed to its caller.
    return: z.looseObject({ status: z.string() }).nullish().catch(null),
  }),
  status: z.looseObject({ coreLog: z.string().nullable() }),
  calls: z.array(callSchema),
  httpRequests: z.int().nonnegative(),
  retries: z.int().nonnegative(),
  inputsAsked: z.array(z.json()),
  filesWritten: z.array(z.object({ path: z.string(), sha256: z.string(), bytes: z.int().nonnegative() })),
  git: z.looseObject({ commits: z.array(z.looseObject({ subject: z.string() })) }).nullable(),
  securityEvents: z.array(z.looseObject({ blocked: z.boolean().optional() })).default([]),
  // A run that broke on import has none.
  cost: costSchema.nullable().transform((cost) => cost ?? { summary: null, byRoleAndModel: [] }),
});

/** What was observed when the predecessor played it. */
export type Trace = Readonly<z.infer<typeof traceSchema>>;

/** A scenario and its trace. */
export const scenarioFileSchema = z.object({
  format: z.literal(SCENARIO_FORMAT),
  scenario: scenarioSchema,
  trace: traceSchema,
});

export type ScenarioFile = Readonly<z.infer<typeof scenarioFileSchema>>;

/** The replies of one role; none when the script does not name it. */
export function repliesOf({ script }: Pick<Scenario, 'script'>, role: LegacyRole): readonly LegacyReply[] {
  return script[role] ?? [];
}

/** Tells whether a text names a role of the baseline. */
export function isLegacyRole(text: string): text is LegacyRole {
  const roles: readonly string[] = legacyRoles;
  return roles.includes(text);
}
