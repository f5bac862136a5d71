import { type ChildProcess, spawn } from 'node:child_process';

/** A program to run, and within which bounds. */
export interface CommandCall {
  readonly program: string;
  readonly args: readonly string[];
  /** The working folder. */
  readonly folder: string;
  /** All the program knows of the environment. */
  readonly environment: Readonly<Record<string, string>>;
  readonly deadlineMs: number;
  /** How much of the end of its output is kept. */
  readonly outputBytes: number;
  readonly signal?: AbortSignal | undefined;
}

/** How a program ended. */
export type CommandEnding =
  | { readonly type: 'exited'; readonly exitCode: number }
  | { readonly type: 'killed'; readonly by: string }
  | { readonly type: 'timed-out' }
  | { readonly type: 'not-started'; readonly code: string };

/** How a program ended, and the end of what it wrote. */
export interface CommandOutcome {
  readonly ending: CommandEnding;
  readonly output: Uint8Array;
}

/** How long the output of a program that has ended may be held open by one that left its group. */
const LAST_WORDS_MS = 1_000;

/**
 * Runs a program without a shell, in a process group of its own. When it ends, or is too slow, or the signal says so,
 * the whole group is ended.
 *
 * @throws the reason of the signal when that ended the program.
 */
export async function runCommand(call: CommandCall): Promise<CommandOutcome> {
  call.signal?.throwIfAborted();
  const child = spawn(call.program, [...call.args], {
    cwd: call.folder,
    env: { ...call.environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    // The leader of a group: what it starts can be ended with it, and a key pressed in the terminal does not reach it.
    detached: true,
    windowsHide: true,
  });
  const readTail = keepTail(child, call.outputBytes);
  const ending = await waitForEnd(child, call);
  call.signal?.throwIfAborted();
  return { ending, output: readTail() };
}

async function waitForEnd(child: ChildProcess, { deadlineMs, signal }: CommandCall): Promise<CommandEnding> {
  const ended = Promise.withResolvers<CommandEnding>();
  let isLate = false;
  const end = () => endGroup(child);
  const deadline = setTimeout(() => {
    isLate = true;
    end();
  }, deadlineMs);
  let lastWords: NodeJS.Timeout | undefined;
  signal?.addEventListener('abort', end);
  child.on('error', (error: NodeJS.ErrnoException) => {
    ended.resolve({ type: 'not-started', code: error.code ?? 'unknown' });
  });
  child.on('exit', () => {
    end();
    lastWords = setTimeout(
      () => [child.stdout, child.stderr].forEach((pipe) => pipe?.destroy()),
      LAST_WORDS_MS,
    );
  });
  child.on('close', (exitCode, by) => {
    ended.resolve(toEnding(isLate, exitCode, by));
  });
  try {
    return await ended.promise;
  } finally {
    clearTimeout(deadline);
    clearTimeout(lastWords);
    signal?.removeEventListener('abort', end);
  }
}

function toEnding(isLate: boolean, exitCode: number | null, by: NodeJS.Signals | null): CommandEnding {
  if (isLate) return { type: 'timed-out' };
  return exitCode === null ? { type: 'killed', by: by ?? 'a signal' } : { type: 'exited', exitCode };
}

/** Ends the program and what it started, as far as that is still in its group. */
function endGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === 'win32') child.kill('SIGKILL');
    else process.kill(-child.pid, 'SIGKILL');
  } catch (error) {
    // Nobody is left in the group.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

function keepTail({ stdout, stderr }: ChildProcess, most: number): () => Uint8Array {
  let tail: Buffer = Buffer.alloc(0);
  const add = (chunk: Buffer) => {
    tail = Buffer.concat([tail, chunk]).subarray(-most);
  };
  stdout?.on('data', add);
  stderr?.on('data', add);
  return () => tail;
}
