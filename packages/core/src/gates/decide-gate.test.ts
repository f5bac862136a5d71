import { describe, expect, it } from 'vitest';

import { decideGate } from './decide-gate.ts';
import { decisionIdOf } from './decision-id.ts';
import { expireGate } from './expire-gate.ts';
import type { GatePolicy } from './gate-rule.ts';
import { type Gate, type GateDecision, gateStatus } from './gate.ts';
import { hashSubject, openGate } from './open-gate.ts';

const SUBJECT = { steps: ['Write index.html'] };

function open(policy: GatePolicy): Gate {
  const facts = {};
  return openGate({ id: 'g1', kind: 'plan', policy, subject: SUBJECT, shown: SUBJECT, facts, atMs: 0 }).gate;
}

function say(by: string, changes: Partial<GateDecision> = {}): GateDecision {
  const said = { gateId: 'g1', by, role: 'owner', subjectHash: hashSubject(SUBJECT), ...changes };
  return { id: decisionIdOf(said), verdict: 'approve', atMs: 60_000, ...said };
}

function decideAll(gate: Gate, ...decisions: readonly GateDecision[]): Gate {
  return decisions.reduce((current, decision) => decideGate(current, decision).gate, gate);
}

const OWNER: GatePolicy = { approvers: [{ role: 'owner' }] };
const TWO_LEADS_THEN_ANN: GatePolicy = { approvers: [{ role: 'lead', needed: 2 }, { person: 'ann' }] };
const LEAD = { role: 'lead' } as const;

describe('decideGate', () => {
  it('approves when one who may decide says so', () => {
    const { gate, outcome, message } = decideGate(open(OWNER), say('ann'));

    expect(outcome).toBe('recorded');
    expect(gateStatus(gate)).toBe('approved');
    expect(message).toBe('Gate g1 is approved.');
  });

  it('is closed by one rejection, wherever it stands', () => {
    const gate = decideAll(
      open(TWO_LEADS_THEN_ANN),
      say('bob', LEAD),
      say('eve', { ...LEAD, verdict: 'reject' }),
    );

    expect(gateStatus(gate)).toBe('rejected');
  });

  it.each(['Bob', ' bob', 'b\u200Bob', '\u2060bob', '\uFF42ob'])(
    'takes %j for the person who has decided already',
    (by) => {
      const first = decideAll(open(TWO_LEADS_THEN_ANN), say('bob', LEAD));

      expect(decideGate(first, say(by, LEAD)).outcome).toBe('already-decided');
    },
  );

  it('goes from step to step and tells whom it waits for', () => {
    const first = decideGate(open(TWO_LEADS_THEN_ANN), say('bob', LEAD));
    const second = decideGate(first.gate, say('eve', LEAD));
    const third = decideGate(second.gate, say('ann'));

    expect(first.message).toBe('Recorded. Gate g1 waits for the role lead, 1 more.');
    expect(second.message).toBe('Recorded. Gate g1 waits for ann, 1 more.');
    expect(gateStatus(second.gate)).toBe('open');
    expect(gateStatus(third.gate)).toBe('approved');
  });

  it.each([
    ['the same again', say('bob', LEAD)],
    ['the opposite', say('bob', { ...LEAD, id: 'other', verdict: 'reject' })],
    ['the same in another role', say('bob', { id: 'other', role: 'owner' })],
  ])('lets the first decision of a person count, and not %s', (_, repeated) => {
    const gate = decideAll(open(TWO_LEADS_THEN_ANN), say('bob', LEAD));

    const result = decideGate(gate, repeated);

    expect(result).toMatchObject({ outcome: 'already-decided', decidedBy: { by: 'bob' } });
    expect(result.message).toBe('Already decided by bob at 1970-01-01T00:01:00.000Z: approved.');
    expect(result.gate).toBe(gate);
  });

  it('tells the second of two who disagree who was first', () => {
    const gate = decideAll(open(OWNER), say('bob', { verdict: 'reject' }));

    const result = decideGate(gate, say('eve'));

    expect(result.outcome).toBe('already-decided');
    expect(result.message).toContain('by bob');
    expect(gateStatus(result.gate)).toBe('rejected');
  });

  it.each([
    ['another subject', { subjectHash: hashSubject({ steps: [] }) }],
    ['another gate', { gateId: 'g2' }],
  ])('does not take a decision about %s', (_, changes) => {
    const gate = open(OWNER);

    const result = decideGate(gate, say('ann', changes));

    expect(result.outcome).toBe('stale');
    expect(result.gate).toBe(gate);
  });

  it.each([
    ['has another role', say('ann', { role: 'guest' })],
    ['decides in a later step', say('ann', { verdict: 'reject' })],
  ])('does not listen to who %s', (_, decision) => {
    const gate = open(TWO_LEADS_THEN_ANN);

    const result = decideGate(gate, decision);

    expect(result.outcome).toBe('not-an-approver');
    expect(result.message).toContain('waits for the role lead');
    expect(result.gate).toBe(gate);
  });

  it('needs no decision when it has approved itself', () => {
    const when = [{ field: 'files', lt: 3 }];
    const policy = { ...OWNER, autoApprove: [{ when, because: 'few files' }] };
    const facts = { files: 1 };
    const { gate } = openGate({
      id: 'g1',
      kind: 'plan',
      policy,
      subject: SUBJECT,
      shown: '',
      facts,
      atMs: 0,
    });

    const result = decideGate(gate, say('ann', { verdict: 'reject' }));

    expect(result).toMatchObject({ outcome: 'closed', message: 'Gate g1 needed no decision: few files.' });
    expect(gateStatus(result.gate)).toBe('approved');
  });
});

