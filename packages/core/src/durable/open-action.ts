import type { AttemptOpened, StepFinished, StepKey, StepStarted } from './step-records.ts';

/** What the journal says about one step of the action that is being carried out. */
export interface RecordedStep {
  readonly stepId: string;
  readonly name: string;
  readonly key: StepKey;
  readonly intent: unknown;
  /** How many processes died with this step open. */
  readonly crashes: number;
  /** Whether a process has it in hand, or died with it in hand and nobody has taken the run up since. */
  readonly isInHand: boolean;
  readonly attempts: number;
  /** Attempts up to this number may stay in doubt: a person has decided to go on. */
  readonly acceptedAttempts: number;
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
    crashes: known?.crashes ?? 0,
    isInHand: true,
    attempts: known?.attempts ?? 0,
    acceptedAttempts: known?.acceptedAttempts ?? 0,
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
  const known = steps.get(ordinal) ?? NEVER_STARTED;
  return new Map(steps).set(ordinal, {
    ...known,
    stepId,
    name,
    key,
    isInHand: false,
    isFinished: true,
    result,
  });
}

/** The steps after the process stopped in good order: the open one is no longer in hand. */
export function setDown(steps: RecordedSteps): RecordedSteps {
  return mapUnfinished(steps, (step) => ({ ...step, isInHand: false }));
}

/** The steps after another process took the run up: who had a step in hand then has died with it. */
export function countCrashes(steps: RecordedSteps): RecordedSteps {
  return mapUnfinished(steps, (step) =>
    step.isInHand ? { ...step, crashes: step.crashes + 1, isInHand: false } : step,
  );
}

/** The steps after a person said to go on in spite of crashes and of calls in doubt. */
export function forgive(steps: RecordedSteps): RecordedSteps {
  return mapUnfinished(steps, (step) => ({
    ...step,
    crashes: 0,
    isInHand: false,
    acceptedAttempts: step.attempts,
  }));
}

/** The id of a step's attempt: 1 for the first. */
export function attemptIdOf(stepId: string, number: number): string {
  return `${stepId}.${String(number)}`;
}

/** The step that is open: started and without a result. Steps are sequential, so there is at most one. */
export function findUnfinished(steps: RecordedSteps): RecordedStep | undefined {
  return [...steps.values()].find(({ isFinished }) => !isFinished);
}

const NEVER_STARTED = { crashes: 0, isInHand: false, attempts: 0, acceptedAttempts: 0, intent: undefined };

function mapUnfinished(steps: RecordedSteps, change: (step: RecordedStep) => RecordedStep): RecordedSteps {
  return new Map(
    [...steps].map(([ordinal, step]) => [ordinal, step.isFinished ? step : change(step)] as const),
  );
}
