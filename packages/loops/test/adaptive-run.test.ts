import { LlmError } from '@jarvis/core';
import { MemoryWorkspace } from '@jarvis/core/testing';
import { type Dialect, modernDialect, readRunRecords } from '@jarvis/loops';
import { describe, expect, it } from 'vitest';

import {
  type Asked,
  createStageTeam,
  errorIn,
  fileOf,
  pageOf,
  type StageScript,
  write,
} from './adaptive-team.ts';

const task = 'Build a site about knots';

function statusesOf({ roadmap }: { roadmap?: { stages: readonly { id: string; status: string }[] } }) {
  return Object.fromEntries((roadmap?.stages ?? []).map(({ id, status }) => [id, status]));
}

const allDone = { layout: 'completed', style: 'completed', text: 'completed' };

describe('a run in PHASE3', () => {
  it('works on one stage after the other and is done when the manager approves the whole', async () => {
    const { jarvis, llm } = createStageTeam();

    const result = await jarvis.run({ task });

    expect(result).toMatchObject({ status: 'done', reason: 'approved' });
    expect(statusesOf(result)).toEqual(allDone);
    expect(result.files).toEqual(['layout.html', 'style.html', 'text.html']);
    expect(result.commits).toHaveLength(3);
    expect(llm.requests.map(({ purpose }) => purpose).join(' ')).toBe(
      'plan split work audit work audit work audit review',
    );
  });

  it('has findings fixed, and tells the employee what they are', async () => {
    const work: Asked[] = [];
    const { jarvis } = createStageTeam({
      audit: ({ stage, cycle }) =>
        stage === 'Style' && cycle === 1 ? { findings: [errorIn('Style', 'It is grey')] } : undefined,
      onAsked: (asked) => {
        if (asked.request.purpose === 'work') work.push(asked);
      },
    });

    const result = await jarvis.run({ task });

    expect(result.status).toBe('done');
    expect(work.map(({ stage, cycle }) => `${stage} ${String(cycle)}`)).toEqual([
      'Layout 1',
      'Style 1',
      'Style 2',
      'Text 1',
    ]);
    expect(work[2]?.feedback).toContain('It is grey');
  });

  it('accepts warnings that are left when the audits are used up', async () => {
    const warning = { severity: 'warning', file: 'style.html', description: 'It could be nicer' };
    const { jarvis, llm } = createStageTeam({
      audit: ({ stage, open }) =>
        stage === 'Style'
          ? {
              findings: open.length === 0 ? [warning] : [],
              open: open.map((id) => ({ id, answer: 'still_there' })),
            }
          : undefined,
    });

    const result = await jarvis.run({ task });

    expect(result.status).toBe('done');
    expect(statusesOf(result)).toEqual(allDone);
    expect(result.roadmap?.stages[1]?.note).toContain('Only warnings are left.');
    expect(llm.requests.filter(({ purpose }) => purpose === 'audit')).toHaveLength(1 + 3 + 1);
  });

  it('makes warnings of errors without evidence', async () => {
    const { jarvis } = createStageTeam({
      audit: ({ stage, open }) =>
        stage === 'Style'
          ? {
              findings: [
                { severity: 'error', file: 'style.html', description: 'I do not like it' },
                errorIn('Style', 'It quotes what is not there', 'nowhere to be found'),
              ],
              open: open.map((id) => ({ id, answer: 'still_there' })),
            }
          : undefined,
    });

    const result = await jarvis.run({ task });

    expect(result.status).toBe('done');
    const audits = result.rounds.filter(({ stage }) => stage === 'style').map(({ audit }) => audit);
    expect(audits.map((audit) => audit?.verdict)).toEqual(audits.map(() => 'warnings'));
    expect(audits[0]?.downgraded).toBe(2);
  });

  it('takes a finding for open when the auditor says that it is gone and reports it again', async () => {
    const { jarvis } = createStageTeam({
      audit: ({ stage, cycle }) =>
        stage === 'Style' && cycle < 3 ? { findings: [errorIn('Style', 'It is grey')] } : undefined,
    });

    const result = await jarvis.run({ task });

    const verdicts = result.rounds
      .filter(({ stage }) => stage === 'style')
      .map(({ audit }) => audit?.verdict);
    expect(verdicts).toEqual(['errors', 'errors', 'clean']);
    expect(result.status).toBe('done');
  });

  it('audits what the checks have seen, not what somebody has made of it since', async () => {
    const workspace = new MemoryWorkspace();
    const audited: string[] = [];
    const { jarvis } = createStageTeam(
      {
        onAsked: ({ request, stage, files }) => {
          if (request.purpose === 'audit') audited.push(files.get(fileOf(stage)) ?? '');
        },
      },
      {
        workspace,
        checks: [
          {
            id: 'meddler',
            inspect: (files) => {
              const layout = files.find(({ path }) => path === 'layout.html');
              if (layout !== undefined) workspace.write('layout.html', 'changed by hand');
              return Promise.resolve([]);
            },
          },
        ],
      },
    );

    await jarvis.run({ task });

    expect(audited[0]).toBe(pageOf('Layout', 1));
  });
});

