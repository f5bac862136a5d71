import { type Finding, findingSchema } from '@jarvis/core';
import { type RoadmapMutation, roadmapMutationSchema } from '@jarvis/roadmap';
import { z } from 'zod';

const line = z.string().trim().min(1);

/** A change of the roadmap somebody thinks is needed, and why. */
const suggestionSchema = z.object({ mutation: roadmapMutationSchema, reason: line });

export interface Suggestion {
  readonly mutation: RoadmapMutation;
  readonly reason: string;
}

/** What the supervisor says of the work on a stage. There is no verdict in it: that follows from the findings. */
export interface AuditReply {
  /** What is wrong and was not known before. */
  readonly findings: readonly Finding[];
  /** The open findings that are gone, by id; `others`: all that are not reported again. */
  readonly gone: readonly string[] | 'others';
  readonly suggestions: readonly Suggestion[];
}

/** What an audit came to, for the journal. */
export const auditSchema = z.object({
  /** The content that was looked at. */
  contentHash: z.string(),
  /** Everything that is wrong with it, as checks and supervisor see it. */
  findings: z.array(findingSchema),
  verdict: z.enum(['clean', 'warnings', 'errors']),
  /** How many errors had no evidence and count as warnings. */
  downgraded: z.int().nonnegative(),
  suggestions: z.array(suggestionSchema),
});

export type Audit = Readonly<z.infer<typeof auditSchema>>;

/** What the manager decides on something it was asked. */
export const decisionReplySchema = z.object({
  /** One answer for each question, in their order. */
  answers: z.array(z.object({ agreed: z.boolean(), reason: line })).max(100),
});

export type DecisionReply = Readonly<z.infer<typeof decisionReplySchema>>;
