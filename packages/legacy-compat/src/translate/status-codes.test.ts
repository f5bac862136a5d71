import { answerProblems, type Round, type RunResult } from '@jarvis/loops';
import { expect, it } from 'vitest';

import { toOrchestratorStatus, toPhase3Status, toThreeLoopStatus, toTwoLoopStatus } from './status-codes.ts';

const worked: Round = { number: 1, work: { summary: '', files: [], base: 'b' } };
const result: RunResult = {
  runId: 'run-1',
  status: 'done',
  reason: 'approved',
  message: '',
  mode: 'SIMPLE_2LOOP',
  isSimulated: false,
  workspace: '/site',
  rounds: [],
  files: [],
  commits: [],
  cost: { capUsd: 'unlimited', spentUsd: 0, inDoubtUsd: 0, inDoubtCalls: 0, calls: 0, lines: [] },
};

it.each<[Partial<RunResult>, string]>([
  [{}, 'approved'],
  [{ status: 'partial', reason: 'max_rounds', rounds: [reviewed('rejected')] }, 'rejected'],
  [
    {
      status: 'partial',
      reason: 'max_rounds',
      rounds: [{ ...worked, review: { isApproved: true, feedback: [], word: 'approved' } }],
    },
    'needs_changes',
  ],
  [{ status: 'partial', reason: 'max_rounds', rounds: [worked] }, 'needs_changes'],
  [{ status: 'partial', reason: 'no_progress', rounds: [] }, 'needs_changes'],
  [{ status: 'stopped', reason: 'budget', rounds: [] }, 'aborted_cost_cap_planning'],
  [{ status: 'stopped', reason: 'budget', rounds: [{ number: 1 }] }, 'aborted_cost_cap_planning'],
  [{ status: 'stopped', reason: 'budget', rounds: [worked] }, 'cost_cap_exceeded'],
  [{ status: 'stopped', reason: 'gate_rejected', rounds: [] }, 'aborted_by_user_after_planning'],
  [{ status: 'failed', reason: 'unauthorized' }, 'failed_unauthorized'],
  [{ status: 'parked', reason: 'provider_error', rounds: [worked] }, 'parked_provider_error'],
])('%j: %s', (ending, word) => {
  expect(toTwoLoopStatus({ ...result, ...ending })).toBe(word);
});

it.each(answerProblems)('an answer of no use, %s, has one old word', (reason) => {
  const ending = { ...result, status: 'parked' as const, reason };

  expect(toTwoLoopStatus(ending)).toBe('failed_unusable_answer');
});

it.each<[Partial<RunResult>, string]>([
  [{ status: 'partial', reason: 'unsafe', rounds: [worked] }, 'failed_safety_unresolved'],
  [{ status: 'partial', reason: 'max_rounds', rounds: [reviewed('hm')] }, 'hm'],
])('three loops, %j: %s', (ending, word) => {
  expect(toThreeLoopStatus({ ...result, ...ending })).toBe(word);
});

it.each<[Partial<RunResult>, string]>([
  [{ reason: 'completed' }, 'completed'],
  [{ reason: 'approved' }, 'completed'],
  [{ status: 'partial', reason: 'stages_blocked' }, 'partial_completion'],
  [{ status: 'stopped', reason: 'budget', rounds: [worked] }, 'partial_completion'],
  [{ status: 'stopped', reason: 'budget', rounds: [] }, 'aborted_cost_cap_planning'],
  [{ status: 'stopped', reason: 'gate_rejected', rounds: [] }, 'aborted_by_user_after_planning'],
])('stages, %j: %s', (ending, word) => {
  expect(toPhase3Status({ ...result, ...ending })).toBe(word);
});

it.each<[Partial<RunResult>, string]>([
  [{}, 'approved'],
  [{ status: 'waiting', reason: 'suspicious_task' }, 'blocked_security'],
  [{ status: 'partial', reason: 'stages_blocked' }, 'partial_completion'],
  [{ status: 'partial', reason: 'unsafe' }, 'failed_safety_unresolved'],
])('the old orchestrator, %j: %s', (ending, word) => {
  expect(toOrchestratorStatus({ ...result, ...ending })).toBe(word);
});

function reviewed(word: string): Round {
  return { ...worked, review: { isApproved: false, feedback: [], word } };
}
