import { readRunRecords } from '@jarvis/loops';
import { describe, expect, it } from 'vitest';

import {
  type Asked,
  createStageTeam,
  errorIn,
  fileOf,
  pageOf,
  requirementOf,
  type StageScript,
  wordCheck,
  write,
} from './adaptive-team.ts';

const task = 'Build a site about knots';
const checks = [wordCheck('whole', 'BROKEN')];
const stages = [
  { name: 'Alpha' },
  { name: 'Beta' },
  { name: 'Gamma', after: [2] },
  { name: 'Delta', after: [1] },
  { name: 'Epsilon' },
];
const page = (stage: string, cycle: number) => write(fileOf(stage), pageOf(stage, cycle));
const broken = (stage: string, cycle: number) =>
  write(fileOf(stage), `${pageOf(stage, cycle)}BROKEN in ${String(cycle)}`);

/** The last stage breaks the second one whenever it is worked on; the second mends it, and what stands on it. */
const breakAndMend: NonNullable<StageScript['work']> = ({ stage, cycle }) => {
  if (stage === 'Epsilon') return [page('Epsilon', cycle), broken('Beta', cycle)];
  return stage === 'Beta' && cycle > 1 ? [page('Beta', cycle), page('Gamma', cycle)] : undefined;
};

function createTeamOfFive(script: StageScript, noted: Asked[] = []) {
  return createStageTeam(
    {
      stages,
      work: breakAndMend,
      onAsked: (asked) => {
        if (asked.request.purpose === 'work') noted.push(asked);
      },
      ...script,
    },
    { checks },
  );
}

