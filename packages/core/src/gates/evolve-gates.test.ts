import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { decideGate } from './decide-gate.ts';
import { evolveGates } from './evolve-gates.ts';
import { expireGate } from './expire-gate.ts';
import type { GatePolicy } from './gate-rule.ts';
import { type Gate, type GateDecision, type GateRecord, gateRecordSchemas, gateStatus } from './gate.ts';
import { hashSubject, openGate } from './open-gate.ts';

const DEADLINE_MS = 60_000;

const policies = fc.constantFrom<GatePolicy>(
  { approvers: [{ role: 'lead' }], deadline: '1m' },
  { approvers: [{ role: 'lead', needed: 2 }], deadline: '1m' },
  { approvers: [{ role: 'lead', needed: 2 }, { person: 'ann' }] },
  {
    approvers: [{ person: 'bob' }, { role: 'lead' }],
    deadline: '1m',
    onDeadline: { escalateTo: { role: 'boss' } },
  },
);

const atMs = fc.constantFrom(1_000, 30_000, DEADLINE_MS, 90_000);

const decisions: fc.Arbitrary<GateRecord> = fc
  .record({
    id: fc.constantFrom('d1', 'd2', 'd3', 'd4', 'd5', 'd6'),
    gateId: fc.constantFrom('g1', 'g1', 'g1', 'g2'),
    by: fc.constantFrom('ann', 'bob', 'eve'),
    role: fc.constantFrom('lead', 'lead', 'boss', 'guest'),
    verdict: fc.constantFrom('approve', 'approve', 'approve', 'reject'),
    subjectHash: fc.constantFrom('s1', 's1', 's1', 's2').map(hashSubject),
    atMs,
  })
  .map((data) => ({ type: 'gate.decided', data }));

const deadlines: fc.Arbitrary<GateRecord> = fc
  .record({ type: fc.constantFrom('gate.expired', 'gate.escalated'), atMs })
  .map(({ type, atMs }) => ({ type, data: { gateId: 'g1', atMs } }));

const closings: fc.Arbitrary<GateRecord> = atMs.map((at) => ({
  type: 'gate.closed',
  data: { gateId: 'g1', atMs: at, reason: 'It is not going to happen.' },
}));

const histories = fc.record({
  policy: policies,
  records: fc.array(
    fc.oneof(
      { arbitrary: decisions, weight: 4 },
      { arbitrary: deadlines, weight: 1 },
      { arbitrary: closings, weight: 1 },
    ),
    {
      maxLength: 30,
    },
  ),
});

function opened(policy: GatePolicy, id = 'g1'): GateRecord {
  return openGate({ id, kind: 'plan', policy, subject: 's1', shown: 's1', facts: {}, atMs: 0 }).record;
}

/** The gates after each record, the first of which opens one. */
function follow(policy: GatePolicy, records: readonly GateRecord[]): readonly (readonly Gate[])[] {
  const states: (readonly Gate[])[] = [evolveGates([], opened(policy))];
  for (const record of records) states.push(evolveGates(states.at(-1) ?? [], record));
  return states;
}

function theGate(gates: readonly Gate[] | undefined): Gate {
  const [gate] = gates ?? [];
  if (gate === undefined) throw new Error('There is no gate.');
  return gate;
}

const isFinal = (gate: Gate) => !['open', 'escalated'].includes(gateStatus(gate));

describe('any sequence of decisions and deadlines', () => {
  it('uses each decision once, and only as it was said, about what was shown', () => {
    fc.assert(
      fc.property(histories, ({ policy, records }) => {
        const gate = theGate(follow(policy, records).at(-1));
        const said = records.flatMap((record) => (record.type === 'gate.decided' ? [record.data] : []));

        expect(new Set(gate.decisions.map(({ id }) => id)).size).toBe(gate.decisions.length);
        for (const { step: _, ...decision } of gate.decisions) {
          expect(said).toContainEqual(decision);
          expect(decision).toMatchObject({ gateId: 'g1', subjectHash: hashSubject('s1') });
        }
      }),
    );
  });

  it('never approves by a deadline: who is asked for has approved, and nobody has rejected', () => {
    fc.assert(
      fc.property(histories, ({ policy, records }) => {
        const gate = theGate(follow(policy, records).at(-1));
        if (gateStatus(gate) !== 'approved') return;

        const people = gate.decisions.filter(
          ({ by }, index, all) => all.findIndex((d) => d.by === by) === index,
        );
        const needed = gate.approvers.reduce((sum, { needed = 1 }) => sum + needed, 0);

        expect(gate.decisions.every(({ verdict }) => verdict === 'approve')).toBe(true);
        if (gate.escalatedAtMs === undefined) expect(people).toHaveLength(needed);
        else expect(gate.decisions.at(-1)?.role).toBe('boss');
      }),
    );
  });

  it('is decided by who comes first: what is final stays, and one seat is not taken twice', () => {
    fc.assert(
      fc.property(histories, ({ policy, records }) => {
        const states = follow(policy, records).map(theGate);
        const final = states.findIndex(isFinal);
        const last = theGate([states.at(-1) ?? theGate(undefined)]);
        const seats = last.decisions.map(({ by, step }) => `${by} ${String(step)}`);

        expect(new Set(seats).size).toBe(seats.length);
        if (final !== -1) expect(last).toEqual(states[final]);
      }),
    );
  });

  it('is changed by a deadline only when that has come', () => {
    fc.assert(
      fc.property(histories, ({ policy, records }) => {
        const states = follow(policy, records).map(theGate);

        for (const [index, record] of records.entries()) {
          if (record.type !== 'gate.expired' && record.type !== 'gate.escalated') continue;
          if (record.data.atMs >= DEADLINE_MS) continue;
          expect(states[index + 1]).toEqual(states[index]);
        }
      }),
    );
  });

  it('gives the same gates record by record, after a pause, and asked one by one', () => {
    fc.assert(
      fc.property(histories, fc.nat({ max: 30 }), ({ policy, records }, pause) => {
        const states = follow(policy, records);
        const paused = JSON.parse(JSON.stringify(states[pause] ?? states[0])) as readonly Gate[];
        const resumed = records.slice(states[pause] === undefined ? 0 : pause).reduce(evolveGates, paused);
        const single = records.reduce(carryOut, theGate(states[0]));

        expect(resumed).toEqual(states.at(-1));
        expect([single]).toEqual(states.at(-1));
      }),
    );
  });

  it('writes nothing but records that can be read back', () => {
    fc.assert(
      fc.property(histories, ({ policy, records }) => {
        for (const { type, data } of [opened(policy), ...records]) {
          expect(gateRecordSchemas[type].parse(JSON.parse(JSON.stringify(data)))).toEqual(data);
        }
      }),
    );
  });
});

