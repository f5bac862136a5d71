import { type Gate, openGate } from '@jarvis/core';
import { describe, expect, it } from 'vitest';

import { renderGate } from './render-gate.ts';

const SHOWN = { task: 'Build', plan: { steps: ['One', 'Two'], acceptanceCriteria: [] }, isFirst: true };

function open(policy: Parameters<typeof openGate>[0]['policy']): Gate {
  const question = { id: 'plan-1.1', kind: 'plan', subject: SHOWN, shown: SHOWN, facts: {}, atMs: 0 };
  return openGate({ ...question, policy }).gate;
}

const owner = { approvers: [{ role: 'owner' }] };

describe('renderGate', () => {
  it('tells what is asked, by which rule, until when, and how to answer', () => {
    const gate = open({
      approvers: [{ role: 'lead', needed: 2 }, { person: 'ann' }],
      deadline: '2m',
      onDeadline: { escalateTo: { role: 'owner' } },
    });

    expect(renderGate(gate, 'r1')).toEqual([
      'plan-1.1: open, waits for the role lead',
      '  asked 1970-01-01 00:00:00 UTC, by the rule at "plan": 2 people of the role lead, then ann, until 1970-01-01 00:02:00 UTC; after that the role owner decides',
      '  it asks about:',
      '    task: Build',
      '    plan:',
      '      steps:',
      '        1. One',
      '        2. Two',
      '      acceptance criteria: none',
      '    is first: yes',
      '  yes: jarvis approve r1 --gate plan-1.1 --resume',
      '  no:  jarvis reject r1 --gate plan-1.1 --reason "…"',
      `  only about just this: --shown ${gate.subjectHash}`,
    ]);
  });

  it('tells why nobody has to answer any more', () => {
    const gate = { ...open(owner), closed: { atMs: 1_000, reason: 'The stage text is skipped.' } };

    expect(renderGate(gate, 'r1').join('\n')).toContain(
      '\n  closed 1970-01-01 00:00:01 UTC: The stage text is skipped.',
    );
    expect(renderGate(gate, 'r1').join('\n')).not.toContain('yes:');
  });

  it('tells who has answered what, when and why, and asks no more', () => {
    const { subjectHash } = open(owner);
    const said = {
      id: 'd1',
      gateId: 'plan-1.1',
      by: 'Ada',
      role: 'owner',
      subjectHash,
      atMs: 60_000,
      step: 0,
    };
    const gate: Gate = { ...open(owner), decisions: [{ ...said, verdict: 'reject', reason: 'Too\ndear' }] };

    expect(renderGate(gate, 'r1').slice(1)).toEqual([
      '  asked 1970-01-01 00:00:00 UTC, by the rule at "plan": the role owner',
      '  Ada (owner): reject, 1970-01-01 00:01:00 UTC: Too dear',
    ]);
  });

  it.each([
    [
      { passed: { type: 'rule', rule: 0, because: 'few files' } },
      'nobody has to be asked, because: few files',
    ],
    [{ passed: { type: 'no-step-applies' } }, 'nobody has to be asked, since no step of it applies'],
    [{ expiredAtMs: 60_000 }, 'closed 1970-01-01 00:01:00 UTC: nobody had decided'],
    [{ escalatedAtMs: 60_000 }, 'handed on 1970-01-01 00:01:00 UTC: nobody had decided'],
    [{ supersededBy: 'plan-1.2' }, 'has changed; asked again as plan-1.2'],
    [{ deadlineMs: 60_000 }, 'until 1970-01-01 00:01:00 UTC; after that the run is parked'],
  ] satisfies readonly (readonly [Partial<Gate>, string])[])('of %j it says: %s', (facts, text) => {
    expect(renderGate({ ...open(owner), ...facts }, 'r1').join('\n')).toContain(text);
  });
});