describe('a deadline', () => {
  const parked = open({ ...OWNER, deadline: '2m' });
  const escalated = open({
    approvers: [LEAD],
    deadline: '2m',
    onDeadline: { escalateTo: { role: 'owner' } },
  });

  it('changes nothing before it has come, and nothing that is decided', () => {
    const approved = decideAll(parked, say('ann'));

    expect(expireGate(parked, 119_999)).toEqual({ gate: parked });
    expect(expireGate(approved, 120_000)).toEqual({ gate: approved });
    expect(expireGate(open(OWNER), Number.MAX_SAFE_INTEGER).record).toBeUndefined();
  });

  it('closes the gate, and says how to be asked again', () => {
    const { gate, record } = expireGate(parked, 120_000);
    const late = decideGate(gate, say('ann', { atMs: 180_000 }));

    expect(gateStatus(gate)).toBe('expired');
    expect(record).toEqual({ type: 'gate.expired', data: { gateId: 'g1', atMs: 120_000 } });
    expect(late.outcome).toBe('closed');
    expect(late.message).toContain('its deadline was 1970-01-01T00:02:00.000Z');
    expect(gateStatus(late.gate)).toBe('expired');
  });

  it('counts for who is late also when nobody has put it on record, and for nobody else', () => {
    const late = decideGate(parked, say('ann', { atMs: 120_000 }));
    const inTime = decideGate(late.gate, say('bob', { atMs: 119_000 }));

    expect(late.outcome).toBe('closed');
    expect(inTime.outcome).toBe('recorded');
  });

  it('hands the gate over to the one named, and to nobody else any more', () => {
    const { gate, record } = expireGate(escalated, 120_000);
    const lead = decideGate(gate, say('bob', { ...LEAD, atMs: 130_000 }));
    const owner = decideGate(gate, say('ann', { atMs: 10_000_000 }));

    expect(gateStatus(gate)).toBe('escalated');
    expect(record).toEqual({ type: 'gate.escalated', data: { gateId: 'g1', atMs: 120_000 } });
    expect(lead.outcome).toBe('not-an-approver');
    expect(gateStatus(owner.gate)).toBe('approved');
  });

  it('lets the one it was handed over to reject', () => {
    const gate = decideAll(escalated, say('ann', { atMs: 120_000, verdict: 'reject' }));

    expect(gateStatus(gate)).toBe('rejected');
  });

  it('lets somebody who has approved before decide when it is handed over to them, once', () => {
    const two = open({
      approvers: [{ role: 'lead', needed: 2 }],
      deadline: '2m',
      onDeadline: { escalateTo: { person: 'bob' } },
    });
    const waiting = decideAll(two, say('bob', LEAD));

    const decided = decideGate(waiting, say('bob', { atMs: 130_000 }));
    const again = decideGate(decided.gate, say('bob', { id: 'other', atMs: 140_000, verdict: 'reject' }));

    expect(gateStatus(decided.gate)).toBe('approved');
    expect(again.outcome).toBe('already-decided');
  });
});

describe('decisionIdOf', () => {
  it('is the same for a second thought, and another for another subject, person, role or gate', () => {
    const decision = say('ann');
    const others: readonly Partial<GateDecision>[] = [
      { by: 'bob' },
      { role: 'lead' },
      { gateId: 'g2' },
      { subjectHash: hashSubject('else') },
    ];

    const ids = others.map((change) => decisionIdOf({ ...decision, ...change }));

    expect(decisionIdOf({ ...decision })).toBe(decision.id);
    expect(new Set([decision.id, ...ids]).size).toBe(5);
  });
});