describe('a stage that breaks an earlier one', () => {
  it('opens it again: it is mended before the later one goes on, and only what stands on it is verified', async () => {
    const noted: Asked[] = [];
    const { jarvis, context } = createTeamOfFive({}, noted);

    const result = await jarvis.run({ task });

    expect(result).toMatchObject({ status: 'done', reason: 'approved' });
    expect(result.rounds.map(({ stage }) => stage)).toEqual([
      'alpha',
      'beta',
      'gamma',
      'delta',
      'epsilon',
      'beta',
    ]);
    expect(noted.at(-1)?.feedback).toContain('After epsilon: its check whole fails.');
    expect(noted.at(-1)?.feedback).toContain('beta.html: It holds the word BROKEN.');
    const records = await readRunRecords(context.journal, result.runId);
    const verified = records.flatMap(({ type, data }) =>
      type === 'action.opened' && data.action.type === 'verify' ? [data.action.stages] : [],
    );
    expect(verified).toEqual([['gamma']]);
    const reopened = records.flatMap((record) =>
      record.type === 'roadmap.changed' && record.data.change.mutation.type === 'reopen'
        ? [[record.data.change.mutation.stageId, record.data.source]]
        : [],
    );
    expect(reopened).toEqual([['beta', 'epsilon']]);
  });

  it('is not asked to mend what belongs to the other', async () => {
    const noted: Asked[] = [];
    const { jarvis } = createTeamOfFive({}, noted);

    await jarvis.run({ task });

    expect(noted.filter(({ stage }) => stage === 'Epsilon').map(({ cycle }) => cycle)).toEqual([1]);
  });

  it('opens those again that the repair itself has broken, once the repair is done', async () => {
    const { jarvis } = createTeamOfFive({
      work: (asked) => {
        const { stage, cycle } = asked;
        if (stage === 'Beta' && cycle > 1) return [page('Beta', cycle), broken('Gamma', cycle)];
        return breakAndMend(asked);
      },
    });

    const result = await jarvis.run({ task });

    expect(result).toMatchObject({ status: 'done', reason: 'approved' });
    expect(result.rounds.map(({ stage }) => stage).slice(4)).toEqual(['epsilon', 'beta', 'gamma']);
  });

  it('blocks it when it has broken it more often than is allowed', async () => {
    const { jarvis } = createTeamOfFive({
      audit: ({ stage, open }) =>
        stage === 'Epsilon'
          ? {
              findings: open.length === 0 ? [errorIn('Epsilon', 'It is grey')] : [],
              open: open.map((id) => ({ id, answer: 'still_there' })),
            }
          : undefined,
      decide: () => true,
    });

    const result = await jarvis.run({ task });

    expect(result).toMatchObject({ status: 'partial', reason: 'stages_blocked' });
    expect(result.message).toContain('Later stages have broken it more than 2 times, the most allowed.');
    expect(result.roadmap?.stages.filter(({ status }) => status === 'blocked').map(({ id }) => id)).toEqual([
      'beta',
    ]);
    expect(result.rounds.filter(({ stage }) => stage === 'beta')).toHaveLength(1 + 2);
  });

  it('leaves the run partial when nobody can mend it', async () => {
    const { jarvis, llm } = createTeamOfFive({
      work: (asked) => {
        const { stage, cycle } = asked;
        return stage === 'Beta' && cycle > 1 ? [broken('Beta', cycle)] : breakAndMend(asked);
      },
    });

    const result = await jarvis.run({ task });

    expect(result).toMatchObject({ status: 'partial', reason: 'stages_blocked' });
    expect(result.message).toContain('Beta (blocked)');
    expect(llm.requests.length).toBeLessThan(40);
  });

  it('is seen by an audit that names what the earlier one had to achieve', async () => {
    const noted: Asked[] = [];
    const { jarvis, llm } = createTeamOfFive(
      {
        work: ({ stage, cycle }) =>
          stage === 'Epsilon' ? [page('Epsilon', cycle), write('beta.html', 'BETA IS GONE')] : undefined,
        audit: ({ stage, cycle }) =>
          stage === 'Epsilon' && cycle === 1
            ? {
                findings: [
                  {
                    severity: 'error',
                    file: 'beta.html',
                    quote: 'BETA IS GONE',
                    requirement: requirementOf('Beta'),
                    description: 'The second stage was overwritten',
                  },
                ],
              }
            : undefined,
      },
      noted,
    );

    const result = await jarvis.run({ task });

    expect(result).toMatchObject({ status: 'done', reason: 'approved' });
    expect(result.rounds.map(({ stage }) => stage).slice(4)).toEqual(['epsilon', 'beta']);
    const audits = llm.requests.filter(({ purpose }) => purpose === 'audit');
    expect(audits[0]?.messages[1]?.content).not.toContain('"earlier"');
    expect(audits[4]?.messages[1]?.content).toContain(requirementOf('Beta'));
    expect(noted.at(-1)?.feedback).toContain('The second stage was overwritten');
  });

  it('is noticed although its audit cannot be had', async () => {
    let isUp = false;
    const { jarvis } = createTeamOfFive({
      audit: ({ stage }) => (stage === 'Epsilon' && !isUp ? 'no answer' : undefined),
      onAsked: ({ request, stage, cycle }) => {
        if (request.purpose === 'work' && stage === 'Beta' && cycle > 1) isUp = true;
      },
    });

    const result = await jarvis.run({ task });

    expect(result).toMatchObject({ status: 'done', reason: 'approved' });
    expect(result.rounds.map(({ stage }) => stage).slice(4)).toEqual(['epsilon', 'beta', 'epsilon', 'beta']);
  });
});

describe('a stage the manager has accepted with its errors', () => {
  it('is worked on when it is opened again, and put to the manager anew', async () => {
    const { jarvis } = createStageTeam(
      {
        stages,
        work: breakAndMend,
        audit: ({ stage, open, cycle }) =>
          stage === 'Beta' && cycle < 5
            ? {
                findings: open.length === 0 ? [errorIn('Beta', 'It is grey')] : [],
                open: open.map((id) => ({ id, answer: 'still_there' })),
              }
            : undefined,
        decide: () => true,
      },
      { checks },
    );

    const result = await jarvis.run({ task });

    expect(result).toMatchObject({ status: 'done', reason: 'approved' });
    const rounds = result.rounds.map(({ stage }) => stage);
    expect(rounds.lastIndexOf('beta')).toBeGreaterThan(rounds.indexOf('epsilon'));
  });
});
