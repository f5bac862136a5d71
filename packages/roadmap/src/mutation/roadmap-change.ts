import { z } from 'zod';

import { InvalidRoadmapChangeError } from '../errors.ts';
import { quoteText } from '../escape-unsafe.ts';
import { roadmapMutationSchema } from './mutation.ts';
import type { RoadmapMutation } from './mutation.ts';

/** A mutation with who wants it, when and why. */
export interface RoadmapChange {
  /** Names this change for ever: the same id is applied once, however often it arrives. */
  readonly id: string;
  /** The agent role or the person who decided. */
  readonly author: string;
  /** When it was decided, as an ISO 8601 date and time. */
  readonly at: string;
  readonly reason?: string;
  /** The version the author looked at. When it is given, the change is refused if the roadmap has moved on. */
  readonly expectedVersion?: number;
  readonly mutation: RoadmapMutation;
}

/** Parses a change that came from outside; unknown keys are refused. */
export const roadmapChangeSchema: z.ZodType<RoadmapChange> = z.strictObject({
  id: z.string().min(1),
  author: z.string().min(1),
  at: z.iso.datetime({ offset: true }),
  reason: z.string().trim().min(1).exactOptional(),
  expectedVersion: z.int().positive().exactOptional(),
  mutation: roadmapMutationSchema,
});

/**
 * Turns what a person, a model or a file sent into a change. Whether it fits a roadmap is decided by
 * {@link applyMutation}.
 *
 * @throws {@link InvalidRoadmapChangeError} with every problem at once, each with its field and what was there.
 */
export function parseRoadmapChange(value: unknown): RoadmapChange {
  return parse(roadmapChangeSchema, value);
}

/**
 * Turns what somebody asked for into a mutation, when who asks, when and why is known from elsewhere, as for an answer of
 * a model or the options of a command line.
 *
 * @throws {@link InvalidRoadmapChangeError} with every problem at once, each with its field and what was there.
 */
export function parseRoadmapMutation(value: unknown): RoadmapMutation {
  return parse(roadmapMutationSchema, value);
}

function parse<Value>(schema: z.ZodType<Value>, value: unknown): Value {
  const parsed = schema.safeParse(value, { reportInput: true });

  if (!parsed.success) {
    throw new InvalidRoadmapChangeError({ problems: parsed.error.issues.map(describeProblem) });
  }
  return parsed.data;
}

function describeProblem({ path, message, input }: z.core.$ZodIssue): string {
  const field = path.length === 0 ? '' : `${path.map(String).join('.')}: `;

  return `${field}${message}${describeInput(input)}`;
}

/** What was there, if it is short enough to say. */
function describeInput(input: unknown): string {
  if (typeof input === 'string') return `, got ${quoteText(input)}`;
  return typeof input === 'number' || typeof input === 'boolean' || input === null
    ? `, got ${String(input)}`
    : '';
}
