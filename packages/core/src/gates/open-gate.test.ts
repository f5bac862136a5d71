import { describe, expect, it } from 'vitest';

import type { GatePolicy } from './gate-rule.ts';
import { type Gate, gateRecordSchemas, gateStatus, waitingStep } from './gate.ts';
import { hashSubject, openGate } from './open-gate.ts';

const OPENED_AT_MS = 1_000_000;

function open(policy: GatePolicy, facts: Gate['facts'] = {}): Gate {
  const subject = { steps: ['Write index.html'] };
  return openGate({ id: 'g1', kind: 'plan', policy, subject, shown: subject, facts, atMs: OPENED_AT_MS })
    .gate;
}

const finance: GatePolicy = {
  approvers: [{ role: 'owner' }, { role: 'finance', when: { field: 'amountUsd', gt: 10_000 } }],
};

const small: GatePolicy = {
  approvers: [{ role: 'owner' }],
  autoApprove: [
    { when: [{ field: 'files', lte: 3 }], because: 'few files' },
    {
      when: [
        { field: 'files', lte: 9 },
        { field: 'amountUsd', lt: 1 },
      ],
      because: 'little money',
    },
  ],
};

describe('openGate', () => {
  it('waits for its first step, for as long as its policy says', () => {
    const gate = open({ approvers: [{ role: 'lead', needed: 2 }], deadline: '2h' });

    expect(gateStatus(gate)).toBe('open');
    expect(waitingStep(gate)).toEqual({ step: 0, seat: { role: 'lead' }, missing: 2 });
    expect(gate.deadlineMs).toBe(OPENED_AT_MS + 7_200_000);
    expect(gate.onDeadline).toBe('park');
  });

  it.each([
    [{ amountUsd: 10_000.01 }, ['owner', 'finance']],
    [{ amountUsd: 10_000 }, ['owner']],
    [{}, ['owner', 'finance']],
    [{ amountUsd: 'a lot' }, ['owner', 'finance']],
  ])('asks, when it knows %j, %j', (facts, roles) => {
    const gate = open(finance, facts);

    expect(gate.approvers.map(({ role }) => role)).toEqual(roles);
  });

  it.each([
    [{ files: 2 }, { type: 'rule', rule: 0, because: 'few files' }],
    [
      { files: 5, amountUsd: 0.5 },
      { type: 'rule', rule: 1, because: 'little money' },
    ],
  ])('approves itself when it knows %j, and says by which rule', (facts, passed) => {
    const gate = open(small, facts);

    expect(gateStatus(gate)).toBe('approved');
    expect(gate.passed).toEqual(passed);
    expect(gate.decisions).toEqual([]);
  });

  it.each([{}, { files: 5 }, { files: 5, amountUsd: '0' }, { amountUsd: 0.5 }])(
    'does not approve itself when it only knows %j',
    (facts) => {
      expect(gateStatus(open(small, facts))).toBe('open');
    },
  );

  it('asks nobody when no step applies, and says so', () => {
    const gate = open(
      { approvers: [{ role: 'finance', when: { field: 'amountUsd', gt: 10_000 } }] },
      { amountUsd: 5 },
    );

    expect(gateStatus(gate)).toBe('approved');
    expect(gate.passed).toEqual({ type: 'no-step-applies' });
  });

  it.each([
    ['quotes', '"'.repeat(30_000)],
    ['pairs of code units', '𝒙'.repeat(30_000)],
    ['line ends', ['\n'.repeat(30_000)]],
  ])('cuts what is too long to be shown: %s', (_, long) => {
    const policy = small;
    const { gate, record } = openGate({
      id: 'g1',
      kind: 'plan',
      policy,
      subject: long,
      shown: long,
      facts: {},
      atMs: OPENED_AT_MS,
    });

    expect(gate.shown).toEqual(expect.stringMatching(/… \(cut, \d+ characters in all\)$/u));
    expect(gate.subjectHash).toBe(hashSubject(long));
    expect(gateRecordSchemas['gate.opened'].parse(JSON.parse(JSON.stringify(record.data)))).toEqual(
      record.data,
    );
  });

  it('keeps what is shown as JSON', () => {
    const shown = { title: 'Plan', missing: undefined, steps: ['one'] };
    const { gate } = openGate({
      id: 'g1',
      kind: 'plan',
      policy: small,
      subject: shown,
      shown,
      facts: {},
      atMs: OPENED_AT_MS,
    });

    expect(gate.shown).toStrictEqual({ title: 'Plan', steps: ['one'] });
  });
});

describe('hashSubject', () => {
  it('does not look at the order of keys, but at that of lists and at every value', () => {
    const hash = hashSubject({ a: 1, b: { c: [1, 2], d: 'x' } });

    expect(hashSubject({ b: { d: 'x', c: [1, 2] }, a: 1 })).toBe(hash);
    expect(hashSubject({ a: 1, b: { c: [2, 1], d: 'x' } })).not.toBe(hash);
    expect(hashSubject({ a: 1, b: { c: [1, 2], d: 'y' } })).not.toBe(hash);
  });
});
