import { createHash } from 'node:crypto';

import type { LlmClient, LlmRequest, LlmResponse } from '@jarvis/core';
import { z } from 'zod';

const briefSchema = z.object({ round: z.int().positive() });

/** How many files the project has, whatever the round: what is shown to the agents must not grow. */
const FILES = 4;

/** Which round a question belongs to; 0 for the plan. */
export function roundOf({ purpose, messages }: LlmRequest): number {
  if (purpose === 'plan') return 0;
  const brief = messages.find(({ role }) => role === 'user')?.content ?? '{}';
  return briefSchema.parse(JSON.parse(brief)).round;
}

/** What a request asks, whatever limit of output the budget leaves it. */
export function questionOf({ messages }: LlmRequest): string {
  return createHash('sha256').update(JSON.stringify(messages)).digest('hex');
}

/** A team that answers at once and is content with the last round; `onRequest` is told of each question first. */
export function createKnotTeam(rounds: number, onRequest: (request: LlmRequest) => void): LlmClient {
  return {
    async complete(request): Promise<LlmResponse> {
      onRequest(request);
      return {
        outcome: 'answered',
        text: JSON.stringify(answer(request, rounds)),
        model: request.model,
        usage: { inputTokens: 900, cachedInputTokens: 0, outputTokens: 400 },
        isSimulated: false,
      };
    },
  };
}

function answer(request: LlmRequest, rounds: number) {
  const round = roundOf(request);
  switch (request.purpose) {
    case 'plan':
      return { steps: ['Write a page for each knot'], acceptanceCriteria: ['Each knot has a page'] };
    case 'work':
      return { summary: `Round ${String(round)}`, files: [pageOf(round)] };
    default:
      return round >= rounds
        ? { approved: true, feedback: [] }
        : { approved: false, feedback: [`Tell more about knot ${String(round)}.`] };
  }
}

function pageOf(round: number) {
  const title = `Knot, as told in round ${String(round)}`;
  const body = '<p>Over, under, through and tight.</p>\n    '.repeat(15).trim();
  const content = `<!doctype html>
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
  return { path: `knot-${String(round % FILES)}.html`, content };
}
