import { LlmError } from '@jarvis/core';
import { modernDialect, readRunRecords } from '@jarvis/loops';
import { describe, expect, it } from 'vitest';

import { type Asked, createStageTeam, fileOf, pageOf, type StageScript, write } from './adaptive-team.ts';

const task = 'Build a site about knots';
const QUESTION = 'Which knot comes first?';
const BLOCKER = 'There is no picture of a bowline.';

function ask(more: object = { questions: [QUESTION] }): string {
  return JSON.stringify({ summary: 'I have to ask.', ...more });
}

/** The employee asks in the first tries at the stage Style. */
function asking(tries: number, more?: object): NonNullable<StageScript['work']> {
  return ({ stage, cycle }) => (stage === 'Style' && cycle <= tries ? ask(more) : undefined);
}

describe('an employee that asks instead of handing something in', () => {
  it('is answered by the manager and works on with the answer, in every later try', async () => {
    const work: Asked[] = [];
    const { jarvis, llm } = createStageTeam({
      work: asking(2, { questions: [QUESTION], blocker: BLOCKER }),
      clarify: (question) => (question === QUESTION ? 'The bowline.' : 'Draw one.'),
      onAsked: (asked) => {
        if (asked.request.purpose === 'work' && asked.stage === 'Style') work.push(asked);
      },
    });

    const result = await jarvis.run({ task });

    expect(result).toMatchObject({ status: 'done', reason: 'approved' });
    expect(llm.requests.filter(({ purpose }) => purpose === 'clarify')).toHaveLength(2);
    expect(work.map(({ cycle }) => cycle)).toEqual([1, 2, 3]);
    expect(work[2]?.feedback).toContain(`You asked: ${QUESTION} Answer: The bowline.`);
    expect(work[2]?.feedback).toContain(`You asked: ${BLOCKER} Answer: Draw one.`);
    expect(result.rounds[1]?.clarification).toEqual(['The bowline.', 'Draw one.']);
    expect(result.commits).toHaveLength(3);
  });

  it('says so on the bus, and delivers nothing there', async () => {
    const { jarvis, context } = createStageTeam({
      work: asking(1, { questions: [QUESTION], blocker: BLOCKER }),
      clarify: () => 'The bowline.',
    });

    const { runId } = await jarvis.run({ task });

    const records = await readRunRecords(context.journal, runId);
    const said = records.flatMap((record) => (record.type === 'message.sent' ? [record.data] : []));
    const asked = said.findIndex(({ kind }) => kind === 'clarification.requested');
    expect(said.slice(asked - 1, asked + 5).map(({ kind, payload }) => [kind, payload])).toMatchObject([
      ['work.assigned', { round: 2 }],
      ['clarification.requested', { question: QUESTION }],
      ['blocker.reported', { problem: BLOCKER }],
      ['clarification.given', { answer: 'The bowline.' }],
      ['notice', { text: 'The bowline.' }],
      ['fix.requested', { stageId: 'style' }],
    ]);
  });

  it('loses the stage when it hands nothing in as often as a stage is audited', async () => {
    const { jarvis, llm } = createStageTeam({ work: asking(99) });

    const result = await jarvis.run({ task });

    expect(result).toMatchObject({ status: 'partial', reason: 'stages_blocked' });
    expect(result.message).toContain(`Nothing was handed in 3 times in a row. It was asked: ${QUESTION}`);
    expect(llm.requests.filter(({ purpose }) => purpose === 'clarify')).toHaveLength(3);
  });

  it('gets no further by questions between answers that are refused', async () => {
    const { jarvis } = createStageTeam({
      work: ({ stage, cycle }) => {
        if (stage !== 'Style') return undefined;
        return cycle % 2 === 0 ? ask() : [write('../outside.html', 'x')];
      },
    });

    const result = await jarvis.run({ task });

    expect(result).toMatchObject({ status: 'partial', reason: 'stages_blocked' });
    expect(result.rounds.filter(({ stage }) => stage === 'style')).toHaveLength(3);
  });

  it('is sent back when it asks more than five things, or answers with nothing at all', async () => {
    const { jarvis, llm } = createStageTeam({
      work: ({ stage, request }) => {
        if (stage === 'Layout' || request.messages.length > 2) return undefined;
        return stage === 'Style' ? ask({ questions: Array.from('123456') }) : ask({ questions: [' '] });
      },
    });

    const result = await jarvis.run({ task });

    expect(result.status).toBe('done');
    const repairs = llm.requests.filter(({ messages }) => messages.length > 2);
    expect(repairs.map(({ messages }) => messages.at(-1)?.content)).toEqual([
      expect.stringContaining('ask at most 5 questions'),
      expect.stringContaining('give the list of changes'),
    ]);
  });

  it('waits with the run when the manager cannot be reached', async () => {
    let isUp = false;
    const { jarvis, llm } = createStageTeam({
      work: asking(1),
      onAsked: ({ request }) => {
        if (request.purpose === 'clarify' && !isUp)
          throw new LlmError({ reason: 'connection_lost', seen: 'it hung up', mayBeCharged: false });
      },
    });

    const parked = await jarvis.run({ task });
    const before = llm.requests.length;
    isUp = true;
    const result = await jarvis.resume(parked.runId);

    expect(parked).toMatchObject({ status: 'parked', reason: 'connection_lost' });
    expect(result).toMatchObject({ status: 'done', reason: 'approved' });
    expect(llm.requests[before]?.purpose).toBe('clarify');
  });

  it('makes the manager answer again when there are not as many answers as questions', async () => {
    const { jarvis, llm } = createStageTeam({
      work: asking(1, { questions: [QUESTION, 'And then?'] }),
      clarify: (question, { request }) =>
        question === QUESTION || request.messages.length > 2 ? 'The bowline.' : undefined,
    });

    const result = await jarvis.run({ task });

    const asked = llm.requests.filter(({ purpose }) => purpose === 'clarify');
    expect(asked[1]?.messages.at(-1)?.content).toContain('2 things were asked, and there are 1 answers.');
    expect(result.rounds[1]?.clarification).toEqual(['The bowline.', 'The bowline.']);
  });
});

