import { readRunRecords, type RunRecord } from '@jarvis/loops';
import { nodeRunContext } from '@jarvis/node';
import {
  type FakeOpenAiServer,
  type NumberedRequest,
  type SingleReply,
  startFakeOpenAi,
} from '@jarvis/node/testing';
import { z } from 'zod';

import { type Desk, layOut, startJarvis } from './jarvis-command.ts';
import type { ProgramEnd, RunningProgram } from './run-program.ts';
import type { WorkerOrder, WorkerSetup } from './worker.ts';
import { type WorkerAnswer, WorkerProcess } from './worker-process.ts';

/** The task of every run here. */
const TASK = 'Build a page about knots';

const MODEL = 'gpt-4.1-mini';

export interface BenchOptions {
  /** The rounds until the work is approved. Default: 1. */
  readonly rounds?: number;
  /** Whether the first answer to each question cannot be read, so that it takes two calls. Default: no. */
  readonly mumbles?: boolean;
  /** Called before each answer, which waits until it is through. */
  readonly beforeAnswer?: (request: NumberedRequest) => Promise<void>;
  /** Beside the server and the models. */
  readonly config?: Readonly<Record<string, unknown>>;
}

/** What is said to the command beside the run. */
export interface CommandOptions {
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

const resultSchema = z.looseObject({
  status: z.string(),
  reason: z.string(),
  nextCommand: z.string().optional(),
  cost: z.looseObject({
    capUsd: z.number(),
    spentUsd: z.number(),
    inDoubtUsd: z.number(),
    inDoubtCalls: z.int(),
    calls: z.int(),
  }),
});

/** One run, a model server that answers it, and processes that work on it, one after the other or against each other. */
export class FaultBench implements AsyncDisposable {
  readonly desk: Desk;
  readonly server: FakeOpenAiServer;
  readonly #config: Readonly<Record<string, unknown>>;

  constructor(desk: Desk, server: FakeOpenAiServer, config: BenchOptions['config'] = {}) {
    this.desk = desk;
    this.server = server;
    this.#config = {
      models: { manager: MODEL, employee: MODEL },
      llm: { baseUrl: server.baseUrl },
      ...config,
    };
  }

  /** Starts a process that works with the installed packages. */
  startWorker(setup: Partial<WorkerSetup> = {}): WorkerProcess {
    return new WorkerProcess(this.desk, { config: this.#config, ...setup });
  }

  /** Starts the run, or goes on with it, in a process that does not survive the place. */
  async dieAt(place: string, arrival = 1, setup: Partial<WorkerSetup> = {}): Promise<void> {
    const runId = await this.findRunId();
    const order: WorkerOrder = runId === undefined ? { type: 'run', task: TASK } : { type: 'resume', runId };
    await this.startWorker({ ...setup, crash: { place, arrival } }).die(order);
  }

  /** Goes on with the run through the packages. */
  async resumeInWorker(force = false, setup: Partial<WorkerSetup> = {}): Promise<WorkerAnswer> {
    await using worker = this.startWorker(setup);
    return await worker.ask({ type: 'resume', runId: await this.requireRunId(), force });
  }

  /** Starts the run through the command, without waiting. */
  startRun(): RunningProgram {
    return this.#start(['run', TASK, '--model', MODEL, '--base-url', this.server.baseUrl]);
  }

  /** Goes on with the run through the command, without waiting. */
  async startResume({ args = [], env = {} }: CommandOptions = {}): Promise<RunningProgram> {
    return this.#start(['resume', await this.requireRunId(), '--json', ...args], env);
  }

  /** Goes on with the run through the command, and reads what it tells. */
  async resume(options: CommandOptions = {}): Promise<{ readonly code: number | null } & CliResult> {
    const end = await (await this.startResume(options)).ended;
    return { code: end.code, ...readCliResult(end) };
  }

  /** The records of the run, read back from disk and proved. */
  async readRecords(): Promise<readonly RunRecord[]> {
    const runId = await this.requireRunId();
    return this.#read(({ journal }) => readRunRecords(journal, runId));
  }

  /** How often each step was asked for, in the order of the first requests. */
  countRequests(): readonly number[] {
    const byStep = Map.groupBy(this.server.requests, ({ stepId }) => stepId);
    return [...byStep.values()].map(({ length }) => length);
  }

  /** The only run, if one was accepted. */
  async findRunId(): Promise<string | undefined> {
    const runs = await this.#read(({ journal }) => journal.listRuns());
    if (runs.length > 1) throw new Error(`there are ${String(runs.length)} runs`);
    return runs[0];
  }

  async requireRunId(): Promise<string> {
    const runId = await this.findRunId();
    if (runId === undefined) throw new Error('there is no run');
    return runId;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.server.close();
  }

  #start(args: readonly string[], env: CommandOptions['env'] = {}): RunningProgram {
    const NODE_COMPILE_CACHE = `${this.desk.project.folder}/.compiled`;
    return startJarvis(this.desk, args, { OPENAI_API_KEY: 'any', NODE_COMPILE_CACHE, ...env });
  }

  async #read<Result>(
    look: (context: Awaited<ReturnType<typeof nodeRunContext>>) => Promise<Result>,
  ): Promise<Result> {
    const context = await nodeRunContext(this.desk);
    try {
      return await look(context);
    } finally {
      await context.journal.close();
    }
  }
}

type CliResult = z.infer<typeof resultSchema>;

/** What `--json` printed. */
function readCliResult({ out, err }: ProgramEnd): CliResult {
  const result = resultSchema.safeParse(out === '' ? undefined : JSON.parse(out));
  if (!result.success) throw new Error(`the command printed no result: ${err}${out}`);
  return result.data;
}

/** Lays out a folder of its own for a test, with a server that answers as a team would. */
export async function openBench(
  folder: string,
  name: string,
  options: BenchOptions = {},
): Promise<FaultBench> {
  const { rounds = 1, mumbles = false, beforeAnswer, config } = options;
  const server = await startFakeOpenAi({
    script: async (request) => {
      await beforeAnswer?.(request);
      const isFirst = !request.messages.some(({ role }) => role === 'assistant');
      return mumbles && isFirst ? MUMBLE : answer(request, rounds);
    },
  });
  return new FaultBench(await layOut({ folder }, name), server, config);
}

const usage = { promptTokens: 900, completionTokens: 400 };

const MUMBLE: SingleReply = { type: 'text', content: 'Let me think of knots.', usage };

const briefSchema = z.looseObject({ round: z.int().default(0) });

/** Depends on the question alone, so that every run ends in the same files. */
function answer({ messages }: NumberedRequest, rounds: number): SingleReply {
  const user = messages.find(({ role }) => role === 'user')?.text ?? '{}';
  const brief = briefSchema.parse(JSON.parse(user));
  return { type: 'json', content: contentOf(brief, rounds), usage };
}

function contentOf(brief: z.infer<typeof briefSchema>, rounds: number): unknown {
  const { round } = brief;
  if ('findings' in brief) {
    const approved = round >= rounds;
    return { approved, feedback: approved ? [] : [`index.html: tell of knot ${String(round + 1)}.`] };
  }
  if (round > 0) return { summary: 'Wrote it.', files: [{ path: 'index.html', content: renderPage(round) }] };
  return { steps: ['Write index.html'], acceptanceCriteria: ['It names knots'] };
}

/** What the page holds after a round. */
export function renderPage(round: number): string {
  const title = `Knot ${String(round)}`;
  return `<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>${title}</title></head><body><h1>${title}</h1></body></html>\n`;
}
