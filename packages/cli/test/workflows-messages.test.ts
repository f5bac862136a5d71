import type { ModeName } from '@jarvis/core';
import { beforeEach, describe, expect, it } from 'vitest';

import { CommandLine } from './command-line.ts';
import { type Exception, mendedPage } from './served-team.ts';
import { runWorkflow, type ShownRun } from './workflow.ts';

let shell: CommandLine;

beforeEach(() => {
  shell = new CommandLine();
  return () => shell.remove();
});

function describeMessages({ messages }: ShownRun): readonly string[] {
  return messages.map(({ from, to, kind }) => `${from} to ${to}: ${kind}`);
}

const ASSIGNED = 'manager to employee: work.assigned';
const DELIVERED = 'employee to manager: work.delivered';
const REVIEWED = 'manager to employee: review.given';
const AUDIT = 'manager to supervisor: audit.requested';
const ADVANCE = 'supervisor to manager: advance.requested';
const CHECKS = ['supervisor to tools: tool.requested', 'tools to supervisor: tool.finished'];
const LAST_LOOK = ['manager to tools: tool.requested', 'tools to manager: tool.finished'];

const conversations: readonly (readonly [ModeName, readonly string[]])[] = [
  ['SIMPLE_2LOOP', [ASSIGNED, DELIVERED, REVIEWED]],
  ['LEGACY_3LOOP', [ASSIGNED, DELIVERED, ASSIGNED, DELIVERED, REVIEWED, ...LAST_LOOK]],
  [
    'PHASE3',
    [
      ...[ASSIGNED, DELIVERED, ...CHECKS, AUDIT, ADVANCE],
      'supervisor to manager: change.suggested',
      'manager to supervisor: notice',
      ...[ASSIGNED, DELIVERED, ...CHECKS, AUDIT, ADVANCE],
      REVIEWED,
      ...LAST_LOOK,
    ],
  ],
  ['CONTEXT_AWARE', [ASSIGNED, DELIVERED, REVIEWED]],
];

const FINDING = {
  severity: 'error',
  file: 'index.html',
  quote: 'A bowline holds.',
  requirement: 'index.html has a title',
  description: 'Say what it is good for.',
};

/** The first audit finds something, and the second work mends it. */
const findsOnce: Exception = ({ purpose, time }) => {
  if (purpose === 'work' && time === 2) return mendedPage();
  if (purpose !== 'audit' || time > 1) return undefined;
  return { type: 'json', content: { findings: [FINDING] } };
};

describe('the messages of the agents', () => {
  it.each(conversations)('in %s: who says what to whom, in order', async (mode, expected) => {
    const { shown } = await runWorkflow(shell, { flags: ['--mode', mode] });

    expect(describeMessages(shown)).toEqual(expected);
  });

  it('are all in the thread of the run, each with an id of its own and numbered by sender', async () => {
    const { runId, shown } = await runWorkflow(shell, { flags: ['--mode', 'PHASE3'] });

    const { messages } = shown;
    expect(new Set(messages.map(({ threadId }) => threadId))).toEqual(new Set([runId]));
    expect(new Set(messages.map(({ id }) => id)).size).toBe(messages.length);
    for (const sender of ['manager', 'employee', 'supervisor']) {
      const sequence = messages.filter(({ from }) => from === sender).map((message) => message.sequence);
      expect(sequence).toEqual(sequence.map((_number, index) => index + 1));
    }
  });

  it('answer one another: each audit is replied to, and what it found is what is to be mended', async () => {
    const { shown } = await runWorkflow(shell, { flags: ['--mode', 'PHASE3'], exception: findsOnce });

    const { messages } = shown;
    const requests = messages.filter(({ kind }) => kind === 'audit.requested');
    const replies = messages.filter(({ from, replyTo }) => from === 'supervisor' && replyTo !== undefined);
    expect(replies.map(({ replyTo }) => replyTo)).toEqual(requests.map(({ id }) => id));
    expect(replies.map(({ kind }) => kind)).toEqual([
      'findings.reported',
      'advance.requested',
      'advance.requested',
    ]);
    const fix = messages.find(({ kind }) => kind === 'fix.requested');
    expect(fix).toMatchObject({ from: 'manager', to: 'employee' });
    expect(JSON.stringify(fix?.payload)).toContain('Say what it is good for.');
  });

  it('tell what the checks have found', async () => {
    const { shown } = await runWorkflow(shell, { flags: ['--mode', 'PHASE3'] });

    const [asked, ...others] = shown.messages.filter(({ kind }) => kind.startsWith('tool.'));
    expect(asked?.payload).toMatchObject({ tool: 'checks' });
    expect(others[0]).toMatchObject({ replyTo: asked?.id, payload: { succeeded: true } });
  });

  it('say so when somebody does not answer', async () => {
    const { shown } = await runWorkflow(shell, {
      flags: ['--mode', 'PHASE3'],
      exception: ({ purpose, time }) =>
        purpose === 'work' && time === 1 ? { type: 'refusal', message: 'No.' } : undefined,
    });

    const failures = shown.messages.filter(({ kind }) => kind === 'failure.reported');
    expect(failures).toMatchObject([{ from: 'employee', to: 'manager' }]);
    expect(failures[0]?.payload['problem']).toContain('refused');
    expect(shown.status).toBe('done');
  });
});
