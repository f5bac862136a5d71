import {
  type AskModel,
  guardedLlm,
  isJarvisError,
  type LlmClient,
  type PriceTable,
  type RunContext,
  Steps,
  withJournal,
} from '@jarvis/core';

import type { ActionScope } from '../actions/action-scope.ts';
import { AgentCoordinator } from '../agents/agent-coordinator.ts';
import { readModels, readRouting } from '../agents/read-routing.ts';
import { askForStage, stageAtWork } from './ask-for-stage.ts';
import type { Dialect } from '../dialect/dialect.ts';
import { RunCancelledError, RunInterruptedError } from '../errors.ts';
import { Contents } from './contents.ts';
import type { ActionResult } from './action.ts';
import { closeMootGates } from './close-moot-gates.ts';
import { agreeOnCap } from './agree-on-cap.ts';
import type { Decide } from './decision.ts';
import { passGates } from './pass-gates.ts';
import { performAction } from './perform.ts';
import { completeConfig } from './amendment.ts';
import { followChanges } from './follow-changes.ts';
import { toFailedResult } from './to-failed-result.ts';
import { findCancellation, isCutShort } from './find-cancellation.ts';
import { proveResumable, proveTaskAllowed } from './prove-resumable.ts';
import { recoverFrom } from './recovery-table.ts';
import type { Stop } from './run-records.ts';
import type { RunSession } from './run-session.ts';
import type { OpenAction } from './run-state.ts';
import { untilStopped, withCancel } from './with-cancel.ts';

export interface DriveOptions {
  readonly session: RunSession;
  readonly context: RunContext;
  readonly decide: Decide;
  readonly llm: LlmClient;
  readonly dialect: Dialect;
  readonly prices: PriceTable;
}

/**
 * Drives a run until it ends or stands still: decide, open the action, carry it out, close it, and again.
 *
 * @throws what {@link recoverFrom} leaves alone: errors that forbid this process to write to the run.
 */
export async function driveRun(options: DriveOptions): Promise<Stop> {
  const { session, context } = options;
  try {
    await session.takeInbox();
    const cancellation = isCutShort(session.state) ? undefined : findCancellation(session.state);
    if (cancellation !== undefined) return await endRun(options, cancellation);
    proveTaskAllowed(session.runId, session.state);
    proveResumable(session.runId, session.state);
    const stop = await driveToEnd(options);
    return await endRun(options, stop);
  } catch (error) {
    const outcome = await agreeOnCap(session, error, context.clock.nowMs());
    return outcome.type === 'raised' ? driveRun(options) : standStill(options, outcome.error);
  }
}

/** What becomes of a run that cannot go on: it is written down, unless a person wanted the run to end anyway. */
async function standStill(options: DriveOptions, thrown: unknown): Promise<Stop> {
  const { session, context } = options;
  const error = wasInterrupted(options, thrown) ? new RunInterruptedError(session) : thrown;
  const { onCap } = completeConfig(session.state.config).costs;
  const recovery = recoverFrom(error, { onCap, nowMs: context.clock.nowMs() });
  if (recovery === undefined) throw error;
  noteFailure(options, recovery.stop);
  await session.takeInbox();
  const cancellation = findCancellation(session.state);
  if (cancellation !== undefined) return endRun(options, cancellation);
  if (recovery.type === 'end') return endRun(options, recovery.stop);
  await session.append({ type: 'run.paused', data: recovery.stop });
  return recovery.stop;
}

/** After a stop, calls and pauses end with the reason of the signal; that is not an error of theirs. */
function wasInterrupted({ context: { signal } }: DriveOptions, error: unknown): boolean {
  return signal.aborted && !isJarvisError(error);
}

/** Most failures are part of a run's life and told in its result; what nobody foresaw is for operators, too. */
function noteFailure({ context: { logger }, session: { runId } }: DriveOptions, stop: Stop): void {
  if (stop.reason === 'unexpected')
    logger.warn('a run was stopped by an error nobody foresaw', { runId, ...stop });
  else logger.debug('a run was stopped by an error', { runId, ...stop });
}

