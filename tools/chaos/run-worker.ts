import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

import type { WorkerOrder } from './worker.ts';

/** No worker takes longer than this, in milliseconds. */
const PATIENCE_MS = 60_000;

export interface WorkerEnd {
  /** Whether the process was ended by SIGKILL. */
  readonly wasKilled: boolean;
  readonly exitCode: number | null;
  readonly output: string;
  readonly errors: string;
  readonly tookMs: number;
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
