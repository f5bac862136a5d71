import type { ModeName } from '@jarvis/core';

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
export interface ExpectedCall {
  readonly role: 'manager' | 'employee';
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
  const calls: ExpectedCall[] = [{ role: 'manager', inputTokens: asked, outputTokens: planTokens }];
  let files = shape.projectTokens;
  for (let turn = 0; turn < rounds * parts; turn += 1) {
    const shown = asked + planTokens + files;
    calls.push({ role: 'employee', inputTokens: shown, outputTokens: workTokens });
    // The first round writes the files, the next ones write them again.
    if (turn < parts) files += workTokens;
    calls.push({ role: 'manager', inputTokens: shown + workTokens, outputTokens: reviewTokens });
  }
  return calls;
}