describe('an employee that asks beside what it hands in', () => {
  const beside = { questions: [QUESTION], blocker: BLOCKER };
  const told = `I have to ask.\nQuestion: ${QUESTION}\nIt cannot go on: ${BLOCKER}`;

  it.each([
    ['PHASE3', 'audit'],
    ['LEGACY_3LOOP', 'review'],
    ['SIMPLE_2LOOP', 'review'],
  ] as const)('in %s is heard at the %s, without a further question', async (mode, purpose) => {
    const { jarvis, llm } = createStageTeam(
      {
        work: ({ stage, cycle }) => ask({ ...beside, changes: [write(fileOf(stage), pageOf(stage, cycle))] }),
      },
      { config: { mode } },
    );

    const result = await jarvis.run({ task });

    expect(result.status).toBe('done');
    const judged = llm.requests.find((request) => request.purpose === purpose)?.messages ?? [];
    expect(judged.at(-1)?.content).toContain(JSON.stringify(told).slice(1, -1));
    expect(llm.requests.some((request) => request.purpose === 'clarify')).toBe(false);
  });

  it('is passed to the review in a mode without stages when it hands in nothing', async () => {
    const { jarvis, llm } = createStageTeam(
      {
        work: ({ cycle }) => (cycle === 1 ? ask() : undefined),
        review: ({ cycle }) => (cycle === 1 ? [QUESTION] : []),
      },
      { config: { mode: 'SIMPLE_2LOOP' } },
    );

    const result = await jarvis.run({ task });

    expect(result.status).toBe('done');
    const reviewed = llm.requests.filter(({ purpose }) => purpose === 'review');
    expect(reviewed[0]?.messages.at(-1)?.content).toContain(`Question: ${QUESTION}`);
  });
});

it('a dialect that answers no questions takes them for an empty delivery', async () => {
  const { clarify: _clarify, ...silent } = modernDialect;
  const { jarvis, llm, context } = createStageTeam({ work: asking(1) }, { dialect: silent });

  const result = await jarvis.run({ task });

  expect(result.status).toBe('done');
  expect(llm.requests.some(({ purpose }) => purpose === 'clarify')).toBe(false);
  const records = await readRunRecords(context.journal, result.runId);
  const kinds = records.flatMap((record) => (record.type === 'message.sent' ? [record.data.kind] : []));
  expect(kinds).not.toContain('clarification.requested');
});
