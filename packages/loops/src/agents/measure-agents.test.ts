import { testRunContext } from '@jarvis/core/testing';
import { describe, expect, it } from 'vitest';

import { JarvisOrchestrator } from '../orchestrator/jarvis-orchestrator.ts';
import type { RunRecord } from '../engine/run-records.ts';
import { measureAgents } from './measure-agents.ts';

describe('measureAgents', () => {
  it('counts what each role was asked in a whole run', async () => {
    const jarvis = new JarvisOrchestrator({
      mode: 'PHASE3',
      context: testRunContext(),
      config: { llm: { simulate: true } },
    });
    const records: RunRecord[] = [];
    for await (const record of jarvis.stream({ task: 'Build a page' })) records.push(record);

    const times = measureAgents(records);

    const asked = records.flatMap((record) => (record.type === 'attempt.opened' ? [record.data.role] : []));
    expect(times.map(({ role }) => role).sort()).toEqual(['employee', 'manager', 'supervisor']);
    for (const { role, turns } of times) expect(turns).toBe(asked.filter((each) => each === role).length);
  });

  it('measures from action to question, and from question to answer', () => {
    const records = [
      record('action.opened', 100, { actionId: 'a', action: { type: 'plan' } }),
      record('attempt.opened', 130, { attemptId: '1', role: 'manager' }),
      record('attempt.closed', 430, { attemptId: '1', role: 'manager' }),
      record('attempt.opened', 500, { attemptId: '2', role: 'manager' }),
      record('attempt.closed', 490, { attemptId: '2', role: 'manager' }),
      record('attempt.opened', 600, { attemptId: '3', role: 'employee' }),
    ];

    expect(measureAgents(records)).toEqual([
      { role: 'manager', turns: 2, spawnMs: 30, turnMs: 300 },
      { role: 'employee', turns: 1, spawnMs: 0, turnMs: 0 },
    ]);
  });
});

/** As much of a record as is looked at. */
function record(type: RunRecord['type'], atMs: number, data: object): RunRecord {
  return { type, atMs, data } as unknown as RunRecord;
}
