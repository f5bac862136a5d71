import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

import { z } from 'zod';

import type { ProcessEnd } from './evidence.ts';
import { API_KEY } from './scenarios/scenario.ts';
import type { WorkerOrder } from './worker.ts';

/** What a process that was not killed prints, as JSON. */
const workerResultSchema = z.object({
  status: z.string(),
  reason: z.string(),
  message: z.string(),
  /** How often it came to the place where it should have been killed; a command does not count. */
  arrivals: z.int().nonnegative().default(0),
});

/** Where Node.js keeps what it has compiled, so that the many processes start sooner. */
const COMPILED = fileURLToPath(new URL('../../node_modules/.cache/chaos', import.meta.url));

/** No worker takes longer than this, in milliseconds. */
const PATIENCE_MS = 60_000;

/** How a worker came to its end of itself. */
export type WorkerResult = Readonly<z.infer<typeof workerResultSchema>>;

/**
 * What a process printed that was not killed.
 *
 * @throws when it failed.
 */
export function readResult({ exitCode, output, errors }: ProcessEnd): WorkerResult {
  const result = workerResultSchema.safeParse(output === '' ? undefined : JSON.parse(output));
  if (!result.success) throw new Error(`the process failed with ${String(exitCode)}: ${errors.trim()}`);
  return result.data;
}

/** Runs one worker process to its end, which may be a kill after `killAfterMs`. */
export function runWorker(order: WorkerOrder, killAfterMs?: number): Promise<ProcessEnd> {
  const script = fileURLToPath(new URL('worker.ts', import.meta.url));
  return runProcess('worker', {
    script,
    args: [JSON.stringify(order)],
    home: order.stateDirectory,
    killAfterMs,
  });
}

/** As {@link runWorker}, with the command itself, which goes on with a run. */
export function runCommand(
  order: WorkerOrder & { readonly runId: string },
  killAfterMs?: number,
): Promise<ProcessEnd> {
  const script = fileURLToPath(new URL('../../packages/cli/src/bin.ts', import.meta.url));
  const { runId, workspace, stateDirectory, capUsd } = order;
  const where = ['--workspace', workspace, '--state-dir', stateDirectory];
  const change = capUsd === undefined ? [] : ['--max-cost', String(capUsd)];
  const args = ['resume', runId, '--json', ...where, ...change];
  return runProcess('command', { script, args, home: stateDirectory, killAfterMs });
}

interface Program {
  readonly script: string;
  readonly args: readonly string[];
  readonly home: string;
  readonly killAfterMs: number | undefined;
}

function runProcess(
  kind: ProcessEnd['kind'],
  { script, args, home, killAfterMs }: Program,
): Promise<ProcessEnd> {
  const startedAt = performance.now();
  // No key and no configuration of whoever calls this reaches the process.
  const env = {
    PATH: process.env['PATH'],
    HOME: home,
    OPENAI_API_KEY: API_KEY,
    NODE_COMPILE_CACHE: COMPILED,
  };
  const child = spawn(process.execPath, ['--conditions=@jarvis/source', script, ...args], { env });
  const output: string[] = [];
  const errors: string[] = [];
  child.stdout.setEncoding('utf8').on('data', (text: string) => output.push(text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => errors.push(text));
  const timer = setTimeout(() => child.kill('SIGKILL'), killAfterMs ?? PATIENCE_MS);

  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (exitCode, signal) => {
      clearTimeout(timer);
      const tookMs = performance.now() - startedAt;
      const wasKilled = signal === 'SIGKILL';
      resolve({ kind, wasKilled, exitCode, output: output.join(''), errors: errors.join(''), tookMs });
    });
  });
}
