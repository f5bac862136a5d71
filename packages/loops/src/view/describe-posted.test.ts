import type { GateDecision } from '@jarvis/core';
import { describe, expect, it } from 'vitest';

import { type InboxCommand, writeCommand } from '../engine/inbox.ts';
import { describePosted } from './describe-posted.ts';

const decision: GateDecision = {
  id: 'd1',
  gateId: 'plan-1.1',
  by: 'Ada',
  role: 'owner',
  verdict: 'reject',
  reason: 'Too dear',
  subjectHash: 'a'.repeat(64),
  atMs: 0,
};
const change = {
  id: 'person-1',
  author: 'Bob',
  at: '2026-11-22T16:00:57.000Z',
  mutation: { type: 'skip', stageId: 'page', reason: 'No' },
} as const;

const post = ({ id, body }: { readonly id: string; readonly body: string }) => ({
  runId: 'r1',
  id,
  body,
  atMs: 0,
});

describe('describePosted', () => {
  it.each([
    [{ type: 'amend', amendment: { capUsd: 3 } }, 'From here on: a cap of $3'],
    [{ type: 'cancel' }, 'To be cancelled'],
    [{ type: 'cancel', reason: 'Enough' }, 'To be cancelled: Enough'],
    [{ type: 'decide', decision }, 'Ada (owner): reject plan-1.1: Too dear'],
    [{ type: 'roadmap', change }, 'Roadmap, by Bob, a person: skip page'],
    [{ type: 'forget' }, 'Later runs are told nothing of this one'],
  ] satisfies readonly (readonly [InboxCommand, string])[])('tells of %j: %s', (command, text) => {
    expect(describePosted([post(writeCommand(command))])).toEqual([text]);
  });

  it('tells of what nobody understands', () => {
    expect(describePosted([post({ id: 'x', body: '{}' })])).toEqual([
      expect.stringMatching(/^What was posted as x cannot be understood: /u),
    ]);
  });
});
