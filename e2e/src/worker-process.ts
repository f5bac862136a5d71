import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

import { z } from 'zod';

import type { Desk } from './jarvis-command.ts';
import type { WorkerOrder, WorkerSetup } from './worker.ts';

/** What the worker's source is called in a project folder, which is of CommonJS. */
export const WORKER_FILE = 'worker.mts';

const answerSchema = z.union([
  z.looseObject({
    status: z.string(),
    reason: z.string(),
    message: z.string(),
    cost: z.looseObject({ inDoubtCalls: z.int(), calls: z.int() }),
  }),
  z.strictObject({ code: z.string(), message: z.string() }),
]);

const endSchema = z.tuple([z.number().nullable(), z.string().nullable()]);

/** The result of a run, or the error that was thrown. */
export type WorkerAnswer = Readonly<z.infer<typeof answerSchema>>;

/** A process on a run that uses the installed packages and may be told to end itself in the middle. */
export class WorkerProcess implements AsyncDisposable {
  readonly #child: ChildProcess;
  readonly #ended: Promise<unknown>;
  readonly #errors: string[] = [];

  constructor({ project, workspace, stateDirectory }: Desk, setup: Partial<WorkerSetup>) {
    const env = {
      PATH: process.env['PATH'],
      HOME: stateDirectory,
      OPENAI_API_KEY: 'any',
      NODE_COMPILE_CACHE: join(project.folder, '.compiled'),
    };
    const order = JSON.stringify({ workspace, stateDirectory, config: {}, ...setup });
    this.#child = fork(join(project.folder, WORKER_FILE), [order], { env, execArgv: [], stdio: 'pipe' });
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => this.#errors.push(text));
    this.#ended = once(this.#child, 'exit');
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** Gives an order that has no answer. */
  tell(order: WorkerOrder): void {
    this.#child.send(order);
  }

  /** Gives an order and waits for the answer; rejects when the process ends without one. */
  async ask(order: WorkerOrder): Promise<WorkerAnswer> {
    const answered = once(this.#child, 'message');
    this.tell(order);
    const first: unknown = await Promise.race([answered.then(([answer]) => answer as unknown), this.#ended]);
    const answer = answerSchema.safeParse(first);
    if (!answer.success) throw new Error(`the worker gave no answer: ${this.#errors.join('')}`);
    return answer.data;
  }

  /** Gives an order and waits until the process has killed itself; rejects when it comes to an answer. */
  async die(order: WorkerOrder): Promise<void> {
    const answered = once(this.#child, 'message').then(([answer]) => {
      throw new Error(`the worker was not killed: ${JSON.stringify(answer)}`);
    });
    this.tell(order);
    const [, signal] = endSchema.parse(await Promise.race([answered, this.#ended]));
    if (signal !== 'SIGKILL') throw new Error(`the worker failed: ${this.#errors.join('')}`);
  }

  /** Lets it end of itself. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#child.connected) this.#child.disconnect();
    await this.#ended;
  }
}