async function driveToEnd(options: DriveOptions): Promise<Stop> {
  const { session, context, decide, dialect } = options;
  const coordinator = createCoordinator(options);
  for (;;) {
    if (context.signal.aborted) throw new RunInterruptedError({ runId: session.runId });
    await session.takeInbox();
    const { openAction } = session.state;
    const cancellation = findCancellation(session.state);
    if (cancellation !== undefined && openAction === undefined) return cancellation;
    if (openAction === undefined) {
      closeMootGates(session, context.clock.nowMs());
      const { loop } = completeConfig(session.state.config);
      const decision = decide(session.state, { ...loop, ...abilitiesOf(dialect) });
      if (decision.type === 'stop') return decision.stop;
      if (decision.type === 'change') {
        followChanges(session, decision.changes, context.clock.nowMs());
        context.crashPoint.reach('change.followed');
        continue;
      }
      await passGates(session, decision.action, {
        nowMs: context.clock.nowMs(),
        contents: openContents(options),
      });
      const actionId = `action-${String(session.state.actionCount + 1)}`;
      context.logger.debug('action opened', { runId: session.runId, actionId, ...decision.action });
      session.defer({ type: 'action.opened', data: { actionId, action: decision.action } });
    } else {
      const result = await carryOut(options, openAction, coordinator).catch((error: unknown) =>
        toFailedResult(session.state, openAction.action, { error, coordinator }),
      );
      session.defer({ type: 'action.closed', data: { actionId: openAction.id, result } });
      context.crashPoint.reach('action.closed');
    }
  }
}

function abilitiesOf({ policies, decide, clarify }: Dialect) {
  return { policies, asksManager: decide !== undefined, answersQuestions: clarify !== undefined };
}

function carryOut(
  options: DriveOptions,
  { id, action, steps }: OpenAction,
  coordinator: AgentCoordinator,
): Promise<ActionResult> {
  const { session, context, dialect, llm, prices } = options;
  const { runId, recorder } = session;
  const { deadlineMs, maxWaitMs, fallbacks } = completeConfig(session.state.config).llm;
  const client = guardedLlm(context, {
    llm,
    prices,
    deadlineMs,
    fallbacks,
    retry: { ...dialect.retry, maxAskedDelayMs: maxWaitMs },
    ledger: () => session.state.ledger,
  });
  const actionSteps = new Steps({
    runId,
    actionId: id,
    recorder,
    crashPoint: context.crashPoint,
    recorded: steps,
  });
  const watch = { session, clock: context.clock };
  const scope: ActionScope = {
    runId,
    context,
    accepted: session.accepted,
    state: session.state,
    steps: actionSteps,
    ask: unlessCancelled(
      session,
      askForStage(
        withJournal(withCancel(client, watch), actionSteps, context.signal),
        stageAtWork(session.state),
      ),
    ),
    untilStopped: (work) => untilStopped(watch, context.signal, work),
    dialect,
    coordinator,
    contents: openContents(options),
  };
  return performAction(action, scope);
}

function openContents({ session: { runId, recorder }, context: { journal } }: DriveOptions): Contents {
  return new Contents({ runId, journal, recorder });
}

/** Asks nothing more once a person wants the run to end. */
function unlessCancelled(session: RunSession, ask: AskModel): AskModel {
  return async (request, key) => {
    await session.takeInbox();
    if (session.state.cancelled !== undefined) throw new RunCancelledError(session);
    return ask(request, key);
  };
}

function createCoordinator({ session, context, dialect }: DriveOptions): AgentCoordinator {
  return new AgentCoordinator({
    runId: session.runId,
    dialect,
    ...readRouting(session.accepted.task, session.state.config),
    models: () => readModels(session.state.config),
    logger: context.logger,
    rounds: () => session.state.rounds,
    messages: session.past.flatMap((record) => (record.type === 'message.sent' ? [record.data] : [])),
    now: () => context.clock.nowMs(),
    record: (message) => {
      session.defer({ type: 'message.sent', data: message });
    },
  });
}

async function endRun({ session, context }: DriveOptions, stop: Stop): Promise<Stop> {
  context.crashPoint.reach('run.before-end');
  await session.append({ type: 'run.ended', data: stop });
  context.crashPoint.reach('run.ended');
  return stop;
}
