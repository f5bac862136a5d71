import { BudgetReachedError } from '@jarvis/bus';
import {
  CostCapReachedError,
  GitConflictError,
  GitHookFailedError,
  JournalDamagedError,
  LlmError,
  llmErrorReasons,
  WorkspaceConflictError,
} from '@jarvis/core';
import { RoadmapChurnError, RoadmapLimitError } from '@jarvis/roadmap';
import { describe, expect, it, vi } from 'vitest';

import { UnusableAnswerError } from '../errors.ts';
import { recoverFrom } from './recovery-table.ts';

const CONTEXT = { onCap: 'stop', nowMs: 1_000 } as const;

describe('recoverFrom', () => {
  it.each(llmErrorReasons)('gives a run that met %s a consequence, and lets it be resumed', (reason) => {
    const recovery = recoverFrom(new LlmError({ reason, seen: 'x', mayBeCharged: false }), CONTEXT);

    expect(recovery).toMatchObject({ type: 'pause', stop: { reason } });
    expect(['parked', 'failed']).toContain(recovery?.stop.status);
  });

  it.each([
    [
      new UnusableAnswerError({ purpose: 'plan', reason: 'empty', problem: 'It is empty.' }),
      'end',
      'failed',
      'empty',
    ],
    [new WorkspaceConflictError({ paths: ['a'] }), 'pause', 'waiting', 'workspace_conflict'],
    [new GitConflictError({ branch: 'refs/heads/main' }), 'pause', 'waiting', 'git_conflict'],
    [
      new GitHookFailedError({ hook: 'pre-commit', problem: 'failed', output: '' }),
      'pause',
      'waiting',
      'git_hook_failed',
    ],
    [
      new BudgetReachedError({ messageId: 'm', unit: 'messages', limit: 10_000 }),
      'end',
      'partial',
      'no_progress',
    ],
    [new RoadmapChurnError({ restructured: 20 }), 'end', 'partial', 'no_progress'],
    [new RoadmapLimitError({ limit: 'maxStages', wanted: 51, allowed: 50 }), 'end', 'partial', 'max_stages'],
    [new RangeError('nobody foresaw this'), 'pause', 'failed', 'unexpected'],
  ])('makes of %s: %s, %s, %s', (...row) => {
    const [error, type, status, reason] = row;

    expect(recoverFrom(error, CONTEXT)).toMatchObject({ type, stop: { status, reason } });
  });

  it('knows an error of another copy of the package, and which cap it is about', async () => {
    vi.resetModules();
    const copy = await import('@jarvis/core');
    const error = new copy.CostCapReachedError({ needed: 2, available: 1, cap: 10 });

    expect(error).not.toBeInstanceOf(CostCapReachedError);
    const capFlag = '--max-cost <US dollars>';
    expect(recoverFrom(error, CONTEXT)?.stop).toMatchObject({ reason: 'budget', capFlag });
  });

  it('keeps its hands off a journal that does not hold', () => {
    expect(
      recoverFrom(new JournalDamagedError({ runId: 'r', seq: 3, problem: 'x' }), CONTEXT),
    ).toBeUndefined();
  });
});
