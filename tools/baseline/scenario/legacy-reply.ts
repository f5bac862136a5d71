import { z } from 'zod';

/** Who asks in a recorded run, as the baseline names it. */
export const legacyRoles = [
  'connectivity',
  'manager.plan',
  'supervisor.phases',
  'employee.build',
  'supervisor.audit',
  'manager.review',
  'merge.diff',
  'merge.commit',
] as const;

export type LegacyRole = (typeof legacyRoles)[number];

const usageSchema = z.object({ prompt_tokens: z.number(), completion_tokens: z.number() });

/** The token counts of an answer, in the words of the API. */
export type LegacyUsage = Readonly<z.infer<typeof usageSchema>>;

/** What an answer without a `usage` of its own says. */
const DEFAULT_USAGE: LegacyUsage = { prompt_tokens: 100, completion_tokens: 50 };

const everyReply = { repeat: z.union([z.int().positive(), z.literal('forever')]).exactOptional() };
const everyAnswer = { ...everyReply, usage: usageSchema.nullable().exactOptional() };

/** A reply of a script, as a scenario file writes it. */
export const legacyReplySchema = z.union(
  [
    z.strictObject({ json: z.json(), ...everyAnswer }),
    z.strictObject({ fenced: z.json(), fenceLanguage: z.string().exactOptional(), ...everyAnswer }),
    z.strictObject({ text: z.string(), ...everyAnswer }),
    z.strictObject({ http: z.int().min(400).max(599), body: z.string().default(''), ...everyReply }),
    z.strictObject({ hang: z.number().nonnegative(), ...everyReply }),
  ],
  'expected a reply with one of json, fenced, text, http, hang',
);

export type LegacyReply = Readonly<z.infer<typeof legacyReplySchema>>;

/** What one request gets, its place holders filled in. */
export type ServedReply =
  | { readonly type: 'answer'; readonly text: string; readonly usage: LegacyUsage | null }
  | { readonly type: 'status'; readonly status: number; readonly message: string }
  | { readonly type: 'hang'; readonly seconds: number };

/**
 * What the n-th request of a role gets (1-based), or `undefined` when the script has nothing left for it. Every
 * HTTP request takes one reply.
 */
export function serveReply(replies: readonly LegacyReply[], n: number): ServedReply | undefined {
  const reply = findReply(replies, n);
  return reply === undefined ? undefined : toServedReply(reply, n);
}

function findReply(replies: readonly LegacyReply[], n: number): LegacyReply | undefined {
  let last = 0;
  return replies.find(({ repeat = 1 }) => {
    last += repeat === 'forever' ? Infinity : repeat;
    return n <= last;
  });
}

function toServedReply(reply: LegacyReply, n: number): ServedReply {
  // Also the names of files may hold the place holder, so it is filled in after the JSON is text.
  const fill = (text: string) => text.replaceAll('{{n}}', String(n));
  if ('http' in reply) return { type: 'status', status: reply.http, message: fill(reply.body) };
  if ('hang' in reply) return { type: 'hang', seconds: reply.hang };
  return {
    type: 'answer',
    text: fill(toText(reply)),
    usage: reply.usage === undefined ? DEFAULT_USAGE : reply.usage,
  };
}

function toText(reply: Extract<LegacyReply, { usage?: unknown }>): string {
  if ('text' in reply) return reply.text;
  if ('json' in reply) return JSON.stringify(reply.json);
  return `\`\`\`${reply.fenceLanguage ?? 'json'}\n${JSON.stringify(reply.fenced, null, 2)}\n\`\`\``;
}
