import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

import { z } from 'zod';

import type { Folders } from './evidence.ts';
import type { PosterOrder } from './poster.ts';

const doneSchema = z.object({ id: z.int() });

/** A process beside those that drive the runs; it posts to a run when it is told to. */
export class PosterProcess implements AsyncDisposable {
  readonly #child: ChildProcess;
  readonly #ended: Promise<unknown>;
  readonly #waiting = new Map<number, () => void>();
  #orders = 0;

  constructor() {
    const script = fileURLToPath(new URL('poster.ts', import.meta.url));
    const env = { PATH: process.env['PATH'] };
    this.#child = fork(script, [], { env, execArgv: ['--conditions=@jarvis/source'] });
    this.#ended = once(this.#child, 'exit');
    this.#child.on('message', (message) => {
      this.#waiting.get(doneSchema.parse(message).id)?.();
    });
  }

  /** Gives the only run of a project more rounds; resolves when that is posted. */
  async allowRounds({ workspace, stateDirectory }: Folders, maxRounds: number): Promise<void> {
    this.#orders += 1;
    const order: PosterOrder = { id: this.#orders, workspace, stateDirectory, maxRounds };
    const done = new Promise<void>((resolve) => this.#waiting.set(order.id, resolve));
    this.#child.send(order);
    const failed = this.#ended.then(() => {
      throw new Error('the process that posts has ended');
    });
    await Promise.race([done, failed]);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#child.connected) this.#child.disconnect();
    await this.#ended;
  }
}