/** An auditor that is never content with a stage, and a ladder to climb. */
function discontent(stage: string): NonNullable<StageScript['audit']> {
  return (asked) =>
    asked.stage.startsWith(stage)
      ? {
          findings: asked.open.length === 0 ? [errorIn('Style', 'It is grey', '<h1>Style</h1>')] : [],
          open: asked.open.map((id) => ({ id, answer: 'still_there' })),
        }
      : undefined;
}

describe('a stage whose errors stay', () => {
  it('gets other instructions, a stronger model, and is put to the manager, who accepts it', async () => {
    const work: Asked[] = [];
    const { jarvis } = createStageTeam(
      {
        audit: discontent('Style'),
        decide: () => true,
        onAsked: (asked) => {
          if (asked.request.purpose === 'work' && asked.stage === 'Style') work.push(asked);
        },
      },
      {
        config: {
          models: { manager: 'm', employee: 'm', tiers: { strong: 'strong-model' } },
          costs: { capUsd: 'unlimited' },
        },
      },
    );

    const result = await jarvis.run({ task });

    expect(result).toMatchObject({ status: 'done', reason: 'approved' });
    expect(work.filter(({ feedback }) => feedback.includes('begin from the requirements'))).toHaveLength(1);
    expect(work.at(-1)?.request.model).toBe('strong-model');
    expect(result.roadmap?.stages[1]).toMatchObject({
      status: 'completed',
      note: expect.stringContaining('manager: It may be.') as string,
    });
  });

  it('is blocked when the manager refuses it; the run ends partial and names it', async () => {
    const { jarvis } = createStageTeam({ audit: discontent('Style') });

    const result = await jarvis.run({ task });

    expect(result).toMatchObject({ status: 'partial', reason: 'stages_blocked' });
    expect(result.message).toContain('Style (blocked)');
    expect(result.message).toContain('Not accepted by manager: It may not be.');
    expect(statusesOf(result)).toEqual({ layout: 'completed', style: 'blocked', text: 'pending' });
  });

  it('is divided in two when it has more than one step, and its parts are worked on at once', async () => {
    const { jarvis, llm } = createStageTeam({
      audit: discontent('Style'),
      decide: () => true,
      stepsPerStage: 2,
    });

    const result = await jarvis.run({ task });

    expect(result.status).toBe('done');
    expect(statusesOf(result)).toEqual({
      layout: 'completed',
      'style-a': 'completed',
      'style-b': 'completed',
      text: 'completed',
    });
    const stages = result.rounds.map(({ stage }) => stage);
    expect(stages.indexOf('text')).toBe(stages.length - 1);
    expect(llm.requests.filter(({ purpose }) => purpose === 'split')).toHaveLength(1);
  });

  it('is accepted with its errors where the configuration says so', async () => {
    const { jarvis, llm } = createStageTeam(
      { audit: discontent('Style') },
      { config: { loop: { onAuditLimit: 'accept' } } },
    );

    const result = await jarvis.run({ task });

    expect(result.status).toBe('done');
    expect(llm.requests.some(({ purpose }) => purpose === 'decide')).toBe(false);
    expect(result.roadmap?.stages[1]?.note).toContain('What is left is accepted.');
  });
});

