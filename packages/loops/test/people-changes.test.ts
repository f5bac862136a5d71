import { type ConfigInput, hasErrorCode, type Journal } from '@jarvis/core';
import { ScriptedLlmClient, testRunContext } from '@jarvis/core/testing';
import {
  JarvisOrchestrator,
  type PeopleMutation,
  readRunRecords,
  type RoadmapWish,
  simulatedTeam,
} from '@jarvis/loops';
import { describe, expect, it } from 'vitest';

const PAGE: PeopleMutation = { type: 'skip', stageId: 'page', reason: 'Not now' };
const ANN: RoadmapWish = { author: 'Ann', reason: 'Not now' };

type Meanwhile = (jarvis: JarvisOrchestrator, runId: string, journal: Journal) => Promise<unknown>;

/** Runs a task in stages, and does something while the first piece of work is on its way. */
async function runAndMeanwhile(
  meanwhile: Meanwhile,
  mode: NonNullable<ConfigInput['mode']> = 'PHASE3',
  at = 'work',
) {
  const outcomes: unknown[] = [];
  const llm = new ScriptedLlmClient(async (request) => {
    if (request.purpose === at && outcomes.length === 0) {
      const [runId = ''] = await context.journal.listRuns();
      outcomes.push(await meanwhile(jarvis, runId, context.journal).catch((error: unknown) => error));
    }
    return simulatedTeam(request);
  });
  const context = testRunContext({ llm });
  const jarvis = new JarvisOrchestrator({ context, mode, config: { costs: { capUsd: 'unlimited' } } });
  const result = await jarvis.run({ task: 'Build a landing page for a bakery' });
  const records = await readRunRecords(context.journal, result.runId);
  const byPeople = records.filter(
    ({ type, data }) => type.startsWith('roadmap.') && 'isByPerson' in Object(data),
  );
  return { context, jarvis, result, records, byPeople, outcome: outcomes[0] };
}

const AT = '2026-11-22T16:00:57.000Z';

