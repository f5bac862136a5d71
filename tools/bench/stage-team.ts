import type { ReplyFunction, SingleReply } from '@jarvis/node/testing';

import { type Brief, readBrief } from '../chaos/scenarios/brief.ts';

/** How many files the project has, whatever the stage: what is shown to the agents must not grow. */
const FILES = 4;

const USAGE = { promptTokens: 900, completionTokens: 400 };

/** The number of the stage a question is about, from 1; 0 when it is about the whole. */
export function stageNumberOf({ stage }: Pick<Brief, 'stage'>): number {
  return Number(stage?.name.split(' ').at(-1) ?? 0);
}

/** A model server that is content with whatever is built in a stage. */
export const stageTeam: ReplyFunction = ({ messages }): SingleReply => {
  const brief = readBrief(messages.find(({ role }) => role === 'user')?.text ?? '{}');
  return { type: 'json', content: answer(brief), usage: USAGE };
};

function answer(brief: Brief): object {
  switch (brief.purpose) {
    case 'plan':
      return { steps: ['Write a page for each knot'], acceptanceCriteria: ['Each knot has a page'] };
    case 'split':
      return { stages: [{ ...nameOf(1), categories: ['content_ux'], planSteps: [1], after: [] }] };
    case 'work':
      return { summary: 'A page about a knot', files: [pageOf(stageNumberOf(brief))] };
    case 'audit':
      return { open: [], findings: [], suggestions: [] };
    case 'decide':
      return { answers: [] };
    case 'review':
      return { approved: true, feedback: [] };
  }
}

/** What a stage is called, and what it is to achieve. */
export interface StageName {
  readonly name: string;
  readonly goal: string;
  readonly requirements: string[];
}

/** What the stage with this number is called, and what it is to achieve. */
export function nameOf(number: number): StageName {
  const name = `Knot ${String(number)}`;
  return { name, goal: `${name} has a page`, requirements: [`The page of ${name} has a heading`] };
}

function pageOf(number: number) {
  const { name } = nameOf(number);
  const body = '<p>Over, under, through and tight.</p>\n    '.repeat(15).trim();
  const content = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>${name}</title>
  </head>
  <body>
    <h1>${name}</h1>
    ${body}
  </body>
</html>
`;
  return { path: `knot-${String(number % FILES)}.html`, content };
}
