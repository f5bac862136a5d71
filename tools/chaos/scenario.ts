import type { NumberedRequest, ReplyFunction, SingleReply } from '@jarvis/node/testing';
import { z } from 'zod';

import { questionOf } from './question.ts';

/** What is built in every cycle. */
export const TASK = 'Build a small site about knots';

const MODEL = 'gpt-4.1-mini';

/** Rounds until the work is approved. */
const ROUNDS = 4;

/** How many rounds the run is accepted with: too few, unless somebody amends it. */
export const ACCEPTED_ROUNDS = ROUNDS - 1;

/** How many rounds another process allows while the run works. */
export const AMENDED_ROUNDS = ROUNDS;

/** The key of the model server; no output may show it. */
export const API_KEY = 'sk-proj-Zk3vQ8mT1xW6bN4rY7cJ';

/** The round in which the employee first answers with something that is not JSON. */
const UNREADABLE_ROUND = 1;

/** The round in which the employee wants to write outside the project folder. */
const REFUSED_ROUND = 2;

/** The round in which the first request for work fails; the first request for the plan fails, too. */
const FAILING_ROUND = 3;

/** By how much the cap is raised whenever the run stops for want of money, in US dollars. */
export const CAP_RAISE_USD = 0.012;

/** How the orchestrator is set up in every cycle. */
export const CONFIG = {
  models: { manager: MODEL, employee: MODEL },
  costs: { capUsd: 0.012 },
  loop: { maxRounds: ACCEPTED_ROUNDS },
  git: { commit: 'required' },
} as const;

/** Tokens every answer is charged with. */
export const USAGE = { promptTokens: 900, completionTokens: 400 };

const briefSchema = z.object({
  round: z.int().default(0),
  findings: z.unknown().optional(),
  feedback: z.unknown().optional(),
});

type Brief = z.infer<typeof briefSchema>;

/**
 * The model: what it answers depends on the question alone, so that a run always ends in the same files. Only whether
 * a question fails depends on the past: some do when they are asked for the first time. Work is answered when
 * `beforeWork` is through.
 */
export function createModel(beforeWork: (round: number) => Promise<void>): ReplyFunction {
  const failed = new Set<string>();
  return async (request) => {
    const brief = readBrief(request);
    if (isWork(brief)) await beforeWork(brief.round);
    const question = questionOf(request.body);
    if (!failsFirst(brief) || failed.has(question)) return answer(request, brief);
    failed.add(question);
    return { type: 'status', status: 503, headers: { 'retry-after-ms': '5' } };
  };
}

function readBrief({ messages }: NumberedRequest): Brief {
  return briefSchema.parse(JSON.parse(messages.find(({ role }) => role === 'user')?.text ?? '{}'));
}

function failsFirst({ round, findings, feedback }: Brief): boolean {
  if (findings !== undefined) return false;
  return feedback === undefined || round === FAILING_ROUND;
}

function isWork({ findings, feedback }: Brief): boolean {
  return feedback !== undefined && findings === undefined;
}

function answer({ messages }: NumberedRequest, brief: Brief): SingleReply {
  const isRepair = messages.some(({ role }) => role === 'assistant');
  if (isWork(brief) && brief.round === UNREADABLE_ROUND && !isRepair) {
    return { type: 'text', content: 'I would rather talk about knots.', usage: USAGE };
  }
  return { type: 'json', content: contentOf(brief), usage: USAGE };
}

function contentOf({ round, findings, feedback }: Brief) {
  if (findings !== undefined) {
    const approved = round >= ROUNDS;
    return { approved, feedback: approved ? [] : [`index.html: tell more about knot ${String(round)}.`] };
  }
  if (feedback !== undefined) return { summary: `Round ${String(round)}`, files: filesOf(round) };
  return {
    steps: ['Write index.html', 'Write one page for each knot'],
    acceptanceCriteria: ['Each knot has a page'],
  };
}

function filesOf(round: number) {
  const knots = Array.from({ length: round }, (_, index) => `knot-${String(index + 1)}`);
  const links = knots.map((knot) => `<li><a href="knots/${knot}.html">${knot}</a></li>`).join('');
  const pages = knots
    .slice(-2)
    .map((knot) => ({ path: `knots/${knot}.html`, content: page(knot, `<p>Round ${String(round)}</p>`) }));
  if (round === REFUSED_ROUND) pages.push({ path: '../outside.html', content: page('Outside', '') });
  return [{ path: 'index.html', content: page('Knots', `<ul>${links}</ul>`) }, ...pages];
}

function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>${title}</title>
  </head>
  <body>
    <h1>${title}</h1>
    ${body}
  </body>
</html>
`;
}
