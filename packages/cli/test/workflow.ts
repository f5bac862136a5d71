import { readRunRecords, type RunRecord } from '@jarvis/loops';
import { nodeRunContext } from '@jarvis/node';
import { type RequestLogEntry, startFakeOpenAi } from '@jarvis/node/testing';
import { join } from 'node:path';
import { z } from 'zod';

import { type CommandLine, runIdIn } from './command-line.ts';
import { type Brief, type Exception, type Purpose, serveTeam } from './served-team.ts';

const stageSchema = z.object({ status: z.string(), brief: z.object({ name: z.string() }) });

const viewSchema = z.object({
  status: z.string(),
  stop: z.object({ reason: z.string(), message: z.string(), retryAtMs: z.number().optional() }),
  nextCommand: z.string().optional(),
  team: z.object({ mode: z.string(), because: z.string() }).optional(),
  files: z.array(z.string()),
  commits: z.array(z.object({ id: z.string(), subject: z.string() })),
  messages: z.array(
    z.object({
      id: z.string(),
      kind: z.string(),
      from: z.string(),
      to: z.string(),
      threadId: z.string(),
      replyTo: z.string().optional(),
      sequence: z.number(),
      payload: z.record(z.string(), z.unknown()),
    }),
  ),
  roadmap: z.object({ stages: z.array(stageSchema) }),
  cost: z.object({
    spentUsd: z.number(),
    inDoubtUsd: z.number(),
    calls: z.number(),
    lines: z.array(z.object({ role: z.string(), model: z.string(), calls: z.number(), usd: z.number() })),
  }),
  timeline: z.array(z.object({ text: z.string() })),
});

/** What `jarvis show --json` tells of a run. */
export type ShownRun = z.infer<typeof viewSchema>;

/** A question as the server got it. */
export interface Asked {
  readonly purpose: Purpose;
  readonly brief: Brief;
}

export interface Workflow {
  readonly flags: readonly string[];
  /** What a person types after the run has come back. */
  readonly resume?: readonly string[];
  readonly task?: string;
  readonly exception?: Exception;
}

/** What a run by the command came to, as the shell, the server and the journal have it. */
export interface WorkflowEnd {
  readonly runId: string;
  readonly code: number;
  /** What was told on the way. */
  readonly err: string;
  readonly asked: readonly Asked[];
  readonly requests: readonly RequestLogEntry[];
  readonly shown: ShownRun;
  readonly records: readonly RunRecord[];
  /** What became of it when it was resumed. */
  readonly resumed?: { readonly code: number; readonly shown: ShownRun };
}

/** Runs a task by the command, over HTTP, with a real journal and a real folder. */
export async function runWorkflow(shell: CommandLine, workflow: Workflow): Promise<WorkflowEnd> {
  const { flags, resume, task = 'Write down how a bowline is tied', exception } = workflow;
  const asked: Asked[] = [];
  await using server = await startFakeOpenAi({
    script: serveTeam((question) => {
      asked.push(question);
      return exception?.(question);
    }),
  });
  const run = await shell.call('run', task, ...flags, '--base-url', server.baseUrl, '--json');
  const runId = runIdIn(run);
  const end = {
    runId,
    code: run.code,
    err: run.err,
    asked,
    shown: await show(shell, runId),
    records: await readRecords(shell, runId),
  };
  if (resume === undefined) return { ...end, requests: server.requests };
  const { code } = await shell.call('resume', runId, ...resume, '--json');
  return { ...end, requests: server.requests, resumed: { code, shown: await show(shell, runId) } };
}

/** What was asked for, with the stage it was asked for where there is one: `work Page`. */
export function listQuestions(asked: readonly Asked[]): readonly string[] {
  return asked.map(({ purpose, brief: { stage } }) =>
    stage === undefined ? purpose : `${purpose} ${stage.name}`,
  );
}

async function show(shell: CommandLine, runId: string): Promise<ShownRun> {
  const { out } = await shell.call('show', runId, '--json');
  return viewSchema.parse(JSON.parse(out));
}

async function readRecords(shell: CommandLine, runId: string): Promise<readonly RunRecord[]> {
  const { journal } = await nodeRunContext({
    workspace: shell.folder,
    stateDirectory: join(shell.root, 'state'),
  });
  try {
    return await readRunRecords(journal, runId);
  } finally {
    await journal.close();
  }
}