describe('suggestions of the supervisor', () => {
  const add = {
    type: 'add',
    name: 'Images',
    goal: 'There are images',
    requirements: [],
    reason: 'It is bare',
  };

  it('change the roadmap when the manager agrees', async () => {
    const { jarvis } = createStageTeam({
      audit: ({ stage }) => (stage === 'Layout' ? { suggestions: [add] } : undefined),
      decide: () => true,
    });

    const result = await jarvis.run({ task });

    expect(result.status).toBe('done');
    expect(statusesOf(result)).toEqual({ ...allDone, images: 'completed' });
  });

  it('change nothing when the manager does not', async () => {
    const { jarvis } = createStageTeam({
      audit: ({ stage }) => (stage === 'Layout' ? { suggestions: [add] } : undefined),
    });

    const result = await jarvis.run({ task });

    expect(statusesOf(result)).toEqual(allDone);
  });

  it('are passed over on record when they do not fit', async () => {
    const skip = { type: 'skip', stage: 'layout', reason: 'Needless' };
    const { jarvis, context } = createStageTeam({
      audit: ({ stage }) => (stage === 'Style' ? { suggestions: [skip, add] } : undefined),
      decide: () => true,
    });

    const result = await jarvis.run({ task });

    const records = await readRunRecords(context.journal, result.runId);
    const refused = records.filter(({ type }) => type === 'roadmap.refused');
    expect(refused.map(({ data }) => data)).toMatchObject([{ id: 'suggestion-2-1', author: 'supervisor' }]);
    expect(statusesOf(result)).toEqual({ ...allDone, images: 'completed' });
  });

  it('B53: add no stage beyond the most that are allowed', async () => {
    const { jarvis } = createStageTeam(
      {
        audit: ({ stage }) => ({ suggestions: [{ ...add, name: `After ${stage}` }] }),
        decide: () => true,
      },
      { config: { loop: { maxStages: 5 } } },
    );

    const result = await jarvis.run({ task });

    expect(result.status).toBe('done');
    expect(result.roadmap?.stages).toHaveLength(5);
  });
});

const lost = () =>
  new LlmError({ reason: 'connection_lost', seen: 'the server hung up', mayBeCharged: false });

describe('calls that fail for good', () => {
  /** A server that hangs up on a purpose at a stage until told otherwise. */
  function hangUp(
    purpose: string,
    stage: string,
    answers: () => boolean,
  ): NonNullable<StageScript['onAsked']> {
    return (asked) => {
      if (asked.request.purpose === purpose && asked.stage === stage && !answers()) throw lost();
    };
  }

  const free = [{ name: 'Layout' }, { name: 'Style' }, { name: 'Text' }];

  it.each(['work', 'audit'])(
    'put the stage off when it was its %s, and it is tried once more at the end',
    async (purpose) => {
      const { jarvis, llm } = createStageTeam({
        stages: free,
        onAsked: hangUp(purpose, 'Style', () => asked().includes('Text')),
      });
      const asked = () =>
        llm.requests
          .filter((request) => request.purpose === 'audit')
          .map(({ messages }) => stageIn(messages));

      const result = await jarvis.run({ task });

      expect(result).toMatchObject({ status: 'done', reason: 'approved' });
      expect(statusesOf(result)).toEqual(allDone);
      expect(result.rounds.at(-1)?.stage).toBe('style');
    },
  );

  it('park the run when they fail again, and it goes on where it stood', async () => {
    let isUp = false;
    const { jarvis } = createStageTeam({ stages: free, onAsked: hangUp('work', 'Style', () => isUp) });

    const parked = await jarvis.run({ task });
    isUp = true;
    const result = await jarvis.resume(parked.runId);

    expect(parked).toMatchObject({ status: 'parked', reason: 'connection_lost' });
    expect(statusesOf(parked)).toEqual({ layout: 'completed', style: 'active', text: 'completed' });
    expect(result).toMatchObject({ status: 'done', reason: 'approved' });
  });

  it('block the stage when its answers are of no use at the second try either', async () => {
    const { jarvis } = createStageTeam({
      stages: free,
      work: ({ stage }) => (stage === 'Style' ? 'I would rather not.' : undefined),
    });

    const result = await jarvis.run({ task });

    expect(result).toMatchObject({ status: 'partial', reason: 'stages_blocked' });
    expect(statusesOf(result)).toEqual({ layout: 'completed', style: 'blocked', text: 'completed' });
    expect(result.message).toContain('Style (blocked). Style: Tried twice:');
  });

  it('block a stage whose files are refused as often as it may be audited', async () => {
    const { jarvis, llm } = createStageTeam({
      stages: free,
      work: ({ stage }) => (stage === 'Style' ? [write('../outside.html', 'x')] : undefined),
    });

    const result = await jarvis.run({ task });

    expect(result).toMatchObject({ status: 'partial', reason: 'stages_blocked' });
    expect(result.message).toContain('Its files were refused 3 times in a row.');
    expect(llm.requests.filter(({ messages }) => stageIn(messages) === 'Style')).toHaveLength(3);
  });
});

function stageIn(messages: readonly { role: string; content: string }[]): string {
  const text = messages.find(({ role }) => role === 'user')?.content ?? '';
  return /"stage":\s*\{\s*"name":\s*"([^"]*)"/u.exec(text)?.[1] ?? '';
}

