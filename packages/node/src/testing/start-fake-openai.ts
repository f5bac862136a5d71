import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Server } from 'node:http';

import { PortUnavailableError } from './errors.ts';
import { FakeOpenAiServer } from './fake-openai-server.ts';
import { RequestAnswerer } from './request-answerer.ts';
import { RequestLog } from './request-log.ts';
import { ScriptPlayer } from './script-player.ts';
import { parseScript } from './script.ts';
import type { CheckedScript, Script } from './script.ts';

/** How the fake OpenAI server is set up. */
export interface FakeOpenAiOptions {
  /** What it answers. */
  readonly script: Script;
  /** Default: 0, any free port. */
  readonly port?: number;
  /** A JSONL file to which each request is appended before it is answered. Default: none. */
  readonly requestLog?: string;
  /** Whether a request without a bearer token gets 401. Any token will do. Default: `false`. */
  readonly requireKey?: boolean;
  /** What `GET /v1/models` lists; requests may name any model. Default: `['fake-model']`. */
  readonly models?: readonly string[];
}

/**
 * Starts a server on 127.0.0.1 that speaks the protocol of OpenAI's chat completions and answers by script:
 * real HTTP, no network, no key, no money, and every failure on demand. Use it to see how your own set-up
 * behaves when the model refuses, the connection breaks or the bill is absurd.
 *
 * @example
 * ```ts
 * const server = await startFakeOpenAi({
 *   script: {
 *     byRole: {
 *       manager: [{ type: 'json', content: { steps: ['Write index.html'] } }],
 *       employee: [
 *         { type: 'status', status: 429, retryAfter: 1 },
 *         { type: 'cutInBody' },
 *         { type: 'text', content: 'Done, at request {{n}}.', usage: { promptTokens: 7 }, repeat: 'forever' },
 *       ],
 *     },
 *   },
 * });
 *
 * const client = new OpenAI({ baseURL: server.baseUrl, apiKey: 'any' });
 * // … let your program talk to it …
 *
 * server.requests.map(({ role, outcome }) => `${role}: ${outcome}`); // ['manager: answered', 'employee: answered', …]
 * server.unusedReplies(); // what nobody asked for
 * await server.close();
 * ```
 *
 * @throws {@link InvalidScriptError} when the script has a mistake; all of them are named.
 * @throws {@link PortUnavailableError} when the port is taken.
 */
export async function startFakeOpenAi(options: FakeOpenAiOptions): Promise<FakeOpenAiServer> {
  const { script, ...settings } = options;
  return startWithScript(parseScript(script, 'The script'), settings);
}

/** As {@link startFakeOpenAi}, with a script that was loaded and checked elsewhere. */
export async function startWithScript(
  script: CheckedScript,
  settings: Omit<FakeOpenAiOptions, 'script'>,
): Promise<FakeOpenAiServer> {
  const { port = 0, requestLog, requireKey = false, models = ['fake-model'] } = settings;
  const player = new ScriptPlayer(script);
  const log = new RequestLog(requestLog);
  const answerer = new RequestAnswerer(player, log, { requireKey, models });
  // An idle connection stays open, or a client might send into one that is just being closed.
  const http = createServer({ keepAliveTimeout: 0 });
  try {
    return new FakeOpenAiServer({ http, port: await listen(http, port), player, log, answerer });
  } catch (error) {
    log.close();
    throw error;
  }
}

async function listen(http: Server, port: number): Promise<number> {
  try {
    http.listen(port, '127.0.0.1');
    await once(http, 'listening');
  } catch (cause) {
    throw new PortUnavailableError({ port, cause });
  }
  const address = http.address();
  return typeof address === 'object' && address !== null ? address.port : port;
}
