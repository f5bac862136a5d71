import type { RunRecord } from '@jarvis/loops';

/** What the journal says of one step that asks a model. */
export interface ModelStep {
  readonly opened: number;
  /** Attempts that brought an answer. */
  readonly settled: number;
  readonly failed: number;
  readonly finished: number;
  /** Attempts that were begun although the answer was on disk. */
  readonly openedAfterFinish: number;
}

const UNTOUCHED: ModelStep = { opened: 0, settled: 0, failed: 0, finished: 0, openedAfterFinish: 0 };

/** Attempts of a step that were begun and whose end nobody wrote down. */
export function countInDoubt({ opened, settled, failed }: ModelStep): number {
  return opened - settled - failed;
}

/** Every step that asked a model, by its id. */
export function foldModelSteps(records: readonly RunRecord[]): ReadonlyMap<string, ModelStep> {
  const steps = new Map<string, ModelStep>();
  for (const record of records) {
    const stepId = modelStepOf(record);
    if (stepId !== undefined) steps.set(stepId, evolve(steps.get(stepId) ?? UNTOUCHED, record));
  }
  return steps;
}

function modelStepOf({ type, data }: RunRecord): string | undefined {
  if (type === 'attempt.opened' || type === 'attempt.closed') return data.stepId;
  return type === 'step.finished' && data.name.startsWith('model.') ? data.stepId : undefined;
}

function evolve(step: ModelStep, { type, data }: RunRecord): ModelStep {
  if (type === 'attempt.opened') {
    const late = step.finished > 0 ? 1 : 0;
    return { ...step, opened: step.opened + 1, openedAfterFinish: step.openedAfterFinish + late };
  }
  if (type === 'attempt.closed') {
    return data.ending.type === 'settled'
      ? { ...step, settled: step.settled + 1 }
      : { ...step, failed: step.failed + 1 };
  }
  return type === 'step.finished' ? { ...step, finished: step.finished + 1 } : step;
}
