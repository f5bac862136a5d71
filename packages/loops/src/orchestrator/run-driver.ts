import { parseConfig, type RunContext, RunNotFoundError } from '@jarvis/core';

import type { Dialect } from '../dialect/dialect.ts';
import {
  type Amendment,
  amendConfig,
  completeConfig,
  pickAmendment,
  toConfigInput,
} from '../engine/amendment.ts';
import { type DriveOptions, driveRun } from '../engine/drive-run.ts';
import { foldRun } from '../engine/fold-run.ts';
import { readPostedChanges } from '../engine/people-changes.ts';
import type { RunRecord } from '../engine/run-records.ts';
import { RunSession } from '../engine/run-session.ts';
import type { RunState } from '../engine/run-state.ts';
import { teamOf } from '../engine/team-of.ts';
import { UnknownDialectError } from '../errors.ts';
import { type Acceptance, pinPrompts } from './accept-run.ts';
import { chooseClient } from './choose-client.ts';
import { holdLeases } from '../engine/hold-leases.ts';
import { decideOf } from './mode-registry.ts';
import { loadPins, storePins } from './pins.ts';
import { RELEASE } from './release.ts';
import { isReopened, reopenRun } from './reopen-run.ts';
import { requirePrices } from './require-prices.ts';
import { requireSameServer } from './require-same-server.ts';
import { requireUnguardedCap } from './require-unguarded-cap.ts';
import { type RunResult, toRunResult } from '../view/run-result.ts';

export interface RunDriverOptions {
  readonly context: RunContext;
  /** The dialects a run may have been accepted under. */
  readonly dialects: readonly Dialect[];
  readonly onRecord: (record: RunRecord) => void;
}

/** How the last record of a run that is over says so, as it is written today and as version 1 of the journal has it. */
const END_IN_BODY = /^\["run\.ended",|"type":"run\.ended"/u;

/** What a person changes when a run goes on. */
export interface ResumeOptions extends Amendment {
  /** Go on in spite of a crash loop, and ask again what may have been paid for already. */
  readonly force?: boolean;
  /** Go on from where it stood although it is over: cancelled, or ended with a part of the work. */
  readonly reopen?: boolean;
}

/**
 * Writes down that a run was accepted and drives it until it ends or stands still.
 *
 * @throws {@link LeaseHeldError} when another run works in the folder.
 */
export function startRun(
  options: RunDriverOptions,
  runId: string,
  acceptance: Acceptance,
): Promise<RunResult> {
  return holdLeases(options.context, runId, async (lease) => {
    const session = await RunSession.open({ ...options, runId, lease });
    const pins = storePins(session.recorder, acceptance);
    await session.append({ type: 'run.accepted', data: { ...acceptance.accepted, pins } });
    options.context.crashPoint.reach('run.accepted');
    return driveToResult(await prepareDrive(options, session));
  });
}

/**
 * Goes on with a run from where its records end. A run that is over stays as it is, unless it is opened again.
 *
 * @throws {@link RunNotFoundError} when there is no such run.
 * @throws {@link InvalidConfigError} when the new cap is none.
 * @throws {@link ServerMismatchError} when another model server is configured than the run was accepted with.
 * @throws {@link RunOverError} when it was cancelled, or cannot be opened again.
 * @throws {@link LeaseHeldError} when another process drives it or works in its folder.
 */
export async function resumeRun(
  options: RunDriverOptions,
  runId: string,
  { force = false, reopen = false, ...wish }: ResumeOptions,
): Promise<RunResult> {
  const { context } = options;
  const amendment = pickAmendment(wish);
  parseConfig(toConfigInput(amendment), 'resume');
  const over = await findEnded(context, runId);
  const posted = over === undefined ? [] : readPostedChanges(await context.journal.readInbox(runId));
  const reopening = { reopen, amendment, posted };
  if (over !== undefined && !isReopened(runId, over, reopening)) return requireResult({ runId, state: over });

  return holdLeases(context, runId, async (lease) => {
    const session = await RunSession.open({ ...options, runId, lease });
    if (session.accepted.workspace !== context.workspace.root) throw new RunNotFoundError({ runId });
    const isOver = session.state.ended !== undefined;
    if (isOver && !isReopened(runId, session.state, reopening)) return requireResult(session);
    requireSameServer(session.accepted, context);
    requireUnguardedCap(session.state.config, amendment);
    // What is missing to go on is found before anything is written down.
    const drive = await prepareDrive(options, session);
    requirePrices(completeConfig(amendConfig(session.state.config, amendment)), drive.dialect, drive.prices);
    // What was posted before comes before what is said now.
    await session.takeInbox();
    if (isOver) {
      reopenRun(session, context.clock.nowMs());
      // What is wanted of its roadmap is about the run that goes on.
      await session.takeInbox();
    }
    if (Object.keys(amendment).length > 0) session.defer({ type: 'run.amended', data: amendment });
    await session.append({
      type: 'run.resumed',
      data: { release: RELEASE, ...(force ? { isForced: true } : {}) },
    });
    return driveToResult(drive);
  });
}

async function driveToResult(drive: DriveOptions): Promise<RunResult> {
  await driveRun(drive);
  return requireResult(drive.session);
}

/** Everything a run was accepted with, and what this process adds to carry it out. */
async function prepareDrive(
  { context, dialects }: RunDriverOptions,
  session: RunSession,
): Promise<DriveOptions> {
  const { accepted, runId } = session;
  const dialect = dialects.find(({ id }) => id === accepted.dialect);
  if (dialect === undefined) {
    throw new UnknownDialectError({ dialect: accepted.dialect, known: dialects.map(({ id }) => id) });
  }
  const { prompts, prices } = await loadPins(context.journal, runId, accepted.pins);
  return {
    session,
    context,
    decide: decideOf(teamOf(accepted)),
    llm: chooseClient(context, dialect, accepted.isSimulated),
    dialect: pinPrompts(dialect, prompts),
    prices,
  };
}

function requireResult({ runId, state }: Pick<RunSession, 'runId' | 'state'>): RunResult {
  const result = toRunResult(runId, state);
  if (result === undefined) throw new TypeError(`run ${runId} was driven but neither ended nor paused`);
  return result;
}

/** The state of a run that is over, as its records tell it; needs no lease. */
async function findEnded({ journal }: RunContext, runId: string): Promise<RunState | undefined> {
  const last = await journal.readLast(runId);
  if (last === undefined) throw new RunNotFoundError({ runId });
  // Only a new beginning follows an end. Proving all records takes as long as opening the run, which comes next.
  if (!END_IN_BODY.test(last.body)) return undefined;
  const { state } = await foldRun(journal, runId);
  return state.ended === undefined ? undefined : state;
}
