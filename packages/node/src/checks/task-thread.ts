import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/** What became of one task. */
export type TaskOutcome =
  { readonly type: 'done'; readonly value: unknown } | { readonly type: 'timed-out' | 'failed' };

export interface TaskThreadOptions {
  /** The module the thread runs: it answers each message with one. */
  readonly entry: URL;
  /** How long one task may take. */
  readonly timeoutMs: number;
}

const MAX_MEMORY_MB = 512;
const IDLE_MS = 30_000;

/**
 * Does tasks over text from outside in a thread of its own, one after the other. What takes too long or too much
 * memory is ended without holding up anything else; the tasks after it get a fresh thread. An idle thread keeps no
 * process alive, and ends after a while.
 */
export class TaskThread {
  readonly #options: TaskThreadOptions;
  #worker: Worker | undefined;
  #idle: NodeJS.Timeout | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(options: TaskThreadOptions) {
    this.#options = options;
  }

  /** The outcomes of the tasks, in their order. */
  run(tasks: readonly unknown[]): Promise<readonly TaskOutcome[]> {
    const outcomes = this.#last.then(() => this.#runAll(tasks));
    this.#last = outcomes;
    return outcomes;
  }

  async #runAll(tasks: readonly unknown[]): Promise<readonly TaskOutcome[]> {
    clearTimeout(this.#idle);
    const outcomes: TaskOutcome[] = [];
    for (const task of tasks) {
      this.#worker ??= startWorker(this.#options.entry);
      this.#worker.ref();
      const outcome = await askWorker(this.#worker, task, this.#options.timeoutMs);
      outcomes.push(outcome);
      if (outcome.type !== 'done') await this.#end();
    }
    this.#worker?.unref();
    this.#idle = setTimeout(() => void this.#end(), IDLE_MS).unref();
    return outcomes;
  }

  async #end(): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    await worker?.terminate();
  }
}

/** A module beside another one, which is TypeScript in the repository and JavaScript in the package. */
export function moduleBeside(name: string, url: string): URL {
  return new URL(url.endsWith('.ts') ? `./${name}.ts` : `./${name}.js`, url);
}

function startWorker(entry: URL): Worker {
  const worker = new Worker(entry, {
    // The options and the environment of this process are not the business of a thread that reads texts.
    execArgv: [],
    env: {},
    resourceLimits: { maxOldGenerationSizeMb: MAX_MEMORY_MB },
  });
  // The task under way learns of the error; without a listener it would end this process as well.
  return worker.on('error', () => undefined);
}

async function askWorker(worker: Worker, task: unknown, timeoutMs: number): Promise<TaskOutcome> {
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    worker.postMessage(task);
    const answer: readonly unknown[] = await once(worker, 'message', { signal: timeout });
    return { type: 'done', value: answer[0] };
  } catch {
    // Nothing the thread says about a text is passed on: the text itself may be in it.
    return { type: timeout.aborted ? 'timed-out' : 'failed' };
  }
}
