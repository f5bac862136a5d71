import { setImmediate } from 'node:timers/promises';

/** What became of one of the requests that shared a commit. */
export type Outcome<Result> = { readonly result: Result } | { readonly error: unknown };

interface Waiting<Request, Result> {
  readonly request: Request;
  readonly settle: (outcome: Outcome<Result>) => void;
}

/**
 * Brings requests that wait at the same time into one commit. SQLite blocks the process while it flushes; what the
 * runs of this process ask for meanwhile is found all at once afterwards, so the busier it gets, the more is shared.
 */
export class SharedCommits<Request, Result> {
  readonly #commit: (requests: readonly Request[]) => Promise<readonly Outcome<Result>[]>;
  #waiting: Waiting<Request, Result>[] = [];
  #working: Promise<void> | undefined;

  /** `commit` gives one outcome for each request, in order, and does not reject. */
  constructor(commit: (requests: readonly Request[]) => Promise<readonly Outcome<Result>[]>) {
    this.#commit = commit;
  }

  add(request: Request): Promise<Result> {
    return new Promise((resolve, reject) => {
      const settle = (outcome: Outcome<Result>) => {
        if ('result' in outcome) resolve(outcome.result);
        else reject(outcome.error instanceof Error ? outcome.error : new Error(String(outcome.error)));
      };
      this.#waiting.push({ request, settle });
      this.#working ??= this.#work();
    });
  }

  /** Resolves when nothing waits any more. */
  async settled(): Promise<void> {
    await this.#working;
  }

  async #work(): Promise<void> {
    while (this.#waiting.length > 0) {
      // Everything that is asked for in this turn of the event loop comes along.
      await setImmediate();
      const batch = this.#waiting;
      this.#waiting = [];
      const outcomes = await this.#commit(batch.map(({ request }) => request));
      for (const [index, outcome] of outcomes.entries()) batch[index]?.settle(outcome);
    }
    this.#working = undefined;
  }
}
