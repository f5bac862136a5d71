import { readFile } from 'node:fs/promises';

import { z } from 'zod';

const pointer = z
  .string()
  .regex(/^(?:\/(?:[^/~]|~[01])+)+$/u, 'expected a JSON pointer such as /trace/status/coreLog');

/** A fact about a scenario, its trace and our run. Holds when one of the values at the pointer passes every test. */
const factSchema = z
  .strictObject({
    at: pointer,
    equals: z.json().exactOptional(),
    oneOf: z.array(z.json()).min(1).exactOptional(),
    is: z.enum(['list', 'empty-list', 'object', 'string', 'null']).exactOptional(),
    matches: z.string().min(1).exactOptional(),
    notMatches: z.string().min(1).exactOptional(),
    above: z.number().exactOptional(),
  })
  .refine(({ at: _at, ...tests }) => Object.keys(tests).length > 0, 'expected at least one test beside "at"');

const conditionSchema = z.union([factSchema, z.strictObject({ anyOf: z.array(factSchema).min(2) })]);

export type Fact = Readonly<z.infer<typeof factSchema>>;
export type Condition = Readonly<z.infer<typeof conditionSchema>>;

/** The fields a value of which may follow from the script, each as narrow as it can be. */
const followingFields = [
  '/status',
  '/probes',
  '/requests',
  '/retries',
  '/unscripted',
  '/files',
  '/commits/*',
  '/commits/-',
  '/cost/usd',
  '/cost/lines',
  // The whole list: what one call is depends on which ones there were before.
  '/calls',
  '/calls/*/model',
  '/calls/*/attempts',
  '/calls/*/usage',
  '/calls/*/user/previous_files',
  '/calls/*/user/files_summary',
  '/calls/*/user/tests',
] as const;

// Every kind says in which direction ours may differ, and names the only fields for which it makes sense.
const changeSchema = z.discriminatedUnion('kind', [
  /** Ours is what the script leads to without the defect. */
  z.strictObject({ kind: z.literal('follows'), at: z.enum(followingFields) }),
  /** Ours has more calls than were recorded, exactly those the script leads to. */
  z.strictObject({ kind: z.literal('goes-on'), at: z.literal('/calls/-') }),
  /** Ours has fewer calls, because what the script leads to is over. */
  z.strictObject({ kind: z.literal('ends'), at: z.literal('/calls/-') }),
  /** Ours has fewer calls, and what the script leads to is not over: something stopped it. */
  z.strictObject({ kind: z.literal('stops'), at: z.literal('/calls/-') }),
  /** The recorded text is replaced by another one. */
  z.strictObject({
    kind: z.literal('replaced'),
    at: z.enum(['/calls/*/user', '/calls/*/user/task']),
    recorded: pointer,
    ours: pointer,
  }),
  /** Ours is the recorded list and then the reasons why files were refused. */
  z.strictObject({ kind: z.literal('extended'), at: z.literal('/calls/*/user/feedback') }),
]);

/** A field that may differ, and in which direction. */
export type Change = Readonly<z.infer<typeof changeSchema>>;

/** The highest number in the baseline's list of defects. */
const LAST_DEFECT = 36;

const ruleSchema = z.strictObject({
  /** The number in the baseline's list of defects. */
  defect: z.int().min(1).max(LAST_DEFECT),
  name: z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/u, 'expected lower-case words with hyphens'),
  /** What the predecessor did and what is done instead, in a sentence. */
  why: z.string().min(20),
  /** Whether its situation was not recorded: then it is proved by a scenario that was made for it. */
  isUnrecorded: z.literal(true).exactOptional(),
  evidence: z.array(conditionSchema).min(1),
  changes: z.array(changeSchema).min(1),
});

/** An intended difference. */
export type Rule = Readonly<z.infer<typeof ruleSchema>>;

const ruleFileSchema = z
  .strictObject({ version: z.literal(1), rules: z.array(ruleSchema) })
  .refine(
    ({ rules }) => new Set(rules.map(({ name }) => name)).size === rules.length,
    'two rules have the same name',
  );

/** Checks rules that were read as JSON. Throws a readable error when they are not rules. */
export function parseRules(written: unknown): readonly Rule[] {
  const parsed = ruleFileSchema.safeParse(written);
  if (!parsed.success) throw new TypeError(`These are not rules: ${z.prettifyError(parsed.error)}`);
  return parsed.data.rules;
}

/** Reads a file of rules. */
export async function loadRules(file: string): Promise<readonly Rule[]> {
  const written: unknown = JSON.parse(await readFile(file, 'utf8'));
  return parseRules(written);
}
