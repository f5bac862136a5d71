import { join } from 'node:path';
import { mkdirSync, writeFileSync } from 'node:fs';

import { planWrites, sha256 } from '@jarvis/core';
import { nodeRunContext, readEnvironment } from '@jarvis/node';
import { createSecretRedactor } from '@jarvis/node/secrets';

import type { Bench } from './bench.ts';
import { inFolder } from './bench-context.ts';
import { median, renderMs, timeOf } from './figures.ts';

/** How long the texts are, in characters, and how often each is worked on. */
export interface LargeTextsSize {
  readonly answer: number;
  readonly line: number;
  readonly log: number;
  readonly times: number;
}

/** What large texts cost: writing them, searching them for secrets, and taking secrets out of what is shown. */
export const largeTextsBench: Bench = {
  name: 'texts',
  summary: 'texts of 1, 2 and 10 MB; to be had: written in 200 ms, searched in 1 s, redacted at 20 MB/s',
  run: () => measureLargeTexts({ answer: 1_000_000, line: 2_000_000, log: 10_000_000, times: 5 }),
};

const KEY = 'sk-proj-Zq7wT5vXk2Lm9Rb4';
const SENTENCE = 'A bowline holds, and does not slip. ';

/** Each figure is the median of some tries, after one that starts the threads and is not counted. */
export function measureLargeTexts(size: LargeTextsSize): Promise<readonly string[]> {
  return inFolder(async (folder) => {
    const project = join(folder, 'project');
    mkdirSync(project);
    writeFileSync(join(project, 'there.txt'), fill(`${SENTENCE}\n`, size.log));
    const context = await nodeRunContext({
      workspace: project,
      stateDirectory: join(folder, 'state'),
      environment: readEnvironment({ PATH: process.env['PATH'], HOME: folder, OPENAI_API_KEY: KEY }),
    });
    const texts = {
      'file of an answer': fill(`${SENTENCE}\n`, size.answer),
      'one line': fill(SENTENCE, size.line),
      'largest answer': fill(`${SENTENCE}\n`, size.log),
    };
    const figures: string[] = [];
    for (const [name, content] of Object.entries(texts)) {
      const written = await repeat(size.times, (time) => write(context, `${String(time)}.txt`, content));
      const searched = await repeat(size.times, () => context.secrets.scan([{ path: 'a.txt', content }]));
      figures.push(
        `${name}, ${megabytes(content)}: written in ${renderMs(written)}, searched in ${renderMs(searched)}`,
      );
    }
    const looked = await repeat(size.times, () => context.workspace.readFiles());
    await context.journal.close();
    return [
      ...figures,
      `looked at beside a file of that size: ${renderMs(looked)}`,
      ...measureRedaction(size),
    ];
  });
}

type Writing = Pick<Awaited<ReturnType<typeof nodeRunContext>>, 'workspace'>;

async function write({ workspace }: Writing, path: string, content: string): Promise<void> {
  const plan = planWrites([{ path, content }], await workspace.hashFiles([path]));
  await workspace.apply(plan, (hash) =>
    hash === sha256(content) ? Promise.resolve(content) : Promise.reject(new Error(`unknown ${hash}`)),
  );
}

/** How fast logs and documents are redacted, by processor time. */
function measureRedaction({ log, times }: LargeTextsSize): readonly string[] {
  const redact = createSecretRedactor([KEY]);
  const token = `ghp_${'aB3dE6gH9j'.repeat(4).slice(0, 36)}`;
  const record = { seq: 12, atMs: 1_795_363_200_000, type: 'step.finished', text: `${SENTENCE}"Rye"\n` };
  const texts = {
    'log for people': fill(`2026-11-22 16:00:57.123  ${SENTENCE}\n`, log),
    'log with a token on every 50th line': fill(`${`${SENTENCE}\n`.repeat(49)}TOKEN ${token}\n`, log),
    'log for programs': fill(`${JSON.stringify(record)}\n`, log),
    'document of JSON': JSON.stringify(fill(`${SENTENCE}\n`, log)),
  };
  return Object.entries(texts).map(([name, text]) => {
    const taken = Array.from({ length: times + 1 }, () => processorMsOf(() => redact(text))).slice(1);
    return `redaction of a ${name}: ${(text.length / 1_000 / median(taken)).toFixed(0)} MB/s`;
  });
}

function processorMsOf(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

async function repeat(times: number, work: (time: number) => unknown): Promise<number> {
  await work(times);
  const taken: number[] = [];
  for (let time = 0; time < times; time += 1) taken.push(await timeOf(() => work(time)));
  return median(taken);
}

function fill(part: string, length: number): string {
  return part.repeat(Math.ceil(length / part.length));
}

function megabytes(text: string): string {
  return `${(text.length / 1_000_000).toFixed(0)} MB`;
}
