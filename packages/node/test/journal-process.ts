import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

import { onTestFinished } from 'vitest';
import { z } from 'zod';

const FIXTURE = fileURLToPath(new URL('fixtures/journal-worker.ts', import.meta.url));

const answerSchema = z.union([
  z.strictObject({ value: z.union([z.string(), z.number()]) }),
  z.strictObject({ code: z.string(), owner: z.string() }),
]);

/** A message comes with the handle that was sent along, which is none. */
const answersSchema = z.tuple([answerSchema], z.unknown());

export type Answer = z.infer<typeof answerSchema>;

export type Action =
  | 'acquire'
  | 'begin'
  | 'goOn'
  | 'post'
  | 'dieBeforeCommit'
  | 'dieForgetting'
  | 'dieForgotten'
  | 'lock'
  | 'close';

/** Starts a process on the journal of a directory. */
export async function startJournalProcess(directory: string): Promise<JournalProcess> {
  const child = fork(FIXTURE, [directory], { execArgv: ['--conditions=@jarvis/source'], stdio: 'pipe' });
  const started = new JournalProcess(child);
  onTestFinished(() => started.kill());
  await once(child, 'message');
  return started;
}

/** Another process that works on a journal. It is killed when the test ends. */
export class JournalProcess {
  readonly #child: ChildProcess;

  constructor(child: ChildProcess) {
    this.#child = child;
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  async ask(action: Action, subject = ''): Promise<Answer> {
    const answered = once(this.#child, 'message');
    this.#child.send({ action, subject });
    return answersSchema.parse(await answered)[0];
  }

  /** Tells it something it will not survive; resolves when it is dead. */
  async tellToDie(action: Action, subject: string): Promise<void> {
    const ended = once(this.#child, 'exit');
    this.#child.send({ action, subject });
    await ended;
  }

  /** Stops it as a laptop that is closed does: it neither works nor beats, and does not know it. */
  async sleepFor(work: () => Promise<void>): Promise<void> {
    this.#child.kill('SIGSTOP');
    try {
      await work();
    } finally {
      this.#child.kill('SIGCONT');
    }
  }

  async kill(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await ended;
  }
}
