import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { readRequestLog, type RequestLogEntry } from '@jarvis/node/testing';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { z } from 'zod';

import { type Desk, jarvis, layOut, listTree, startJarvis } from '../src/jarvis-command.ts';
import { type RunningProgram, startProgram } from '../src/run-program.ts';

const TASK = 'Build a page about knots';

const listSchema = z.array(z.object({ runId: z.string() }));
const viewSchema = z.looseObject({
  status: z.string(),
  cost: z.looseObject({ inDoubtCalls: z.int(), calls: z.int() }),
});

const folder = inject('installed');

let server: RunningProgram;
let baseUrl: string;
let requestLog: string;

beforeAll(async () => {
  const serving = join(folder, 'serving');
  await mkdir(serving);
  requestLog = join(serving, 'requests.jsonl');
  await writeFile(join(serving, 'serve.mjs'), SERVER);
  server = startProgram(['node', 'serve.mjs', requestLog], { folder: serving });
  baseUrl = await server.firstLine;
});

afterAll(async () => {
  server.kill();
  await server.ended;
});

it('kills a run after its first answer, and resumes it without asking for that answer again (O1, F03)', async () => {
  const desk = await layOut({ folder }, 'killed');
  const env = { OPENAI_API_KEY: 'any', OPENAI_BASE_URL: baseUrl };
  const run = startJarvis(desk, ['run', TASK, '--model', 'gpt-4.1-mini'], env);
  await waitForRequests(([plan, work]) => plan?.outcome === 'answered' && work !== undefined);
  run.kill();
  const killed = await run.ended;
  const runId = await findRunId(desk);

  const resumed = await startJarvis(desk, ['resume', runId], env).ended;
  const again = await startJarvis(desk, ['resume', runId], env).ended;

  expect(killed.code).toBeNull();
  expect(resumed.out).toContain('done: The manager approved the work.');
  expect(resumed.code).toBe(0);
  expect(again).toMatchObject({ code: 0 });
  expect(countBySteps(await readRequestLog(requestLog))).toEqual([1, 2, 1]);
  expect(await showRun(desk, runId)).toMatchObject({ status: 'done', cost: { calls: 3, inDoubtCalls: 1 } });
  expect(await listTree(desk.workspace)).toEqual(['index.html']);
});

/** How often each step was asked, in the order of the first requests: plan, work, review. */
function countBySteps(requests: readonly RequestLogEntry[]): readonly number[] {
  const byStep = Object.groupBy(requests, ({ stepId }) => stepId ?? 'no step');
  return Object.values(byStep).map((asked) => asked?.length ?? 0);
}

async function findRunId(desk: Desk): Promise<string> {
  const { out } = await jarvis(desk, 'list', '--json');
  const [run] = listSchema.parse(JSON.parse(out));
  return run?.runId ?? '';
}

async function showRun(desk: Desk, runId: string): Promise<z.infer<typeof viewSchema>> {
  const { out } = await jarvis(desk, 'show', runId, '--json');
  return viewSchema.parse(JSON.parse(out));
}

async function waitForRequests(isThere: (requests: readonly RequestLogEntry[]) => boolean): Promise<void> {
  while (!isThere(await readRequestLog(requestLog))) await sleep(20);
}

/** Answers by what is asked for; the first question for work gets no answer in time. */
const SERVER = `
import { startFakeOpenAi } from '@jarvis/node/testing';

const PAGE = '<!doctype html>\\n<html lang="en"><head><meta charset="utf-8"><title>Knots</title></head><body><h1>Knots</h1></body></html>\\n';
const usage = { promptTokens: 900, completionTokens: 400 };

function contentOf(brief) {
  if ('findings' in brief) return { approved: true, feedback: [] };
  if ('round' in brief) return { summary: 'Wrote the page.', files: [{ path: 'index.html', content: PAGE }] };
  return { steps: ['Write index.html'], acceptanceCriteria: ['It names knots'] };
}

const server = await startFakeOpenAi({
  requestLog: process.argv[2],
  script: ({ n, messages }) => {
    const brief = JSON.parse(messages.find(({ role }) => role === 'user').text);
    return { type: 'json', content: contentOf(brief), usage, delayMs: n === 2 ? 600_000 : 0 };
  },
});
console.log(server.baseUrl);
`;
