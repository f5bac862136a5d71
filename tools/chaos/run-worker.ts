import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

import { z } from 'zod';

import type { WorkerOrder } from './worker.ts';

/** What a worker that was not killed prints, as JSON. */
const workerResultSchema = z.object({
  status: z.string(),
  reason: z.string(),
  message: z.string(),
  /** How often it came to the place where it should have been killed. */
  arrivals: z.int().nonnegative(),
});

/** No worker takes longer than this, in milliseconds. */
const PATIENCE_MS = 60_000;

/** How a worker came to its end of itself. */
export type WorkerResult = Readonly<z.infer<typeof workerResultSchema>>;

export interface WorkerEnd {
  /** Whether the process was ended by SIGKILL. */
  readonly wasKilled: boolean;
  readonly exitCode: number | null;
  readonly output: string;
  readonly errors: string;
  readonly tookMs: number;
}

/**
 * What a worker printed that was not killed.
 *
 * @throws when it failed.
 */
export function readResult({ exitCode, output, errors }: WorkerEnd): WorkerResult {
  if (exitCode !== 0) throw new Error(`the worker failed: ${errors.trim()}`);
  return workerResultSchema.parse(JSON.parse(output));
}

/** Runs one worker process to its end, which may be a kill after `killAfterMs`. */
export function runWorker(order: WorkerOrder, killAfterMs?: number): Promise<WorkerEnd> {
  const script = fileURLToPath(new URL('worker.ts', import.meta.url));
  const startedAt = performance.now();
  // No key and no configuration of whoever calls this reaches the worker.
  const env = { PATH: process.env['PATH'], HOME: order.stateDirectory, OPENAI_API_KEY: 'chaos' };
  const child = spawn(process.execPath, ['--conditions=@jarvis/source', script, JSON.stringify(order)], {
    env,
  });
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
      resolve({ wasKilled, exitCode, output: output.join(''), errors: errors.join(''), tookMs });
    });
  });
}
