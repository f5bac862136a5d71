import { z } from 'zod';

import { InvalidRoadmapChangeError } from '../errors.ts';
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
 * @throws {@link InvalidRoadmapChangeError} with every problem at once, each with its field.
 */
export function parseRoadmapChange(value: unknown): RoadmapChange {
  const parsed = roadmapChangeSchema.safeParse(value);

  if (!parsed.success) {
    throw new InvalidRoadmapChangeError({ problems: parsed.error.issues.map(describeProblem) });
  }
  return parsed.data;
}

function describeProblem({ path, message }: z.core.$ZodIssue): string {
  return path.length === 0 ? message : `${path.map(String).join('.')}: ${message}`;
}
