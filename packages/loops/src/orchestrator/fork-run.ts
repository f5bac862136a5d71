import { InvalidConfigError, type ModeName, type RunContext, RunNotFoundError } from '@jarvis/core';

import type { Dialect } from '../dialect/dialect.ts';
import { completeConfig } from '../engine/amendment.ts';
import { evolve } from '../engine/evolve.ts';
import type { Accepted, RunRecord } from '../engine/run-records.ts';
import { initialState } from '../engine/run-state.ts';
import { UnknownDialectError } from '../errors.ts';
import { readRunRecords } from '../view/read-run.ts';
import { type Acceptance, prepareAcceptance } from './accept-run.ts';
import { requireMode } from './mode-registry.ts';
import { RELEASE } from './release.ts';
import { requireSameServer } from './require-same-server.ts';

/** How a run is begun once more. */
export interface ForkWish {
  /** The mode the new run works in. */
  readonly mode: ModeName;
  /**
   * The record of the old run up to which its amendments count, such as a raised cap, from 1. Default: all of them.
   */
  readonly at?: number;
  /** Asks the new run to stop; it can be resumed. */
  readonly signal?: AbortSignal;
}

export interface ForkOptions {
  readonly context: RunContext;
  /** The dialects the old run may have been accepted under. */
  readonly dialects: readonly Dialect[];
}

/**
 * What a run is accepted as that does the task of another one once more. Task, configuration with its amendments, dialect
 * and folder are taken over; plan, answers, money and roadmap are not: the new run makes and buys its own. The files are
 * those that are in the folder now, and the old run stays as it is.
 *
 * @throws {@link RunNotFoundError} when there is no such run in this project.
 * @throws {@link InvalidConfigError} when it has no such record.
 * @throws {@link UnknownDialectError} when it was accepted under another dialect, as an imported run was.
 * @throws {@link ModeUnavailableError} when its dialect cannot work in the mode.
 * @throws {@link ServerMismatchError} when another model server is configured than it was accepted with.
 */
export async function prepareFork(
  { context, dialects }: ForkOptions,
  runId: string,
  { mode, at }: ForkWish,
): Promise<Acceptance> {
  const records = await readRunRecords(context.journal, runId);
  const seq = at ?? records.length;
  const { accepted, config } = upTo(records, seq).reduce(evolve, initialState);
  if (accepted?.workspace !== context.workspace.root) throw new RunNotFoundError({ runId });
  const dialect = requireDialect(runId, accepted, dialects);
  requireMode(mode, dialect);
  requireSameServer(accepted, context);
  const { task, isSimulated } = accepted;
  const llm = { ...config.llm, simulate: isSimulated };
  const wish = { task, dialect, release: RELEASE, config: completeConfig({ ...config, mode, llm }) };
  const acceptance = await prepareAcceptance(context, wish);
  return { ...acceptance, accepted: { ...acceptance.accepted, forkOf: { runId, seq } } };
}

function upTo(records: readonly RunRecord[], seq: number): readonly RunRecord[] {
  if (Number.isInteger(seq) && seq >= 1 && seq <= records.length) return records.slice(0, seq);
  const problem = `expected the number of a record, 1 to ${String(records.length)} (it is ${String(seq)})`;
  throw new InvalidConfigError({ problems: [{ origin: 'at', key: '', problem }] });
}

function requireDialect(runId: string, accepted: Accepted, dialects: readonly Dialect[]): Dialect {
  const dialect = dialects.find(({ id }) => id === accepted.dialect);
  if (dialect !== undefined) return dialect;
  const next = `It was imported: start a new run with its task instead, which is told by: jarvis show ${runId}`;
  throw new UnknownDialectError({
    dialect: accepted.dialect,
    known: dialects.map(({ id }) => id),
    ...(accepted.isImported === true ? { next } : {}),
  });
}
