import { decideGate } from './decide-gate.ts';
import { expireGate } from './expire-gate.ts';
import { type Gate, type GateRecord, gateStatus } from './gate.ts';

/** The gates of a run after one more record. Pure: the same records always give the same gates, in order of opening. */
export function evolveGates(gates: readonly Gate[], record: GateRecord): readonly Gate[] {
  switch (record.type) {
    case 'gate.opened':
      return gates.some(({ id }) => id === record.data.id)
        ? gates
        : [...supersede(gates, record.data), { ...record.data, decisions: [] }];
    case 'gate.decided':
      return change(gates, record.data.gateId, (gate) => decideGate(gate, record.data).gate);
    case 'gate.expired':
    case 'gate.escalated':
      return change(gates, record.data.gateId, (gate) => expireGate(gate, record.data.atMs).gate);
    case 'gate.closed':
      return change(gates, record.data.gateId, (gate) => close(gate, record.data));
  }
}

type Opened = Extract<GateRecord, { type: 'gate.opened' }>['data'];

function supersede(gates: readonly Gate[], { id, supersedes }: Opened): readonly Gate[] {
  return supersedes === undefined
    ? gates
    : change(gates, supersedes, (gate) => ({ ...gate, supersededBy: id }));
}

type Closed = Extract<GateRecord, { type: 'gate.closed' }>['data'];

/** What was decided stays so. */
function close(gate: Gate, { atMs, reason }: Closed): Gate {
  return ['open', 'escalated'].includes(gateStatus(gate)) ? { ...gate, closed: { atMs, reason } } : gate;
}

function change(gates: readonly Gate[], gateId: string, toNext: (gate: Gate) => Gate): readonly Gate[] {
  return gates.map((gate) => (gate.id === gateId ? toNext(gate) : gate));
}
