import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';

import { escapeOutput } from '../checks/escape-output.ts';
import type { GitEnvironment } from './git-call.ts';

export interface HookOptions {
  readonly root: string;
  readonly environment: GitEnvironment;
  /** The most time one hook may take. */
  readonly deadlineMs: number;
  /** Ends a hook that is running. */
  readonly signal?: AbortSignal | undefined;
}

/** How a hook ended. */
export type HookEnding =
  | { readonly type: 'exited'; readonly exitCode: number }
  | { readonly type: 'killed' }
  /** It was ended here: at its deadline, or by the signal. */
  | { readonly type: 'late' }
  | { readonly type: 'stopped' }
  | { readonly type: 'not-started'; readonly problem: string };

/** How a hook ended, and the end of what it wrote, safe to show on a terminal. */
export interface HookOutcome {
  readonly ending: HookEnding;
  readonly output: string;
}

const MAX_OUTPUT_BYTES = 4_096;

/** How long a hook that is to end may take to put its own things in order. */
const GRACE_MS = 2_000;
const POLL_MS = 20;

type HookProcess = ChildProcessByStdio<null, Readable, Readable>;

/**
 * Runs git on a hook, in a process group of its own. At the deadline, or when the signal says so, the whole group is
 * asked to end, and a moment later made to.
 */
export async function runHookProcess(
  { root, environment: { PATH, HOME }, deadlineMs, signal }: HookOptions,
  args: readonly string[],
  variables: Readonly<Record<string, string>>,
): Promise<HookOutcome> {
  if (signal?.aborted === true) return { ending: { type: 'stopped' }, output: '' };
  const child = spawn('git', args, {
    cwd: root,
    // Without an editor, as git itself says to hooks when none is opened.
    env: { PATH, HOME, LANG: 'C.UTF-8', GIT_EDITOR: ':', ...variables },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = collect([child.stdout, child.stderr]);
  const ended = endingOf(child);
  const wanted = Promise.withResolvers<HookEnding>();
  const timer = setTimeout(() => {
    wanted.resolve({ type: 'late' });
  }, deadlineMs);
  const stop = () => {
    wanted.resolve({ type: 'stopped' });
  };
  signal?.addEventListener('abort', stop, { once: true });
  try {
    const ending = await Promise.race([ended, wanted.promise]);
    if (ending.type === 'late' || ending.type === 'stopped') {
      await endGroup(child);
      await ended;
    }
    return { ending, output: output() };
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', stop);
  }
}

function endingOf(child: HookProcess): Promise<HookEnding> {
  const ended = Promise.withResolvers<HookEnding>();
  child.on('error', ({ message }) => {
    ended.resolve({ type: 'not-started', problem: message });
  });
  child.on('close', (exitCode) => {
    ended.resolve(exitCode === null ? { type: 'killed' } : { type: 'exited', exitCode });
  });
  return ended.promise;
}

/** Keeps the end of what is written: it says why. */
function collect(streams: readonly Readable[]): () => string {
  let bytes = Buffer.alloc(0);
  for (const stream of streams) {
    stream.on('data', (chunk: Buffer) => {
      bytes = Buffer.concat([bytes, chunk]).subarray(-MAX_OUTPUT_BYTES);
    });
  }
  return () => escapeOutput(bytes);
}

/** A hook is a process of git, and may have started others: git itself may be gone before they are. */
async function endGroup({ pid, stdout, stderr }: HookProcess): Promise<void> {
  const until = performance.now() + GRACE_MS;
  let isThere = signalGroup(pid, 'SIGTERM');
  while (isThere && performance.now() < until) {
    await sleep(POLL_MS);
    isThere = signalGroup(pid, 0);
  }
  if (isThere) signalGroup(pid, 'SIGKILL');
  // What has left the group may hold them open for ever.
  stdout.destroy();
  stderr.destroy();
}

/** Whether anybody was there to be told. */
function signalGroup(pid: number | undefined, signal: NodeJS.Signals | 0): boolean {
  try {
    return pid !== undefined && process.kill(-pid, signal);
  } catch {
    // Nobody is left in the group, or nobody who could still do anything.
    return false;
  }
}
