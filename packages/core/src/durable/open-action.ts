import type { AttemptOpened, StepFinished, StepKey, StepStarted } from './step-records.ts';

/** What the journal says about one step of the action that is being carried out. */
export interface RecordedStep {
  readonly stepId: string;
  readonly name: string;
  readonly key: StepKey;
  readonly intent: unknown;
  /** How often it was started: more than once after a crash in the middle of it. */
  readonly starts: number;
  readonly attempts: number;
  readonly isFinished: boolean;
  readonly result: unknown;
}

/** The steps of one action so far, by their ordinal (1, 2, 3 … in the order they are asked for). */
export type RecordedSteps = ReadonlyMap<number, RecordedStep>;

/** The steps after a `step.started` record. A step that was started before keeps its attempts. */
export function addStarted(
  steps: RecordedSteps,
  { ordinal, stepId, name, key, intent }: StepStarted,
): RecordedSteps {
  const known = steps.get(ordinal);
  return new Map(steps).set(ordinal, {
    stepId,
    name,
    key,
    intent,
    starts: (known?.starts ?? 0) + 1,
    attempts: known?.attempts ?? 0,
    isFinished: false,
    result: undefined,
  });
}

/** The steps after an `attempt.opened` record. */
export function addAttempt(steps: RecordedSteps, { stepId, number }: AttemptOpened): RecordedSteps {
  const [ordinal, known] = [...steps].find(([, step]) => step.stepId === stepId) ?? [];
  if (ordinal === undefined || known === undefined) return steps;
  return new Map(steps).set(ordinal, { ...known, attempts: number });
}

/** The steps after a `step.finished` record. A look has no other record. */
export function addFinished(steps: RecordedSteps, finished: StepFinished): RecordedSteps {
  const { ordinal, stepId, name, key, result } = finished;
  const known = steps.get(ordinal) ?? { starts: 1, attempts: 0, intent: undefined };
  return new Map(steps).set(ordinal, { ...known, stepId, name, key, isFinished: true, result });
}
