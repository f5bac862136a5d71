import type { ChatRequest, NumberedRequest, ReplyFunction, SingleReply } from '@jarvis/node/testing';
import { z } from 'zod';

/** What agents are asked for. */
export const purposes = ['plan', 'split', 'work', 'audit', 'decide', 'review'] as const;

export type Purpose = (typeof purposes)[number];

const briefSchema = z.looseObject({
  round: z.int().default(1),
  stage: z.looseObject({ name: z.string() }).optional(),
  open: z.array(z.looseObject({ id: z.string() })).default([]),
  questions: z.array(z.looseObject({ question: z.string() })).default([]),
  feedback: z.array(z.string()).default([]),
});

/** What an agent is told. */
export type Brief = z.infer<typeof briefSchema>;

/** What is told with a question: its first message of the user, which is JSON. */
export function briefOf({ messages }: Pick<ChatRequest, 'messages'>): Brief {
  return briefSchema.parse(JSON.parse(messages.find(({ role }) => role === 'user')?.text ?? '{}'));
}

/** Only the brief of that question has the field. */
const TOLD_BY = [
  ['questions', 'decide'],
  ['open', 'audit'],
  ['feedback', 'work'],
  ['summary', 'review'],
  ['plan', 'split'],
] as const;

/** What is asked for, as an outsider sees it on the wire. */
export function purposeOf({ messages }: Pick<ChatRequest, 'messages'>): Purpose {
  const text = messages.find(({ role }) => role === 'user')?.text ?? '{}';
  const brief = z.record(z.string(), z.unknown()).parse(JSON.parse(text));
  return TOLD_BY.find(([field]) => brief[field] !== undefined)?.[1] ?? 'plan';
}

/** Much work and much that can go wrong: the mode that looks at its context chooses stages. */
export const LARGE_TASK =
  'Build a complete web application from scratch with a database, login, payments, an admin dashboard and an API; ' +
  'migrate the production data, encrypt passwords and deploy it';

const PAGE =
  '<!doctype html>\n<html lang="en">\n<head><meta charset="utf-8"><title>Knots</title></head>\n' +
  '<body><h1>Knots</h1><p>A bowline holds.</p></body>\n</html>\n';

const FILES: Readonly<Record<string, { readonly path: string; readonly content: string }>> = {
  Page: { path: 'index.html', content: PAGE },
  Notes: { path: 'notes.txt', content: 'A bowline holds.\n' },
};

/** What each agent says of its own accord: a plan of two steps in two stages, one file each, and all is well. */
export const content: Readonly<Record<Purpose, (brief: Brief) => object>> = {
  plan: () => ({
    steps: ['Write index.html', 'Write notes.txt'],
    acceptanceCriteria: ['index.html has a title'],
  }),
  split: () => ({
    stages: [
      {
        name: 'Page',
        goal: 'The page is there.',
        categories: ['layout_structure'],
        planSteps: [1],
        requirements: ['index.html has a title'],
        after: [],
      },
      {
        name: 'Notes',
        goal: 'The notes are there.',
        categories: ['content_ux'],
        planSteps: [2],
        requirements: ['notes.txt names a knot'],
        after: [1],
      },
    ],
  }),
  work: ({ stage, round }) => ({
    summary: `Wrote it, round ${String(round)}.`,
    changes: Object.entries(FILES)
      .filter(([name]) => stage === undefined || FILES[stage.name] === undefined || stage.name === name)
      .map(([, file]) => ({ type: 'write', ...file })),
  }),
  audit: ({ open, stage, round }) => ({
    open: open.map(({ id }) => ({ id, answer: 'gone' })),
    findings: [],
    suggestions:
      stage?.name === 'Page' && round === 1
        ? [
            {
              type: 'add',
              name: 'Index',
              goal: 'There is an index.',
              requirements: [],
              reason: 'To find it.',
            },
          ]
        : [],
  }),
  decide: ({ questions }) => ({
    answers: questions.map(() => ({ agreed: false, reason: 'It was not asked for.' })),
  }),
  review: () => ({ approved: true, feedback: [] }),
};

/** The work on a page that says more than before. */
export function mendedPage(): SingleReply {
  const text = PAGE.replace('A bowline holds.', 'A bowline holds a boat.');
  const changes = [{ type: 'write', path: 'index.html', content: text }];
  return { type: 'json', content: { summary: 'Said it.', changes } };
}

/** Another answer than the usual one, where there is to be one. */
export type Exception = (asked: {
  readonly purpose: Purpose;
  readonly brief: Brief;
  readonly request: NumberedRequest;
  /** How often this was asked for, this time included. */
  readonly time: number;
}) => SingleReply | undefined;

/** A team behind a model server. */
export function serveTeam(exception: Exception = () => undefined): ReplyFunction {
  const times = new Map<Purpose, number>();
  return (request) => {
    const purpose = purposeOf(request);
    const brief = briefOf(request);
    const time = (times.get(purpose) ?? 0) + 1;
    times.set(purpose, time);
    return exception({ purpose, brief, request, time }) ?? { type: 'json', content: content[purpose](brief) };
  };
}
