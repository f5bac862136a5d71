import { describe, expect, it } from 'vitest';

import { findDifferences } from './find-differences.ts';
import type { ObservedCall, Observation } from './observation.ts';

const call: ObservedCall = {
  role: 'employee.build',
  model: 'gpt-4o',
  temperature: null,
  attempts: [500, 200],
  user: { task: 'a', previous_files: { 'a/b.html': 'x' }, feedback: ['One'] },
  usage: { prompt_tokens: 1, completion_tokens: 2 },
  isRepair: false,
};
const run: Observation = {
  status: 'approved',
  calls: [call],
  probes: 0,
  requests: 2,
  retries: 1,
  unscripted: {},
  files: { 'index.html': { sha256: 'aa', bytes: 2 } },
  commits: ['one'],
  cost: {
    usd: 0.000_025,
    lines: { 'employee gpt-4o': { inputTokens: 1, outputTokens: 2, nanoUsd: 22_500 } },
  },
  inputs: [],
};

describe('findDifferences', () => {
  it('finds none between equal runs, whatever the order of the keys', () => {
    const other = {
      ...run,
      calls: [{ ...call, user: { feedback: ['One'], previous_files: { 'a/b.html': 'x' }, task: 'a' } }],
    };

    expect(findDifferences(run, other)).toEqual([]);
  });

  it.each<[string, Observation]>([
    ['/status', { ...run, status: null }],
    ['/calls/-', { ...run, calls: [] }],
    ['/calls/-', { ...run, calls: [call, call] }],
    ['/calls/0/model', { ...run, calls: [{ ...call, model: 'gpt-4' }] }],
    ['/calls/0/temperature', { ...run, calls: [{ ...call, temperature: 0 }] }],
    ['/calls/0/attempts', { ...run, calls: [{ ...call, attempts: [200, 500] }] }],
    [
      '/calls/0/user/feedback',
      {
        ...run,
        calls: [{ ...call, user: { task: 'a', previous_files: { 'a/b.html': 'x' }, feedback: null } }],
      },
    ],
    [
      '/calls/0/user/previous_files/a~1b.html',
      { ...run, calls: [{ ...call, user: { task: 'a', previous_files: {}, feedback: ['One'] } }] },
    ],
    ['/calls/0/user', { ...run, calls: [{ ...call, user: 'a' }] }],
    ['/calls/0/isRepair', { ...run, calls: [{ ...call, isRepair: true }] }],
    ['/requests', { ...run, requests: 3 }],
    ['/retries', { ...run, retries: 0 }],
    ['/unscripted/manager.plan', { ...run, unscripted: { 'manager.plan': 1 } }],
    ['/files/index.html/sha256', { ...run, files: { 'index.html': { sha256: 'bb', bytes: 2 } } }],
    ['/files/new.html', { ...run, files: { ...run.files, 'new.html': { sha256: 'cc', bytes: 1 } } }],
    ['/commits/0', { ...run, commits: ['two'] }],
    ['/commits/-', { ...run, commits: ['one', 'two'] }],
    ['/commits', { ...run, commits: null }],
    ['/cost/usd', { ...run, cost: { ...run.cost, usd: 0.000_026 } }],
    [
      '/cost/lines/employee gpt-4o/nanoUsd',
      {
        ...run,
        cost: {
          ...run.cost,
          lines: { 'employee gpt-4o': { inputTokens: 1, outputTokens: 2, nanoUsd: 22_501 } },
        },
      },
    ],
    ['/inputs', { ...run, inputs: [{ answer: 'y' }] }],
  ])('names the field %s', (path, other) => {
    const differences = findDifferences(run, other);

    expect(differences.map((difference) => difference.path)).toEqual([path]);
  });

  it('lets a total that was rounded the other way pass', () => {
    const other = { ...run, cost: { ...run.cost, usd: 0.000_025_5 } };

    expect(findDifferences(run, other)).toEqual([]);
  });

  it('shows what one list has beyond the other', () => {
    const [difference] = findDifferences(run, { ...run, commits: ['one', 'two', 'three'] });

    expect(difference).toEqual({ path: '/commits/-', recorded: [], ours: ['two', 'three'] });
  });
});
