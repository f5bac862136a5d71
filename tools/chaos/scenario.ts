import type { NumberedRequest, SingleReply } from '@jarvis/node/testing';
import { z } from 'zod';

/** What is built in every cycle. */
export const TASK = 'Build a small site about knots';

const MODEL = 'gpt-4.1-mini';

/** Rounds until the work is approved. */
const ROUNDS = 3;

/** How the orchestrator is set up in every cycle. */
export const CONFIG = {
  models: { manager: MODEL, employee: MODEL },
  costs: { capUsd: 1 },
  loop: { maxRounds: ROUNDS },
  git: { commit: 'required' },
} as const;

/** Tokens every answer is charged with. */
export const USAGE = { promptTokens: 900, completionTokens: 400 };

const briefSchema = z.object({
  round: z.int().default(0),
  findings: z.unknown().optional(),
  feedback: z.unknown().optional(),
});

/** The model: what it answers depends on the question alone, so that a run always ends in the same files. */
export function answer({ messages }: NumberedRequest): SingleReply {
  const brief = briefSchema.parse(JSON.parse(messages.find(({ role }) => role === 'user')?.text ?? '{}'));
  return { type: 'json', content: contentOf(brief), usage: USAGE };
}

function contentOf({ round, findings, feedback }: z.infer<typeof briefSchema>) {
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
