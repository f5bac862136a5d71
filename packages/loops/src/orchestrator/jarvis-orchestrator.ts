import { type Config, type Gate, mergeConfig, parseConfig, type RunContext } from '@jarvis/core';

import { modernDialect } from '../dialect/modern-dialect.ts';
import type { Amendment } from '../engine/amendment.ts';
import type { PeopleMutation } from '../engine/people-changes.ts';
import type { RunRecord } from '../engine/run-records.ts';
import { prepareAcceptance, type RunWish } from './accept-run.ts';
import {
  type RestoredSnapshot,
  type RestoreOptions,
  restoreSnapshot,
} from '../snapshots/restore-snapshot.ts';
import { amendRun } from './amend-run.ts';
import { type Cancellation, cancelRun } from './cancel-run.ts';
import { changeRoadmapOfRun, type PostedRoadmapChange, type RoadmapWish } from './change-roadmap.ts';
import { dialectsWith } from './dialects-with.ts';
import { decideGateOfRun, type GateVerdict } from './decide-gate-of-run.ts';
import { loadDefaultContext } from './default-context.ts';
import { type ForkWish, prepareFork } from './fork-run.ts';
import { requireMode } from './mode-registry.ts';
import type { JarvisOrchestratorOptions, ResumeInput, RunInput } from './orchestrator-options.ts';
import { previewRun, type RunPreview } from './preview-run.ts';
import { refuseWhatContextHas } from './refuse-what-context-has.ts';
import { RELEASE } from './release.ts';
import { readToEnd, streamRun } from './stream-run.ts';
import { type RunDriverOptions, resumeRun, startRun } from './run-driver.ts';
import type { RunResult } from '../view/run-result.ts';

/**
 * Runs tasks: a team of agents plans, builds and reviews in a project folder, under a cost cap, and every effect is
 * a durable step that survives the process.
 *
 * @example
 * ```ts
 * const jarvis = new JarvisOrchestrator({ config: { costs: { capUsd: 1.5 } } });
 * const result = await jarvis.run({ task: 'Build a landing page for a bakery' });
 * ```
 */
export class JarvisOrchestrator {
  readonly #options: JarvisOrchestratorOptions;
  #context: Promise<RunContext> | undefined;

  /** @throws {@link InvalidConfigError} when the configuration has unknown keys or bad values. */
  constructor(options: JarvisOrchestratorOptions = {}) {
    const config = parseConfig(options.config ?? {}, 'config');
    if (options.context !== undefined) refuseWhatContextHas(config, options.context);
    this.#options = { ...options, config };
  }

  /**
   * Works on a task until it is done or the run stands still.
   *
   * @throws a coded error when the run cannot be accepted; nothing was paid or written then.
   */
  run(input: RunInput): Promise<RunResult> {
    return readToEnd(this.stream(input));
  }

  /**
   * The name {@link JarvisOrchestrator.run} had in the plan of the predecessor.
   *
   * @deprecated Call `run`. This name goes with version 1.0.
   */
  execute(input: RunInput): Promise<RunResult> {
    return this.run(input);
  }

