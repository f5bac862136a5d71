import {
  decideGate,
  decisionIdOf,
  evolveGates,
  type Gate,
  type GateDecision,
  gateStatus,
  type RunContext,
  waitingStep,
} from '@jarvis/core';

import { evolve } from '../engine/evolve.ts';
import { readCommand, writeCommand } from '../engine/inbox.ts';
import { initialState } from '../engine/run-state.ts';
import { GateDecisionError } from '../gate-errors.ts';
import { readRunRecords } from '../view/read-run.ts';
import { requireSafeWords } from './require-safe-words.ts';

/** What a person says to a gate of a run. */
export interface GateVerdict {
  /** The person, by name. */
  readonly by: string;
  /** The role the person decides in. Default: the one the gate waits for. */
  readonly role?: string;
  /** Which gate. Default: the one that waits; needed when there are several. */
  readonly gateId?: string;
  /** The hash of what the person has seen. Default: what the gate asks about now. */
  readonly subjectHash?: string;
  readonly reason?: string;
}

type DecisionContext = Pick<RunContext, 'journal' | 'clock' | 'secrets'>;

/**
 * Posts a decision to a run, whichever process drives it, or none.
 *
 * @returns the gate as it stands with the decision.
 * @throws {@link GateDecisionError} when the decision has no effect.
 * @throws {@link UnsafeWordsError} when what is said holds the key of the model server.
 */
export async function decideGateOfRun(
  { journal, clock, secrets }: DecisionContext,
  runId: string,
  { verdict, ...said }: GateVerdict & Pick<GateDecision, 'verdict'>,
): Promise<Gate> {
  requireSafeWords([said.by, said.role, said.reason], secrets);
  const gates = await readGates(journal, runId);
  const gate = chooseGate(runId, gates, said.gateId);
  const { reason, subjectHash = gate.subjectHash } = said;
  const by = said.by.trim();
  const role = said.role?.trim() ?? waitingStep(gate)?.seat.role ?? by;
  const seat = { gateId: gate.id, by, role, subjectHash };
  const decision: GateDecision = {
    id: decisionIdOf(seat),
    ...seat,
    verdict,
    ...(reason === undefined ? {} : { reason }),
    atMs: clock.nowMs(),
  };
  const { gate: decided, outcome, message } = decideGate(gate, decision);
  if (outcome !== 'recorded') throw new GateDecisionError({ runId, outcome, message });
  const { body } = writeCommand({ type: 'decide', decision });
  const posted = await journal.post({ runId, id: decision.id, body, atMs: decision.atMs });
  if (posted === 'known') {
    throw new GateDecisionError({ runId, outcome: 'already-decided', message: `${by} has decided before.` });
  }
  return decided;
}

/** The gates of a run with what was decided and waits to be put on record. */
async function readGates(journal: RunContext['journal'], runId: string): Promise<readonly Gate[]> {
  const { gates, ended, cancelled } = (await readRunRecords(journal, runId)).reduce(evolve, initialState);
  const waiting = (await journal.readInbox(runId)).map(readCommand);
  const isCancelled =
    cancelled !== undefined || waiting.some((command) => 'type' in command && command.type === 'cancel');
  if (ended !== undefined || isCancelled) {
    const how = ended?.status ?? 'cancelled';
    const message = `The run is over (${how}): no gate of it waits for anybody.`;
    throw new GateDecisionError({ runId, outcome: 'no-gate', message });
  }
  return waiting.reduce(
    (folded, command) =>
      'type' in command && command.type === 'decide'
        ? evolveGates(folded, { type: 'gate.decided', data: command.decision })
        : folded,
    gates,
  );
}

function chooseGate(runId: string, gates: readonly Gate[], gateId: string | undefined): Gate {
  const open = gates.filter((gate) => ['open', 'escalated'].includes(gateStatus(gate)));
  const chosen = gateId === undefined ? open : gates.filter(({ id }) => id === gateId);
  const [gate, another] = chosen;
  if (gate !== undefined && another === undefined) return gate;
  const waiting = open.map(({ id }) => id).join(', ');
  const message =
    open.length === 0
      ? `No gate of this run waits for anybody${gates.length === 0 ? '' : `; what was decided holds when it goes on: jarvis resume ${runId}`}.`
      : `Say which gate (--gate): ${waiting}.`;
  throw new GateDecisionError({ runId, outcome: 'no-gate', message });
}
