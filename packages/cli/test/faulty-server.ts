import { setTimeout } from 'node:timers/promises';

import {
  Circuits,
  type Clock,
  defaultConfig,
  defaultRetryPolicy,
  type LlmClient,
  type ModeName,
  type RunContext,
} from '@jarvis/core';
import { MarkerSecretScanner, testRunContext } from '@jarvis/core/testing';
import { type Dialect, JarvisOrchestrator, modernDialect, type RunResult } from '@jarvis/loops';
import { createOpenAiLlmClient } from '@jarvis/node/openai';
import { type SingleReply, startFakeOpenAi } from '@jarvis/node/testing';

import { type Purpose, serveTeam } from './served-team.ts';

/** As the product asks again, but for the length of the pauses. */
export const impatientDialect: Dialect = {
  ...modernDialect,
  retry: { ...defaultRetryPolicy, firstDelayMs: 1 },
};

/** A value that must not leave the machine. */
export const KNOWN_SECRET = 'the-key-of-this-machine';

/** Nobody waits longer than this here: time jumps, as it does over the rest a server that fails is given. */
const LONG_MS = 1_000;

/** The time of the machine, on which the deadline of an exchange passes when the test says so. */
export class DeadlineClock implements Clock {
  #expire: (() => void) | undefined;
  #skippedMs = 0;

  nowMs(): number {
    return Date.now() + this.#skippedMs;
  }

  monotonicMs(): number {
    return performance.now() + this.#skippedMs;
  }

  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    if (ms !== defaultConfig.llm.deadlineMs) {
      if (ms > LONG_MS) this.#skippedMs += ms;
      else await setTimeout(ms, undefined, signal === undefined ? {} : { signal });
      return;
    }
    await new Promise<void>((resolve, reject) => {
      this.#expire = resolve;
      signal?.addEventListener('abort', () => reject(new Error('in time')), { once: true });
    });
  }

  /** Lets the deadline of the exchange that is waited for pass. */
  expire(): void {
    this.#expire?.();
  }
}

/** What goes wrong at the questions of one kind. */
export type Fault =
  | { readonly type: 'reply'; readonly reply: SingleReply }
  /** The server does not answer until the deadline has passed. */
  | { readonly type: 'silence' }
  /** Nobody listens at the address. */
  | { readonly type: 'nobody' };

export interface FaultyRun {
  readonly mode: ModeName;
  readonly task?: string;
  readonly purpose: Purpose;
  readonly fault: Fault;
  /** How often it goes wrong. Default: always. */
  readonly times?: number;
  /** The model that stands in when the usual one does not answer; it has no fault. Default: none. */
  readonly standIn?: string;
}

/** What became of a run. */
export interface Outcome {
  readonly result: RunResult;
  /** What was asked for, in order, whether or not it was answered. */
  readonly asked: readonly Purpose[];
  /** Goes on once the server has recovered. */
  readonly resume: () => Promise<RunResult>;
  readonly [Symbol.asyncDispose]: () => Promise<void>;
}

/** Runs a task with a model server that has the fault, over HTTP; files and journal are in memory. */
export async function runWithFault(run: FaultyRun): Promise<Outcome> {
  const { mode, task = 'Write down how a bowline is tied', standIn } = run;
  const clock = new DeadlineClock();
  const asked: Purpose[] = [];
  let times = run.times ?? Infinity;
  const server = await startFakeOpenAi({
    script: serveTeam(({ purpose, time, request }) => {
      asked.push(purpose);
      if (purpose !== run.purpose || time > times || request.model === standIn) return undefined;
      return toReply(run.fault, clock);
    }),
  });
  const served = connect(server.baseUrl);
  const nowhere = connect(await findClosedAddress());
  const llm: LlmClient = {
    complete: async (request, call) => {
      const isRefused = run.fault.type === 'nobody' && request.purpose === run.purpose && times > 0;
      if (!isRefused || request.model === standIn) return served.complete(request, call);
      times -= 1;
      asked.push(run.purpose);
      return nowhere.complete(request, call);
    },
  };
  const context = createWorld({ llm, clock, standIn });
  const jarvis = new JarvisOrchestrator({ dialect: impatientDialect, mode, context });
  const result = await jarvis.run({ task });
  const resume = async () => {
    times = 0;
    return jarvis.resume(result.runId);
  };
  return { result, asked, resume, [Symbol.asyncDispose]: () => server.close() };
}

/** Answers are small here, and what is larger is found out soon. */
const MAX_BODY_BYTES = 200_000;

function connect(baseUrl: string): LlmClient {
  return createOpenAiLlmClient({ apiKey: KNOWN_SECRET, baseUrl, maxBodyBytes: MAX_BODY_BYTES });
}

function toReply(fault: Fault, clock: DeadlineClock): SingleReply | undefined {
  if (fault.type === 'nobody') return undefined;
  if (fault.type === 'reply') return fault.reply;
  clock.expire();
  return { type: 'hang' };
}

interface Parts {
  readonly llm: LlmClient;
  readonly clock: Clock;
  readonly standIn?: string | undefined;
  /** Default: one that passes when the clock says so. */
  readonly deadlineMs?: number;
}

/** A world in memory whose model server is a real one. */
export function createWorld({ llm, clock, standIn, deadlineMs }: Parts): RunContext {
  const { manager, employee } = defaultConfig.models;
  const fallbacks = standIn === undefined ? {} : { [manager]: [standIn], [employee]: [standIn] };
  const settings = { ...defaultConfig.llm, fallbacks, ...(deadlineMs === undefined ? {} : { deadlineMs }) };
  return testRunContext({
    llm,
    clock,
    config: { ...defaultConfig, llm: settings },
    secrets: new MarkerSecretScanner([], [KNOWN_SECRET]),
    circuits: new Circuits(clock),
  });
}

/** An address at which nobody listens any more. */
async function findClosedAddress(): Promise<string> {
  await using server = await startFakeOpenAi({ script: [] });
  return server.baseUrl;
}
