import type { ModeName } from '@jarvis/core';
import type { SingleReply } from '@jarvis/node/testing';
import { beforeEach, describe, expect, it } from 'vitest';

import { CommandLine } from './command-line.ts';
import type { Purpose } from './served-team.ts';
import { listQuestions, runWorkflow } from './workflow.ts';

let shell: CommandLine;

beforeEach(() => {
  shell = new CommandLine();
  return () => shell.remove();
});

const modes: readonly ModeName[] = ['SIMPLE_2LOOP', 'LEGACY_3LOOP', 'PHASE3', 'CONTEXT_AWARE'];

/** Failures that pass, each at the first time of a question; the server names the pause, which is short. */
const passing: Readonly<Partial<Record<Purpose, SingleReply>>> = {
  plan: { type: 'status', status: 503, headers: { 'retry-after-ms': '5' } },
  work: { type: 'text', content: 'Sure, here it is:' },
  audit: { type: 'json', content: { findings: 'none' } },
  review: { type: 'status', status: 429, headers: { 'retry-after-ms': '5' } },
};

describe('a run that meets failures on its way', () => {
  it.each(modes)('comes in %s to its end all the same, and tells of each of them', async (mode) => {
    const { code, shown, requests, records } = await runWorkflow(shell, {
      flags: ['--mode', mode],
      exception: ({ purpose, time }) => (time === 1 ? passing[purpose] : undefined),
    });

    const endings = records.flatMap((record) =>
      record.type === 'attempt.closed' ? [record.data.ending.type] : [],
    );
    expect(code).toBe(0);
    expect(shown).toMatchObject({ status: 'done', stop: { reason: 'approved' } });
    expect(endings.filter((type) => type === 'failed')).toHaveLength(2);
    expect(endings).toHaveLength(requests.length);
    expect(shown.cost.calls).toBe(requests.length - 2);
    expect(shown.cost.inDoubtUsd).toBe(0);
  });

  it.each(modes)('waits in %s outside of any process when it is told to come back later', async (mode) => {
    let isBusy = true;
    const { code, shown, asked, resumed } = await runWorkflow(shell, {
      flags: ['--mode', mode],
      exception: ({ purpose }) => {
        if (purpose !== 'review' || !isBusy) return undefined;
        isBusy = false;
        return { type: 'status', status: 429, retryAfter: 3_600 };
      },
      resume: [],
    });

    const questions = listQuestions(asked);
    expect({ code, status: shown.status, reason: shown.stop.reason }).toEqual({
      code: 9,
      status: 'parked',
      reason: 'rate_limited',
    });
    expect(shown.stop.retryAtMs).toBeGreaterThan(Date.now());
    expect(shown.nextCommand).toMatch(/^jarvis resume /u);
    expect(questions.slice(-2)).toEqual(['review', 'review']);
    expect(questions.filter((question) => question === 'plan')).toHaveLength(1);
    expect(resumed).toMatchObject({ code: 0, shown: { status: 'done' } });
  });

  it.each(modes)('is in %s never approved when the employee does not do its work', async (mode) => {
    const { code, shown, asked } = await runWorkflow(shell, {
      flags: ['--mode', mode],
      exception: ({ purpose }) =>
        purpose === 'work' ? { type: 'refusal', message: 'I would rather not.' } : undefined,
    });

    expect([1, 5]).toContain(code);
    expect(shown.stop.reason).not.toBe('approved');
    expect(listQuestions(asked)).not.toContain('review');
    expect(shown.files).toEqual([]);
  });

  it('is not approved when the work of a single stage is missing, and keeps the others', async () => {
    const { code, shown, asked } = await runWorkflow(shell, {
      flags: ['--mode', 'PHASE3'],
      exception: ({ purpose, brief: { stage } }) =>
        purpose === 'work' && stage?.name === 'Notes' ? { type: 'text', content: '' } : undefined,
    });

    expect({ code, ...shown.stop }).toMatchObject({ code: 5, reason: 'stages_blocked' });
    expect(listQuestions(asked)).not.toContain('review');
    expect(shown.files).toEqual(['index.html']);
    expect(shown.roadmap.stages.map(({ status }) => status)).toEqual(['completed', 'blocked']);
  });
});