  /** Like {@link JarvisOrchestrator.run}, and yields every record of the run as it is written. */
  async *stream({ task, signal }: RunInput): AsyncGenerator<RunRecord, RunResult> {
    const context = await this.#openContext();
    const acceptance = await prepareAcceptance(context, this.#toWish(task, context));
    const runId = context.ids.newRunId();
    return yield* this.#follow(context, signal, (options) => startRun(options, runId, acceptance));
  }

  /**
   * Tells what a run would begin with: models, cap, estimate, commits, checks. Nothing is paid or written.
   *
   * @throws a coded error when the run could not be accepted.
   */
  async preview({ task }: Pick<RunInput, 'task'>): Promise<RunPreview> {
    const context = await this.#openContext();
    return previewRun(context, this.#toWish(task, context));
  }

  /**
   * Goes on with a run that stands still or whose process died; a run that is over gives its result again.
   * One that was cancelled, or ended with a part of the work, goes on from where it stood with `reopen`.
   *
   * @throws {@link RunOverError} when the run was cancelled and is not opened again, or cannot be.
   * @throws {@link RunNotFoundError} when there is no such run in this project.
   */
  resume(runId: string, input: ResumeInput = {}): Promise<RunResult> {
    return readToEnd(this.streamResume(runId, input));
  }

  /** Like {@link JarvisOrchestrator.resume}, and yields every new record as it is written. */
  async *streamResume(runId: string, input: ResumeInput = {}): AsyncGenerator<RunRecord, RunResult> {
    const context = await this.#openContext();
    return yield* this.#follow(context, input.signal, (options) => resumeRun(options, runId, input));
  }

  /** Does the task of another run once more, in another mode, as a new run: see {@link ForkWish}. */
  async *fork(runId: string, wish: ForkWish): AsyncGenerator<RunRecord, RunResult> {
    const context = await this.#openContext();
    const dialects = dialectsWith(this.#options.dialect);
    const acceptance = await prepareFork({ context, dialects }, runId, wish);
    const newId = context.ids.newRunId();
    return yield* this.#follow(context, wish.signal, (options) => startRun(options, newId, acceptance));
  }

  /**
   * Asks a run to end where it stands, whichever process drives it. What is in flight is written down and nothing else
   * starts; a run that is over stays as it is.
   *
   * @throws {@link RunNotFoundError} when there is no such run in this project.
   */
  async cancel(runId: string, input: { readonly reason?: string } = {}): Promise<Cancellation> {
    return cancelRun(await this.#openContext(), runId, input);
  }

  /**
   * Changes a run that is not over, whichever process drives it: it holds from the next action on. A run that stands
   * still is changed when it is resumed.
   *
   * @throws {@link InvalidConfigError} when the change is not allowed.
   * @throws {@link RunNotFoundError} when there is no such run in this project.
   */
  async amend(runId: string, amendment: Amendment): Promise<void> {
    await amendRun(await this.#openContext(), runId, amendment);
  }

  /**
   * Changes the stages of a run that is not over, whichever process drives it, once the action in flight is done. A
   * run that stands still is changed when it is resumed.
   *
   * @throws {@link RoadmapVersionConflictError} of `@jarvis/roadmap` when the roadmap is not at `ifVersion` any more.
   * @throws a coded error when the change does not fit, or the run has no roadmap to change; nothing was posted then.
   */
  async changeRoadmap(
    runId: string,
    mutation: PeopleMutation,
    wish: RoadmapWish,
  ): Promise<PostedRoadmapChange> {
    return changeRoadmapOfRun(await this.#openContext(), runId, { ...wish, mutation });
  }

  /**
   * Brings the files a run has touched back to what they were before it, or after one of its rounds. What somebody
   * else has changed since stays as it is, unless it is forced; commits stay in any case.
   *
   * @throws {@link RunNotFoundError} when there is no such run in this project.
   * @throws {@link SnapshotNotFoundError} when the round has written nothing, or not all of it.
   * @throws {@link LeaseHeldError} when a process works on the run or in its folder.
   */
  async restore(runId: string, options: RestoreOptions = {}): Promise<RestoredSnapshot> {
    return restoreSnapshot(await this.#openContext(), runId, options);
  }

  /**
   * Says yes to a gate a run waits at. The run goes on with {@link JarvisOrchestrator.resume}, or by itself where a
   * process drives it.
   *
   * @returns the gate as it stands with the decision: it may wait for others.
   * @throws {@link GateDecisionError} when the decision has no effect.
   */
  async approve(runId: string, verdict: GateVerdict): Promise<Gate> {
    return decideGateOfRun(await this.#openContext(), runId, { ...verdict, verdict: 'approve' });
  }

  /**
   * Says no to a gate a run waits at; once is enough.
   *
   * @throws {@link GateDecisionError} when the decision has no effect.
   */
  async reject(runId: string, verdict: GateVerdict): Promise<Gate> {
    return decideGateOfRun(await this.#openContext(), runId, { ...verdict, verdict: 'reject' });
  }

  /** Lets go of what the default context holds. A given context stays open. */
  async close(): Promise<void> {
    if (this.#options.context !== undefined || this.#context === undefined) return;
    const context = await this.#context;
    this.#context = undefined;
    await context.journal.close();
  }

  #follow(
    context: RunContext,
    signal: AbortSignal | undefined,
    work: (options: RunDriverOptions) => Promise<RunResult>,
  ): AsyncGenerator<RunRecord, RunResult> {
    return streamRun({ context, dialects: dialectsWith(this.#options.dialect), signal }, work);
  }

  #openContext(): Promise<RunContext> {
    const { context, workspace = '.', config = {} } = this.#options;
    if (context !== undefined) return Promise.resolve(context);
    this.#context ??= loadDefaultContext({ workspace, config }).catch((error: unknown) => {
      this.#context = undefined; // what was in the way may be gone the next time
      throw error;
    });
    return this.#context;
  }

  #toWish(task: string, context: RunContext): RunWish {
    const config = this.#mergeConfig(context);
    const { dialect = modernDialect } = this.#options;
    requireMode(config.mode, dialect);
    return { task, config, dialect, release: RELEASE };
  }

  #mergeConfig(context: RunContext): Config {
    const { mode, config = {} } = this.#options;
    const own = { ...config, ...(mode === undefined ? {} : { mode }) };
    const { config: merged } = mergeConfig([
      { origin: 'context', level: 'user', config: context.config },
      { origin: 'code', level: 'user', config: own },
    ]);
    return merged;
  }
}
