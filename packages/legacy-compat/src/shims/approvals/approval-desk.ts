import { type Gate, gateStatus, type Journal } from '@jarvis/core';
import { JarvisOrchestrator, readRun, type RunResult } from '@jarvis/loops';
import type { NodeRunContext } from '@jarvis/node';

import { openProjectFolder } from '../../migrate/project/project-folder.ts';
import { ApprovalRequiredException, LegacyApprovalError } from '../errors.ts';
import { LegacyContext, subfolderOf } from '../run/legacy-context.ts';
import { readGates } from './read-gates.ts';
import { findLegacyDialect } from '../run/legacy-voices.ts';
import { openLegacyContext } from '../run/open-legacy-context.ts';

/** How an approval stands, in the old words. */
export interface ApprovalStatus {
  /** The run and its gate: `20261122-160057-k3f9az/plan-1`. */
  readonly request_id: string;
  readonly run_id: string;
  readonly status: 'pending' | 'approved' | 'rejected' | 'expired';
  /** What people are asked about. */
  readonly payload: unknown;
}

/** How long to wait for people, in seconds. */
export interface Patience {
  readonly timeout_seconds?: number;
  readonly poll_interval?: number;
}

/** Looks after the gates of the runs of a project, the one the context's configuration names, for the old names. */
export class ApprovalDesk {
  readonly #context: LegacyContext;

  constructor(context: LegacyContext = new LegacyContext()) {
    this.#context = context;
  }

  /** The gate a run waits at, if it does. */
  findPending(runId: string): Promise<ApprovalStatus | undefined> {
    return this.#use(async ({ journal }) => {
      const open = (await readGates(journal, runId)).find(isPending);
      return open === undefined ? undefined : toStatus(runId, open);
    });
  }

  /** @throws {@link LegacyApprovalError} when the run waits for nobody. */
  async request(runId: string): Promise<ApprovalStatus> {
    const pending = await this.findPending(runId);
    if (pending !== undefined) return pending;
    throw new LegacyApprovalError({
      requestId: runId,
      problem: 'this run waits for nobody',
      advice: 'A run asks by itself where gates of the configuration say so.',
    });
  }

  /** How the gate of a request stands. */
  check(requestId: string): Promise<ApprovalStatus> {
    return this.#use(({ journal }) => findStatus(journal, requestId));
  }

  /** Waits until people have decided; after the time, the request is still pending. */
  wait(requestId: string, { timeout_seconds = 3_600, poll_interval = 5 }: Patience): Promise<ApprovalStatus> {
    return this.#use(async ({ journal, clock, signal }) => {
      const untilMs = clock.monotonicMs() + timeout_seconds * 1_000;
      for (;;) {
        const found = await findStatus(journal, requestId);
        const leftMs = untilMs - clock.monotonicMs();
        if (found.status !== 'pending' || leftMs <= 0) return found;
        await clock.sleep(Math.min(leftMs, poll_interval * 1_000), signal);
      }
    });
  }

  /** @throws {@link ApprovalRequiredException} while a run waits for people. */
  async checkpoint(runId: string): Promise<void> {
    const pending = await this.findPending(runId);
    if (pending !== undefined) throw new ApprovalRequiredException(pending.request_id);
  }

  /** The runs of the folder that wait for people, newest first. */
  listWaiting(): Promise<readonly string[]> {
    return this.#use(async ({ journal }) => {
      const waiting: string[] = [];
      for (const runId of await journal.listRuns()) {
        if ((await readRun(journal, runId)).status === 'waiting') waiting.push(runId);
      }
      return waiting;
    });
  }

  /** Goes on with a run, as far as people have let it. */
  resume(runId: string): Promise<RunResult> {
    return this.#use(async (context) => {
      const dialect = findLegacyDialect(await readRun(context.journal, runId));
      const jarvis = new JarvisOrchestrator({ context, ...(dialect === undefined ? {} : { dialect }) });
      return jarvis.resume(runId);
    });
  }

  async #use<Result>(work: (context: NodeRunContext) => Promise<Result>): Promise<Result> {
    const { folder, config } = this.#context;
    const workspace = await openProjectFolder(folder, subfolderOf(config) ?? '.');
    const context = await openLegacyContext(this.#context, workspace);
    try {
      return await work(context);
    } finally {
      await context.journal.close();
    }
  }
}

function isPending(gate: Gate): boolean {
  return toOldWord(gate) === 'pending';
}

function toOldWord(gate: Gate): ApprovalStatus['status'] {
  const status: string = gateStatus(gate);
  if (status === 'open' || status === 'escalated') return 'pending';
  if (status === 'approved' || status === 'rejected') return status;
  return 'expired'; // there was no other word for a question nobody needs an answer to any more
}

async function findStatus(journal: Journal, requestId: string): Promise<ApprovalStatus> {
  const [runId = '', gateId] = requestId.split('/', 2);
  const gate = (await readGates(journal, runId)).find(({ id }) => id === gateId);
  if (gate !== undefined) return toStatus(runId, gate);
  throw new LegacyApprovalError({
    requestId,
    problem: 'there is no such request',
    advice: 'Ask with request_approval(run_id) which there is.',
  });
}

function toStatus(runId: string, gate: Gate): ApprovalStatus {
  return {
    request_id: `${runId}/${gate.id}`,
    run_id: runId,
    status: toOldWord(gate),
    payload: gate.shown,
  };
}