describe('the look at the whole', () => {
  it('makes a stage of what the review objects to', async () => {
    const { jarvis } = createStageTeam({
      review: ({ files }) => (files.has('corrections-1.html') ? [] : ['There is no index.']),
    });

    const result = await jarvis.run({ task });

    expect(result).toMatchObject({ status: 'done', reason: 'approved' });
    expect(statusesOf(result)).toEqual({ ...allDone, 'corrections-1': 'completed' });
  });

  it('finds a name for that stage when the plan has taken it', async () => {
    const { jarvis } = createStageTeam({
      stages: [{ name: 'Corrections 1' }],
      review: ({ files }) => (files.size > 1 ? [] : ['There is no index.']),
    });

    const result = await jarvis.run({ task });

    expect(result).toMatchObject({ status: 'done', reason: 'approved' });
    expect(statusesOf(result)).toEqual({ 'corrections-1': 'completed', 'corrections-1-2': 'completed' });
  });

  it('says one review where there was one', async () => {
    const { jarvis } = createStageTeam({ review: () => ['No.'] }, { config: { loop: { maxRounds: 1 } } });

    const result = await jarvis.run({ task });

    expect(result.message).toBe('Not approved after 1 review, the most allowed.');
  });

  it('ends partial when the most reviews are used up', async () => {
    const { jarvis } = createStageTeam({ review: () => ['No.'] });

    const result = await jarvis.run({ task });

    expect(result).toMatchObject({ status: 'partial', reason: 'max_rounds' });
    expect(result.message).toBe('Not approved after 3 reviews, the most allowed.');
  });

  it('ends partial when there is no room for another stage', async () => {
    const { jarvis } = createStageTeam(
      { review: () => ['There is no index.'] },
      { config: { loop: { maxStages: 3 } } },
    );

    const result = await jarvis.run({ task });

    expect(result).toMatchObject({ status: 'partial', reason: 'max_stages' });
    expect(result.message).toContain('There are 3 stages, the most allowed');
    expect(result.nextCommand).toBeUndefined();
    await expect(jarvis.resume(result.runId, { reopen: true })).rejects.toThrow('jarvis fork');
  });

  it('begins all stages again where the dialect wants it so', async () => {
    const again: Dialect = {
      ...modernDialect,
      policies: { ...modernDialect.policies, finalReview: 'again' },
    };
    const { jarvis } = createStageTeam(
      { review: ({ files }) => (files.get('text.html')?.includes('Text 2') === true ? [] : ['Again.']) },
      { dialect: again },
    );

    const result = await jarvis.run({ task });

    expect(result).toMatchObject({ status: 'done', reason: 'approved' });
    expect(result.rounds.map(({ stage }) => stage)).toEqual([
      'layout',
      'style',
      'text',
      'layout',
      'style',
      'text',
    ]);
  });

  it('asks for no review where the dialect wants none', async () => {
    const none: Dialect = { ...modernDialect, policies: { ...modernDialect.policies, finalReview: 'none' } };
    const { jarvis, llm } = createStageTeam({}, { dialect: none });

    const result = await jarvis.run({ task });

    expect(result).toMatchObject({ status: 'done', reason: 'completed' });
    expect(llm.requests.some(({ purpose }) => purpose === 'review')).toBe(false);
  });

  it('takes a stage for finished with its first work where the dialect has no audits', async () => {
    const { audit: _audit, ...unaudited } = modernDialect;
    const { jarvis, llm } = createStageTeam({}, { dialect: unaudited });

    const result = await jarvis.run({ task });

    expect(result).toMatchObject({ status: 'done', reason: 'approved' });
    expect(llm.requests.map(({ purpose }) => purpose).join(' ')).toBe('plan split work work work review');
  });

  it('makes a stage of what is unsafe at the end', async () => {
    const dialect: Dialect = {
      ...modernDialect,
      inspectSafety: (files) => (files.length > 3 ? [] : [unsafe]),
    };
    const { jarvis } = createStageTeam({}, { dialect });

    const result = await jarvis.run({ task });

    expect(result).toMatchObject({ status: 'done', reason: 'approved' });
    expect(statusesOf(result)).toEqual({ ...allDone, safety: 'completed' });
  });

  it('ends partial when that stage has not made it safe', async () => {
    const dialect: Dialect = { ...modernDialect, inspectSafety: () => [unsafe] };
    const { jarvis } = createStageTeam({ stages: [{ name: 'Safety' }] }, { dialect });

    const result = await jarvis.run({ task });

    expect(result).toMatchObject({ status: 'partial', reason: 'unsafe' });
    expect(result.message).toContain('a key stands in it');
    expect(statusesOf(result)).toEqual({ safety: 'completed', 'safety-2': 'completed' });
  });
});

const unsafe = {
  severity: 'error',
  source: 'safety',
  rule: 'key',
  description: 'a key stands in it',
} as const;
