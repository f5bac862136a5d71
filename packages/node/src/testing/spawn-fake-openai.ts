import { spawn } from 'node:child_process';
import type { ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { extname } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';

import { z } from 'zod';

import { FakeOpenAiNotStartedError } from './errors.ts';
import { FakeOpenAiProcess } from './fake-openai-process.ts';
import { toCommandLine } from './parse-arguments.ts';
import type { FakeOpenAiArguments, ScriptSource } from './parse-arguments.ts';

/** How the fake OpenAI server is set up when it runs as its own process. */
export type SpawnFakeOpenAiOptions = ScriptSource & {
  /** The JSONL file to which each request is appended before it is answered. */
  readonly requestLog: string;
  /** Default: 0, any free port. */
  readonly port?: number;
  /** Whether a request without a bearer token gets 401. Default: `false`. */
  readonly requireKey?: boolean;
  /** What `GET /v1/models` lists. Default: `['fake-model']`. */
  readonly models?: readonly string[];
  /** How long to wait until it listens. Default: 10,000. */
  readonly startTimeoutMs?: number;
};

type Child = ChildProcessByStdio<Writable, Readable, Readable>;

const STDERR_KEPT = 4096;

const readySchema = z.object({ baseUrl: z.url(), pid: z.int() });

/**
 * Starts the fake OpenAI server as a process of its own, so that it outlives a client that is killed. It ends
 * when it is stopped, and when the process that started it ends, however that happens.
 *
 * @example
 * ```ts
 * const server = await spawnFakeOpenAi({ scriptModule: './answers.mjs', requestLog: '/tmp/requests.jsonl' });
 * // … start a client with server.baseUrl, kill it, start it again …
 * const requests = await server.requests();
 * await server.stop();
 * ```
 *
 * @throws {@link FakeOpenAiNotStartedError} when it ends, or says nothing, before it listens.
 */
export async function spawnFakeOpenAi(options: SpawnFakeOpenAiOptions): Promise<FakeOpenAiProcess> {
  const { requestLog, startTimeoutMs = 10_000 } = options;
  const child = spawn(process.execPath, [...toNodeArguments(), ...toCommandLine(toArguments(options))], {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const stderr = keepStderr(child);
  try {
    const { baseUrl, pid } = await untilReady(child, startTimeoutMs);
    return new FakeOpenAiProcess({ child, baseUrl, pid, requestLog });
  } catch (cause) {
    child.kill('SIGKILL');
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new FakeOpenAiNotStartedError({ reason, stderr: stderr(), cause });
  }
}

function toArguments(options: SpawnFakeOpenAiOptions): FakeOpenAiArguments {
  const { requestLog, port = 0, requireKey = false, models } = options;
  const script: ScriptSource =
    'scriptFile' in options ? { scriptFile: options.scriptFile } : { scriptModule: options.scriptModule };
  return { script, port, requestLog, requireKey, ...(models && { models }), exitWithParent: true };
}

/** The main file is this file's neighbour and was built, or not, with it. */
function toNodeArguments(): readonly string[] {
  const extension = extname(fileURLToPath(import.meta.url));
  const main = fileURLToPath(new URL(`fake-openai-main${extension}`, import.meta.url));
  return extension === '.ts' ? ['--conditions=@jarvis/source', main] : [main];
}

function keepStderr({ stderr }: Child): () => string {
  let kept = '';
  stderr.setEncoding('utf8').on('data', (text: string) => {
    kept = (kept + text).slice(-STDERR_KEPT);
  });
  return () => kept;
}

async function untilReady(child: Child, timeoutMs: number): Promise<z.infer<typeof readySchema>> {
  const settled = new AbortController();
  const timeout = AbortSignal.timeout(timeoutMs);
  const signal = AbortSignal.any([settled.signal, timeout]);
  try {
    return await Promise.race([untilLine(child, signal), untilEnd(child, signal)]);
  } catch (error) {
    throw timeout.aborted ? new Error(`it did not listen within ${String(timeoutMs)} ms`) : error;
  } finally {
    settled.abort();
  }
}

async function untilLine({ stdout }: Child, signal: AbortSignal): Promise<z.infer<typeof readySchema>> {
  const [line] = z.tuple([z.string()]).parse(await once(createInterface(stdout), 'line', { signal }));
  return readySchema.parse(JSON.parse(line));
}

async function untilEnd(child: Child, signal: AbortSignal): Promise<never> {
  await once(child, 'close', { signal });
  throw new Error(`its process ended with ${child.signalCode ?? `exit code ${String(child.exitCode)}`}`);
}
