import type { ModeName, RoutingQuestion } from '@jarvis/core';

/** How far a run may go: as short as it gets, as it mostly goes, as far as its rounds reach when none is approved. */
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
export interface ExpectedCall extends Pick<RoutingQuestion, 'role' | 'purpose' | 'round' | 'previous'> {
  /** The part of the work it belongs to; what is about the whole belongs to none. */
  readonly stage?: string;
  readonly inputTokens: number;
  readonly outputTokens: number;
}

/** What the calls of a run depend on. */
export interface RunShape {
  readonly mode: ModeName;
  readonly maxRounds: number;
  readonly maxAuditsPerStage: number;
  readonly taskTokens: number;
  readonly projectTokens: number;
}

/** The calls of a run that goes that far, in the order they are made. */
export function listExpectedCalls(shape: RunShape, extent: Extent): readonly ExpectedCall[] {
  const sizes = extents[extent];
  const asked = INSTRUCTION_TOKENS + shape.taskTokens;
  const steps = listSteps(shape, extent);
  let files = shape.projectTokens;
  const written = new Set<string | undefined>();
  return steps.map((step) => {
    const shown = asked + (step.purpose === 'plan' ? 0 : sizes.planTokens);
    const outputTokens = outputOf(step.purpose, sizes);
    if (step.purpose === 'plan' || step.purpose === 'split')
      return { ...step, inputTokens: shown, outputTokens };
    const inputTokens = shown + files;
    // The first try at a part writes its files, the next ones write them again.
    if (step.purpose === 'work' && !written.has(step.stage)) {
      written.add(step.stage);
      files += sizes.workTokens;
    }
    return { ...step, inputTokens, outputTokens };
  });
}

type Step = Omit<ExpectedCall, 'inputTokens' | 'outputTokens'>;

const PLAN: Step = { role: 'manager', purpose: 'plan', round: 1 };
const SPLIT: Step = { role: 'supervisor', purpose: 'split', round: 1 };

/** Who is asked for what: in rounds over all parts that are reviewed, or part by part in tries that are audited. */
function listSteps({ mode, maxRounds, maxAuditsPerStage }: RunShape, extent: Extent): readonly Step[] {
  const { rounds, parts } = extents[extent];
  const stages = Array.from({ length: parts }, (_, index) => `part-${String(index + 1)}`);
  const inRounds = (names: readonly (string | undefined)[]) =>
    countTo(Math.min(rounds, maxRounds)).flatMap((round) => [
      ...names.map((stage) => toStep({ role: 'employee', purpose: 'work' }, { round, stage, extent })),
      toStep({ role: 'manager', purpose: 'review' }, { round, extent }),
    ]);
  switch (mode) {
    case 'SIMPLE_2LOOP':
      return [PLAN, ...inRounds(['part-1'])];
    case 'LEGACY_3LOOP':
      return [PLAN, SPLIT, ...inRounds(stages)];
    case 'PHASE3':
    case 'CONTEXT_AWARE': {
      const tries = countTo(Math.min(rounds, maxAuditsPerStage));
      const audited = stages.flatMap((stage) =>
        tries.flatMap((round) => [
          toStep({ role: 'employee', purpose: 'work' }, { round, stage, extent }),
          toStep({ role: 'supervisor', purpose: 'audit' }, { round, stage, extent }),
        ]),
      );
      return [PLAN, SPLIT, ...audited, toStep({ role: 'manager', purpose: 'review' }, { round: 1, extent })];
    }
  }
}

interface Place {
  readonly round: number;
  readonly stage?: string | undefined;
  readonly extent: Extent;
}

/** A round is followed by another one when it was not approved, at worst for errors. */
function toStep(asked: Pick<Step, 'role' | 'purpose'>, { round, stage, extent }: Place): Step {
  const step = { ...asked, round, ...(stage === undefined ? {} : { stage }) };
  return round === 1 ? step : { ...step, previous: { isApproved: false, hasErrors: extent === 'high' } };
}

function outputOf(purpose: Step['purpose'], { planTokens, workTokens, reviewTokens }: Sizes): number {
  if (purpose === 'work') return workTokens;
  return purpose === 'plan' || purpose === 'split' ? planTokens : reviewTokens;
}

function countTo(last: number): readonly number[] {
  return Array.from({ length: last }, (_, index) => index + 1);
}
