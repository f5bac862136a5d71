import { z } from 'zod';

import { defineCatalog } from './message/message-catalog.ts';

const AGENTS = ['manager', 'supervisor', 'employee'] as const;
const ANYONE = [...AGENTS, 'tools'] as const;
const MINUTE_MS = 60_000;

const round = z.int().positive();
const text = z.string().min(1);
const stageId = z.string().min(1);
const lines = z.array(z.string()).readonly();

/** What the agents of this project say to one another, and to the tools. Give it to {@link createBus}. */
export const agentCatalog = defineCatalog({
  /** Do this round of work; the feedback says what has to change since the round before. */
  'work.assigned': {
    schema: z.strictObject({ round, feedback: lines }),
    from: ['manager'],
    to: ['employee'],
  },
  /** This is what was done, and the paths of the files it touched. */
  'work.delivered': {
    schema: z.strictObject({ round, summary: z.string(), files: lines }),
    from: ['employee'],
    to: ['manager'],
  },
  /** The work of this round is good, or this is what is wrong with it. */
  'review.given': {
    schema: z.strictObject({ round, approved: z.boolean(), feedback: lines }),
    from: ['manager'],
    to: ['employee'],
  },
  /** The plan would be better with this change; the manager decides. */
  'change.suggested': {
    schema: z.strictObject({ change: text, reason: text }),
    from: ['supervisor'],
    to: ['manager'],
  },
  /** Look at what a stage has made. */
  'audit.requested': {
    schema: z.strictObject({ stageId, files: lines }),
    from: ['manager'],
    to: ['supervisor'],
    request: { replies: ['findings.reported', 'advance.requested'], timeoutMs: 10 * MINUTE_MS },
  },
  /** An audit found these. */
  'findings.reported': {
    schema: z.strictObject({ stageId, findings: lines }),
    from: ['supervisor'],
    to: ['manager'],
  },
  /** An audit found nothing; the stage may be left. */
  'advance.requested': {
    schema: z.strictObject({ stageId }),
    from: ['supervisor'],
    to: ['manager'],
  },
  /** Mend just these findings. */
  'fix.requested': {
    schema: z.strictObject({ stageId, findings: lines }),
    from: ['manager'],
    to: ['employee'],
  },
  /** This one thing should be otherwise; it needs no decision of the manager. */
  'feedback.given': {
    schema: z.strictObject({ stageId, feedback: lines }),
    from: ['supervisor'],
    to: ['employee'],
  },
  /** The work cannot go on without an answer. */
  'clarification.requested': {
    schema: z.strictObject({ question: text }),
    from: ['employee', 'supervisor'],
    to: ['manager'],
    request: { replies: ['clarification.given'], timeoutMs: 10 * MINUTE_MS },
  },
  /** The answer to a question. */
  'clarification.given': {
    schema: z.strictObject({ answer: text }),
    from: ['manager'],
    to: ['employee', 'supervisor'],
  },
  /** The work cannot go on, and no answer would help. */
  'blocker.reported': {
    schema: z.strictObject({ problem: text }),
    from: ['employee'],
    to: ['manager'],
  },
  /** Run a tool. */
  'tool.requested': {
    schema: z.strictObject({ tool: text, input: z.record(z.string(), z.string()) }),
    from: AGENTS,
    to: ['tools'],
    request: { replies: ['tool.finished'], timeoutMs: MINUTE_MS },
  },
  /** What a tool has given. */
  'tool.finished': {
    schema: z.strictObject({ succeeded: z.boolean(), output: z.string() }),
    from: ['tools'],
    to: AGENTS,
  },
  /** Something worth knowing that asks for nothing. */
  notice: {
    schema: z.strictObject({ text }),
    from: AGENTS,
    to: AGENTS,
  },
  /** Something went wrong, and what. */
  'failure.reported': {
    schema: z.strictObject({ problem: text }),
    from: ANYONE,
    to: AGENTS,
  },
});
