import {
  byteTokenCounter,
  foldSession,
  type RunContext,
  selectSessionContext,
  type Session,
  type SessionContext,
} from '@jarvis/core';

import type { InboxCommand } from '../engine/inbox.ts';
import { readSession, type SessionRuns } from './read-session.ts';

/** The world a memory lives in. */
export type MemoryContext = Pick<RunContext, 'journal' | 'clock' | 'workspace'>;

/** Which runs are remembered. */
export interface MemoryOptions {
  /** The name of a session. Default: the runs on the folder that were given no name. */
  readonly session?: string;
  /** The most runs, the newest ones. Default: 20. */
  readonly newest?: number;
}

const NEWEST = 20;

const FORGET: InboxCommand = { type: 'forget' };

/**
 * What earlier runs on a project decided, found and left open. It is folded from their journals, so there is nothing
 * to keep in step; load it again to see what has happened since.
 */
export class OrchestratorMemory {
  readonly #context: MemoryContext;
  readonly #loaded: SessionRuns;
  readonly #forgotten = new Set<string>();

  private constructor(context: MemoryContext, loaded: SessionRuns) {
    this.#context = context;
    this.#loaded = loaded;
  }

  /** Reads the session of the project folder. Needs no lease, and changes nothing. */
  static async load(
    context: MemoryContext,
    { session, newest = NEWEST }: MemoryOptions = {},
  ): Promise<OrchestratorMemory> {
    const { root: workspace } = context.workspace;
    const loaded = await readSession(context.journal, { workspace, session, newest });
    return new OrchestratorMemory(context, loaded);
  }

  /** Everything that is remembered. */
  get session(): Session {
    return foldSession(this.#loaded.runs, this.#forgotten);
  }

  /** Ids of runs about which nothing can be told: their records do not hold, or a later release wrote them. */
  get unreadable(): readonly string[] {
    return this.#loaded.unreadable;
  }

  /**
   * What to tell a run before it begins, the most relevant first. Its text was written by models and users: quote it
   * as data in a prompt.
   *
   * @param task what the run is to do
   * @param budgetTokens the most tokens; a byte counts as one, which is never too few
   */
  context(task: string, budgetTokens: number): SessionContext {
    return selectSessionContext(this.session, {
      task,
      budgetTokens,
      count: (text) => byteTokenCounter.count(text, ''),
    });
  }

  /**
   * Tells later runs nothing of a run, for good. Its records stay, so that it can be shown and resumed; `pruneRuns`
   * removes them. Forgetting twice is forgetting once.
   *
   * @throws {@link RunNotFoundError} when there is no such run.
   */
  async forget(runId: string): Promise<void> {
    const { journal, clock } = this.#context;
    await journal.post({ runId, id: 'forget', body: JSON.stringify(FORGET), atMs: clock.nowMs() });
    this.#forgotten.add(runId);
  }
}
