import type { z } from 'zod';

import type { CrashPoint } from '../context/crash-point.ts';
import type { RunRecorder } from '../journal/run-recorder.ts';
import type { AttemptEnding, AttemptLog, AttemptOpening } from '../llm/llm-client.ts';
import { type AskedStep, ReplayDivergedError } from './durable-errors.ts';
import { attemptIdOf, type RecordedStep, type RecordedSteps } from './open-action.ts';
import { stepIdOf } from './repeated-facts.ts';

/** A step that reads the world. */
export interface LookStep<Result> extends AskedStep {
  /** The shape of the result, which is kept as JSON; `z.null()` when there is none. */
  readonly result: z.ZodType<Result>;
  /** Reads something of the world. It may be asked again until what follows from it is on disk. */
  readonly look: () => Promise<Result>;
}

/** A step that changes the world. */
export interface EffectStep<Intent, Result> extends AskedStep {
  /** The shapes of intent and result, which are kept as JSON; `z.null()` where there is none. */
  readonly intent: z.ZodType<Intent>;
  readonly result: z.ZodType<Result>;
  /** Decides what shall be done; recorded before it is done. */
  readonly plan: () => Promise<Intent>;
  /** Does it. After a crash it is called again with the same intent, so doing it twice must equal doing it once. */
  readonly carryOut: (intent: Intent) => Promise<Result>;
}

/** A step that asks a model. */
export interface ModelStep<Result> extends AskedStep {
  readonly result: z.ZodType<Result>;
  /**
   * Makes one logical request; its retries are attempts. After a crash without an answer it is made again. `place` is
   * where the step stands, the same in every run that takes the same way.
   */
  readonly ask: (stepId: string, attempts: AttemptLog, place: string) => Promise<Result>;
}

/** What {@link Steps} records to, and what it finds recorded. */
export interface StepsOptions {
  readonly runId: string;
  readonly actionId: string;
  readonly recorder: RunRecorder;
  readonly crashPoint: CrashPoint;
  /** What the journal says of this action's steps. */
  readonly recorded: RecordedSteps;
}

/**
 * Carries out the steps of one action, one after the other. A step the journal has finished gives back what was
 * recorded; the others are recorded as they happen.
 */
export class Steps {
  readonly #options: StepsOptions;
  #ordinal = 0;

  constructor(options: StepsOptions) {
    this.#options = options;
  }

  /**
   * Reads the world, once.
   *
   * @throws {@link ReplayDivergedError} when the journal holds another step at this place.
   */
  async look<Result>(step: LookStep<Result>): Promise<Result> {
    const { facts, recorded } = this.#next(step);
    if (recorded?.isFinished === true) return step.result.parse(recorded.result);

    const result = asReplayed(step.result, await step.look());
    this.#options.recorder.defer({ type: 'step.finished', data: { ...facts, result } });
    return result;
  }

  /**
   * Changes the world: the intent is on disk before the effect, the result after it.
   *
   * @throws {@link ReplayDivergedError} when the journal holds another step at this place.
   */
  async perform<Intent, Result>(step: EffectStep<Intent, Result>): Promise<Result> {
    const { facts, recorded } = this.#next(step);
    if (recorded?.isFinished === true) return step.result.parse(recorded.result);

    const { recorder } = this.#options;
    const planned = recorded === undefined ? await step.plan() : recorded.intent;
    const intent = asReplayed(step.intent, planned);
    await recorder.append({ type: 'step.started', data: { ...facts, intent } });
    const result = asReplayed(step.result, await step.carryOut(intent));
    await recorder.append({ type: 'step.finished', data: { ...facts, result } });
    return result;
  }

  /**
   * Asks a model, and has the answer on disk before it is used.
   *
   * @throws {@link ReplayDivergedError} when the journal holds another step at this place.
   */
  async ask<Result>(step: ModelStep<Result>): Promise<Result> {
    const { facts, recorded } = this.#next(step);
    if (recorded?.isFinished === true) return step.result.parse(recorded.result);

    const { recorder, crashPoint } = this.#options;
    crashPoint.reach('model.before-reservation');
    recorder.defer({ type: 'step.started', data: { ...facts, intent: null } });
    const { stepId, actionId, ordinal } = facts;
    const attempts = this.#attemptLog(stepId, recorded?.attempts ?? 0);
    const answer = await step.ask(stepId, attempts, `${actionId}/${String(ordinal)}`);
    const result = asReplayed(step.result, answer);
    crashPoint.reach('model.answered');
    await recorder.append({ type: 'step.finished', data: { ...facts, result } });
    crashPoint.reach('model.settled');
    return result;
  }

  #next({ name, key }: AskedStep) {
    this.#ordinal += 1;
    const { runId, actionId } = this.#options;
    const recorded = this.#options.recorded.get(this.#ordinal);
    if (recorded !== undefined && !isSameStep(recorded, { name, key })) {
      throw new ReplayDivergedError({ recorded, asked: { name, key } });
    }
    const stepId = stepIdOf(runId, actionId, this.#ordinal);
    return { facts: { actionId, stepId, ordinal: this.#ordinal, name, key }, recorded };
  }

  #attemptLog(stepId: string, made: number): AttemptLog {
    const { recorder, crashPoint } = this.#options;
    const openings = new Map<string, AttemptOpening>();
    let number = made;
    return {
      async open(opening) {
        number += 1;
        const attemptId = attemptIdOf(stepId, number);
        openings.set(attemptId, opening);
        await recorder.append({ type: 'attempt.opened', data: { attemptId, stepId, number, ...opening } });
        crashPoint.reach('model.reserved');
        return attemptId;
      },
      close(attemptId: string, ending: AttemptEnding) {
        const opening = openings.get(attemptId);
        if (opening === undefined) return;
        openings.delete(attemptId);
        const { model, role } = opening;
        recorder.defer({ type: 'attempt.closed', data: { attemptId, stepId, model, role, ending } });
      },
    };
  }
}

/**
 * A value as a resumed run will read it from the journal, so that the first run goes on with nothing else. What
 * JSON cannot carry, `undefined` too, is an error now and not only after a crash.
 */
function asReplayed<Value>(schema: z.ZodType<Value>, value: unknown): Value {
  return schema.parse(JSON.parse(JSON.stringify(value)));
}

function isSameStep(recorded: RecordedStep, asked: AskedStep): boolean {
  const names = Object.keys(asked.key);
  return (
    recorded.name === asked.name &&
    names.length === Object.keys(recorded.key).length &&
    names.every((name) => recorded.key[name] === asked.key[name])
  );
}