function carryOut(gate: Gate, record: GateRecord): Gate {
  const { type, data } = record;
  if (type === 'gate.opened') return gate;
  if (type === 'gate.closed') return theGate(evolveGates([gate], record));
  if (data.gateId !== gate.id) return gate;
  return type === 'gate.decided' ? decideGate(gate, data).gate : expireGate(gate, data.atMs).gate;
}

describe('evolveGates', () => {
  const policy: GatePolicy = { approvers: [{ role: 'lead' }] };

  it('keeps gates apart, in the order they were opened', () => {
    const decision: GateDecision = {
      id: 'd1',
      gateId: 'g2',
      by: 'ann',
      role: 'lead',
      verdict: 'approve',
      subjectHash: hashSubject('s1'),
      atMs: 1,
    };
    const records: readonly GateRecord[] = [
      opened(policy),
      opened(policy, 'g2'),
      { type: 'gate.decided', data: decision },
    ];

    const gates = records.reduce<readonly Gate[]>(evolveGates, []);

    expect(gates.map((gate) => [gate.id, gateStatus(gate)])).toEqual([
      ['g1', 'open'],
      ['g2', 'approved'],
    ]);
  });

  it('does not open a gate again', () => {
    const decided = [opened(policy), opened({ approvers: [{ person: 'eve' }] })];

    const gates = decided.reduce<readonly Gate[]>(evolveGates, []);

    expect(gates).toHaveLength(1);
    expect(gates[0]?.approvers).toEqual([{ role: 'lead' }]);
  });
});

describe('a gate that takes the place of another', () => {
  const policy = { approvers: [{ role: 'lead', needed: 2 }] } as const;
  const decision = { id: 'd1', gateId: 'g1', by: 'ann', role: 'lead', verdict: 'approve' } as const;
  const request = { kind: 'plan', policy, shown: 's2', facts: {}, atMs: 0 } as const;
  const later = openGate({ ...request, id: 'g2', subject: 's2', supersedes: 'g1' }).record;

  it('F47: closes the older one, and what is said of that is about something else by now', () => {
    const gates = [opened(policy), later].reduce<readonly Gate[]>(evolveGates, []);

    const { outcome, message } = decideGate(theGate(gates), {
      ...decision,
      subjectHash: hashSubject('s1'),
      atMs: 1_000,
    });

    expect(gates.map((gate) => gateStatus(gate))).toEqual(['superseded', 'open']);
    expect(outcome).toBe('stale');
    expect(message).toContain('gate g2 asks now');
    expect(expireGate(theGate(gates), 1e9).record).toBeUndefined();
  });
});

describe('gateRecordSchemas', () => {
  it.each([
    ['a key nobody knows', { force: true }],
    ['a hash that is none', { subjectHash: 'abc' }],
    ['a moment no calendar has', { atMs: 8_640_000_000_000_001 }],
    ['nobody', { by: ' ' }],
    ['a verdict that is none', { verdict: 'maybe' }],
  ])('refuses a decision with %s', (_, change) => {
    const decision = { id: 'd', gateId: 'g', by: 'ann', role: 'lead', verdict: 'approve', atMs: 1 };
    const written = { ...decision, subjectHash: hashSubject('s1') };

    expect(gateRecordSchemas['gate.decided'].safeParse(written).success).toBe(true);
    expect(gateRecordSchemas['gate.decided'].safeParse({ ...written, ...change }).success).toBe(false);
  });
});
