import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** How a process came to its end. */
export interface ProcessEnd {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly output: string;
  readonly errors: string;
}

/** Runs a script of this folder with the packages as their source is, with an order as JSON; ends it after `patienceMs`. */
export function runWorker(script: string, order: unknown, patienceMs = 600_000): Promise<ProcessEnd> {
  return runNode(['--conditions=@jarvis/source', ...argsOf(script, order)], { patienceMs });
}

/** Runs a script of this folder with the packages as they are built, which is what a user has. */
export function runBuiltWorker(script: string, order: unknown, patienceMs: number): Promise<ProcessEnd> {
  return runNode(argsOf(script, order), { patienceMs });
}

function argsOf(script: string, order: unknown): readonly string[] {
  return [fileURLToPath(new URL(script, import.meta.url)), JSON.stringify(order)];
}

/** Where and how long a process may run. */
export interface RunOptions {
  readonly cwd?: string;
  /** In milliseconds. Default: a minute. */
  readonly patienceMs?: number;
}

/** Runs Node with these arguments; nothing of the caller's configuration reaches it. */
export function runNode(args: readonly string[], options: RunOptions = {}): Promise<ProcessEnd> {
  const { cwd, patienceMs = 60_000 } = options;
  const env = { PATH: process.env['PATH'], HOME: process.env['HOME'] };
  const child = spawn(process.execPath, args, {
    env,
    timeout: patienceMs,
    killSignal: 'SIGTERM',
    ...(cwd === undefined ? {} : { cwd }),
  });
  const output: string[] = [];
  const errors: string[] = [];
  child.stdout.setEncoding('utf8').on('data', (text: string) => output.push(text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => errors.push(text));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (exitCode, signal) => {
      resolve({ exitCode, signal, output: output.join(''), errors: errors.join('') });
    });
  });
}

/** What a process has printed; throws when it failed. */
export function outputOf({ exitCode, output, errors }: ProcessEnd): string {
  if (exitCode !== 0) throw new Error(`a process that was to be measured failed: ${errors.trim()}`);
  return output;
}