describe('a change of the roadmap by a person', () => {
  it('is made when the action in flight is done, with author and reason', async () => {
    const { result, records, byPeople } = await runAndMeanwhile((jarvis, runId) =>
      jarvis.changeRoadmap(runId, PAGE, ANN),
    );

    const changedAt = records.findIndex((record) => byPeople.includes(record));
    const opened = records.slice(0, changedAt).filter(({ type }) => type === 'action.opened').length;
    const closed = records.slice(0, changedAt).filter(({ type }) => type === 'action.closed').length;
    expect(byPeople).toMatchObject([
      { type: 'roadmap.changed', data: { change: { author: 'Ann', reason: 'Not now' }, isByPerson: true } },
    ]);
    expect(opened).toBe(closed);
    expect(result.rounds.some(({ stage }) => stage === 'page')).toBe(false);
    expect(result.roadmap?.stages.find(({ id }) => id === 'page')?.status).toBe('skipped');
  });

  it('is told what the roadmap is like with it, and from when on', async () => {
    const { outcome } = await runAndMeanwhile((jarvis, runId) =>
      jarvis.changeRoadmap(runId, PAGE, { ...ANN, ifVersion: 2 }),
    );

    expect(outcome).toMatchObject({ roadmap: { version: 3 }, isRepeat: false, holdsFrom: 'next-action' });
  });

  it.each<PeopleMutation>([
    {
      type: 'add',
      stage: {
        id: 'faq',
        brief: { name: 'FAQ', goal: 'Answers', planSteps: ['Write it'], requirements: [] },
      },
    },
    {
      type: 'split',
      stageId: 'page',
      into: [
        { id: 'text', name: 'Text', goal: 'Text', planSteps: [0] },
        { id: 'rest', name: 'Rest', goal: 'Rest', planSteps: [] },
      ],
    },
    { type: 'reorder', stageIds: ['look-and-emblem', 'page'] },
    { type: 'drop', stageId: 'page', reason: 'No' },
  ])('may $type', async (mutation) => {
    const { byPeople, result } = await runAndMeanwhile((jarvis, runId) =>
      jarvis.changeRoadmap(runId, mutation, ANN),
    );

    expect(byPeople).toMatchObject([{ type: 'roadmap.changed', data: { change: { mutation } } }]);
    expect(result.roadmap?.stages.some(({ status }) => status === 'pending')).toBe(false);
  });

  it('may open a completed stage again, which is worked on once more', async () => {
    const reopen: PeopleMutation = { type: 'reopen', stageId: 'look-and-emblem', reason: 'Wrong colours' };

    const { result, byPeople } = await runAndMeanwhile(
      (jarvis, runId) => jarvis.changeRoadmap(runId, reopen, ANN),
      'PHASE3',
      'review',
    );

    expect(byPeople).toHaveLength(1);
    expect(result.status).toBe('done');
    expect(result.rounds.at(-1)?.stage).toBe('look-and-emblem');
  });

  it('may skip a phase of the three loops, which is not worked on', async () => {
    const { result, byPeople } = await runAndMeanwhile(
      (jarvis, runId) => jarvis.changeRoadmap(runId, PAGE, ANN),
      'LEGACY_3LOOP',
    );

    expect(byPeople).toHaveLength(1);
    expect(result.rounds.some(({ stage }) => stage === 'page')).toBe(false);
  });

  it('B50: is refused for another version than the current one, which is named, and nothing is recorded', async () => {
    const { outcome, byPeople } = await runAndMeanwhile((jarvis, runId) =>
      jarvis.changeRoadmap(runId, PAGE, { ...ANN, ifVersion: 1 }),
    );

    expect(outcome).toMatchObject({ code: 'JARVIS_ROADMAP_VERSION_CONFLICT', currentVersion: 2 });
    expect(byPeople).toEqual([]);
  });

  it('B50: is refused when a change that waits makes another version', async () => {
    const { outcome, byPeople } = await runAndMeanwhile(async (jarvis, runId) => {
      await jarvis.changeRoadmap(runId, PAGE, { ...ANN, ifVersion: 2 });
      return jarvis.changeRoadmap(runId, PAGE, { author: 'Bob', ifVersion: 2 });
    });

    expect(outcome).toMatchObject({ code: 'JARVIS_ROADMAP_VERSION_CONFLICT', currentVersion: 3 });
    expect(byPeople).toHaveLength(1);
  });

  it.each([
    ['named by the person', { ...ANN, id: 'one' }],
    ['made of what is asked', ANN],
  ])('B51: with the same id, %s, is made once', async (_what, wish) => {
    const { outcome, byPeople } = await runAndMeanwhile(async (jarvis, runId) => {
      await jarvis.changeRoadmap(runId, PAGE, wish);
      return jarvis.changeRoadmap(runId, PAGE, wish);
    });

    expect(outcome).toMatchObject({ isRepeat: true, roadmap: { version: 3 } });
    expect(byPeople).toHaveLength(1);
  });

  it('is a new one when what was asked for before was taken back meanwhile', async () => {
    const { outcome, byPeople } = await runAndMeanwhile(async (jarvis, runId) => {
      await jarvis.changeRoadmap(runId, PAGE, ANN);
      await jarvis.changeRoadmap(runId, { type: 'reopen', stageId: 'page', reason: 'After all.' }, ANN);
      return jarvis.changeRoadmap(runId, PAGE, ANN);
    });

    expect(outcome).toMatchObject({ isRepeat: false, roadmap: { version: 5 } });
    expect(byPeople).toHaveLength(3);
  });

  it('B52: comes too late for a run that is over', async () => {
    const { jarvis, result } = await runAndMeanwhile(() => Promise.resolve());

    const late = jarvis.changeRoadmap(result.runId, PAGE, ANN);

    await expect(late).rejects.toMatchObject({ code: 'JARVIS_ROADMAP_CLOSED' });
  });

  it('is refused in the mode without stages, and before there are any', async () => {
    const change: Meanwhile = (jarvis, runId) => jarvis.changeRoadmap(runId, PAGE, ANN);

    const [twoLoop, early] = await Promise.all([
      runAndMeanwhile(change, 'SIMPLE_2LOOP'),
      runAndMeanwhile(change, 'PHASE3', 'plan'),
    ]);

    expect(hasErrorCode(twoLoop.outcome, 'JARVIS_RUN_ROADMAP_FIXED')).toBe(true);
    expect(hasErrorCode(early.outcome, 'JARVIS_RUN_ROADMAP_FIXED')).toBe(true);
    expect([...twoLoop.byPeople, ...early.byPeople]).toEqual([]);
  });

  it.each([
    [
      'what only the run may say',
      { id: 'person-1', author: 'Ann', mutation: { type: 'start', stageId: 'page' } },
    ],
    ['an id like those of the run', { id: 'change-9', author: 'Ann', mutation: PAGE }],
    ['another version', { id: 'person-1', author: 'Ann', expectedVersion: 99, mutation: PAGE }],
    ['a stage nobody knows', { id: 'person-1', author: 'Ann', mutation: { ...PAGE, stageId: 'nowhere' } }],
  ])('that was posted unproved is put on record as refused: %s', async (_what, change) => {
    const body = JSON.stringify({ type: 'roadmap', change: { at: AT, ...change } });

    const { byPeople, result } = await runAndMeanwhile((_jarvis, runId, journal) =>
      journal.post({ runId, id: 'raw', body, atMs: 0 }),
    );

    expect(result.status).toBe('done');
    expect(byPeople).toMatchObject([{ type: 'roadmap.refused', data: { author: 'Ann' } }]);
  });
});
