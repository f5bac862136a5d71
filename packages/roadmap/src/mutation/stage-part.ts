import type { StageBrief } from '@jarvis/core';
import { z } from 'zod';

import type { DividedList, DivisionProblem } from '../restructure-errors.ts';

/** One stage that takes its share of a plan, or of a stage that is split. Positions count from 0. */
export interface StagePart {
  readonly id: string;
  readonly name: string;
  readonly goal: string;
  /** Which plan steps it takes; each step is taken by exactly one part. */
  readonly planSteps: readonly number[];
  /** Which requirements it must meet; each is met by one part at least. Default: all of them. */
  readonly requirements?: readonly number[];
  /** Other stages it waits for, parts of the same division among them. Default: none. */
  readonly dependsOn?: readonly string[];
  /** Default: those of the stage that is split. */
  readonly categories?: readonly string[];
}

const position = z.int().nonnegative();

/** Parses a part that somebody asks for; unknown keys are refused. */
export const stagePartSchema: z.ZodType<StagePart> = z.strictObject({
  id: z.string().min(1),
  name: z.string().trim().min(1),
  goal: z.string().trim().min(1),
  planSteps: z.array(position),
  requirements: z.array(position).exactOptional(),
  dependsOn: z.array(z.string().min(1)).exactOptional(),
  categories: z.array(z.string().min(1)).exactOptional(),
});

/** What is divided among parts. */
export type Divided = Pick<StageBrief, DividedList>;

/** Everything that keeps these parts from taking over exactly what is divided. */
export function listDivisionProblems(
  whole: Divided,
  parts: readonly StagePart[],
): readonly DivisionProblem[] {
  const requirements = parts.map((part) => ({ partId: part.id, taken: part.requirements }));

  return [
    ...listOutOfRange(whole, parts),
    ...listRepeatedSteps(parts),
    ...listLost('planSteps', whole, new Set(parts.flatMap(({ planSteps }) => planSteps))),
    ...(requirements.some(({ taken }) => taken === undefined)
      ? []
      : listLost('requirements', whole, new Set(requirements.flatMap(({ taken = [] }) => taken)))),
  ];
}

/** The brief of a part, in the order of the whole. */
export function toPartBrief(whole: Divided, part: StagePart): StageBrief {
  const { name, goal, requirements } = part;
  const steps = new Set(part.planSteps);
  const required = requirements === undefined ? undefined : new Set(requirements);

  return {
    name,
    goal,
    planSteps: whole.planSteps.filter((_, index) => steps.has(index)),
    requirements: whole.requirements.filter((_, index) => required?.has(index) ?? true),
  };
}

function listOutOfRange(whole: Divided, parts: readonly StagePart[]): readonly DivisionProblem[] {
  return parts.flatMap((part) =>
    (['planSteps', 'requirements'] as const).flatMap((list) => {
      const count = whole[list].length;
      const wrong = (part[list] ?? []).filter((at) => !Number.isInteger(at) || at < 0 || at >= count);
      return wrong.map(
        (at) => ({ type: 'out_of_range', partId: part.id, list, position: at, count }) as const,
      );
    }),
  );
}

function listRepeatedSteps(parts: readonly StagePart[]): readonly DivisionProblem[] {
  const seen = new Set<number>();

  return parts.flatMap(({ id: partId, planSteps }) =>
    planSteps.flatMap((at): readonly DivisionProblem[] => {
      const isRepeated = seen.has(at);
      seen.add(at);
      return isRepeated ? [{ type: 'repeated', partId, list: 'planSteps', position: at }] : [];
    }),
  );
}

function listLost(list: DividedList, whole: Divided, taken: ReadonlySet<number>): readonly DivisionProblem[] {
  return whole[list].flatMap((text, index) =>
    taken.has(index) ? [] : [{ type: 'lost', list, position: index, text } as const],
  );
}
