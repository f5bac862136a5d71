import type { ModeName, RoutingQuestion } from '@jarvis/core';

/** How far a run may go: as short as it gets, as it mostly goes, as far as it may. */
export type Extent = 'low' | 'likely' | 'high';

interface Sizes {
  readonly rounds: number;
  /** Phases or stages of the modes that have some. */
  readonly parts: number;
  /** The size of an answer, in tokens. */
  readonly planTokens: number;
  readonly workTokens: number;
  readonly reviewTokens: number;
}

/** Typical numbers and sizes. What a run may do at most is bounded by the configuration besides. */
export const extents: Readonly<Record<Extent, Sizes>> = {
  low: { rounds: 1, parts: 2, planTokens: 400, workTokens: 1_500, reviewTokens: 150 },
  likely: { rounds: 2, parts: 3, planTokens: 800, workTokens: 4_000, reviewTokens: 400 },
  high: { rounds: Infinity, parts: 6, planTokens: 2_000, workTokens: 12_000, reviewTokens: 1_500 },
};

/** What instructions and the form of an answer add to a question, in tokens. */
const INSTRUCTION_TOKENS = 800;

/** A call a run will probably make. */
export interface ExpectedCall extends Pick<RoutingQuestion, 'purpose' | 'round' | 'previous'> {
  readonly role: 'manager' | 'employee';
  /** The part of the work it belongs to; the plan belongs to none. */
  readonly stage?: string;
  readonly inputTokens: number;
  readonly outputTokens: number;
}

/** What the calls of a run depend on. */
export interface RunShape {
  readonly mode: ModeName;
  readonly maxRounds: number;
  readonly taskTokens: number;
  readonly projectTokens: number;
}

/** The calls of a run that goes that far: a plan, then rounds of work on each part and a review. */
export function listExpectedCalls(shape: RunShape, extent: Extent): readonly ExpectedCall[] {
  const { planTokens, workTokens, reviewTokens, ...typical } = extents[extent];
  const asked = INSTRUCTION_TOKENS + shape.taskTokens;
  const parts = shape.mode === 'SIMPLE_2LOOP' ? 1 : typical.parts;
  const rounds = Math.min(typical.rounds, shape.maxRounds);
  const plan = { role: 'manager', purpose: 'plan', round: 1 } as const;
  const calls: ExpectedCall[] = [{ ...plan, inputTokens: asked, outputTokens: planTokens }];
  let files = shape.projectTokens;
  for (let turn = 0; turn < rounds * parts; turn += 1) {
    const shown = asked + planTokens + files;
    const place = placeOf(turn, parts, extent);
    const work = { role: 'employee', purpose: 'work', ...place } as const;
    calls.push({ ...work, inputTokens: shown, outputTokens: workTokens });
    // The first round writes the files, the next ones write them again.
    if (turn < parts) files += workTokens;
    const review = { role: 'manager', purpose: 'review', ...place } as const;
    calls.push({ ...review, inputTokens: shown + workTokens, outputTokens: reviewTokens });
  }
  return calls;
}

/** Where a turn stands. A round is followed by another one when it was not approved, at worst for errors. */
function placeOf(turn: number, parts: number, extent: Extent) {
  const round = Math.floor(turn / parts) + 1;
  const place = { round, stage: `part-${String((turn % parts) + 1)}` };
  return round === 1 ? place : { ...place, previous: { isApproved: false, hasErrors: extent === 'high' } };
}
