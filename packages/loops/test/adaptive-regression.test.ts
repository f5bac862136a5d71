import type { Check } from '@jarvis/core';
import { MemoryWorkspace } from '@jarvis/core/testing';
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

describe('stages that are broken together', () => {
  it('answer each for its own files: neither is asked to mend what belongs to the other', async () => {
    const noted: Asked[] = [];
    const { jarvis } = createTeamOfFive(
      {
        work: ({ stage, cycle }) =>
          stage === 'Epsilon' && cycle === 1
            ? [page('Epsilon', cycle), broken('Beta', cycle), broken('Delta', cycle)]
            : undefined,
      },
      noted,
    );

    const result = await jarvis.run({ task });

    expect(result).toMatchObject({ status: 'done', reason: 'approved' });
    expect(result.rounds.map(({ stage }) => stage).slice(4)).toEqual(['epsilon', 'delta', 'beta']);
    const [delta, beta] = noted.slice(5).map(({ feedback }) => feedback);
    expect(beta).toContain('beta.html');
    expect(beta).not.toContain('delta.html');
    expect(delta).toContain('delta.html');
    expect(delta).not.toContain('beta.html');
  });

  it('are not asked for what the stage they interrupt has left wrong in its own file', async () => {
    const noted: Asked[] = [];
    const { jarvis } = createTeamOfFive(
      {
        work: ({ stage, cycle }) =>
          stage === 'Epsilon' && cycle === 1 ? [broken('Epsilon', cycle), broken('Beta', cycle)] : undefined,
      },
      noted,
    );

    const result = await jarvis.run({ task });

    expect(result).toMatchObject({ status: 'done', reason: 'approved' });
    expect(result.rounds.map(({ stage }) => stage).slice(4)).toEqual(['epsilon', 'beta', 'epsilon']);
    expect(noted[5]?.feedback).not.toContain('epsilon.html');
    expect(noted[6]?.feedback).toContain('epsilon.html');
    expect(noted[6]?.feedback).not.toContain('beta.html');
  });

  it('are mended for good although a repair leaves the file as it was', async () => {
    const { jarvis } = createTeamOfFive({
      work: ({ stage, cycle }) => {
        if (stage === 'Epsilon' && cycle === 1) return [page('Epsilon', cycle), broken('Beta', 1)];
        return stage === 'Beta' && cycle === 2 ? [write('notes.html', pageOf('Notes', cycle))] : undefined;
      },
    });

    const result = await jarvis.run({ task });

    expect(result).toMatchObject({ status: 'done', reason: 'approved' });
    expect(result.rounds.map(({ stage }) => stage).slice(4)).toEqual(['epsilon', 'beta', 'beta']);
  });
});

describe('the parts of a stage that was divided', () => {
  it('answer for what it has left wrong, for it is not there any more', async () => {
    const noted: Asked[] = [];
    const { jarvis } = createStageTeam(
      {
        stages: [{ name: 'Site' }],
        stepsPerStage: 2,
        work: ({ stage, cycle }) => {
          if (stage === 'Site') return [broken('Site', cycle)];
          return cycle === 1 ? undefined : [page('Site', cycle)];
        },
        onAsked: (asked) => {
          if (asked.request.purpose === 'work') noted.push(asked);
        },
      },
      { checks, config: { costs: { capUsd: 'unlimited' }, loop: { maxAuditsPerStage: 2 } } },
    );

    const result = await jarvis.run({ task });

    const told = noted.filter(({ stage }) => stage === 'Site, first part').map(({ feedback }) => feedback);
    expect(told[1]).toContain('site.html');
    expect(result).toMatchObject({ status: 'done', reason: 'approved' });
  });
});

/** A check that finds an error in each file that names a page which is not there. */
const links: Check = {
  id: 'links',
  inspect: (files) => {
    const paths = new Set(files.map(({ path }) => path));
    const dead = files.flatMap(({ path, content }) =>
      [...content.matchAll(/href="(?<target>[^"]+)"/gu)]
        .flatMap(({ groups }) => groups?.target ?? [])
        .filter((target) => !paths.has(target))
        .map((target) => ({ path, target })),
    );
    return Promise.resolve(
      dead.map(({ path, target }) => ({
        severity: 'error' as const,
        source: 'links',
        rule: 'dead-link',
        file: path,
        description: `It leads to ${target}, which is not there.`,
      })),
    );
  },
};

describe('a stage that breaks the page of an earlier one without touching it', () => {
  it('is asked to mend it: nobody else has changed anything', async () => {
    const noted: Asked[] = [];
    const { jarvis } = createStageTeam(
      {
        stages: [{ name: 'Alpha' }, { name: 'Beta' }],
        work: ({ stage, cycle }) => {
          if (stage === 'Alpha') return [write('alpha.html', '<a href="map.html">Map</a>')];
          return cycle === 1
            ? [page('Beta', cycle), { type: 'delete', path: 'map.html' }]
            : [write('map.html', pageOf('Map', cycle))];
        },
        onAsked: (asked) => {
          if (asked.request.purpose === 'work') noted.push(asked);
        },
      },
      { checks: [links], workspace: new MemoryWorkspace({ files: { 'map.html': 'A map' } }) },
    );

    const result = await jarvis.run({ task });

    expect(result.rounds.map(({ stage }) => stage)).toEqual(['alpha', 'beta', 'beta']);
    expect(noted[2]?.feedback).toContain('It leads to map.html, which is not there.');
    expect(result).toMatchObject({ status: 'done', reason: 'approved' });
  });
});
