import type { AgentRole } from '@jarvis/core';

import type { RunRecord } from '../engine/run-records.ts';

/** How long the agents of one role took. */
export interface AgentTimes {
  readonly role: AgentRole;
  /** How often it was asked, questions without an answer included. */
  readonly turns: number;
  /** From the moment an action was opened to the moment its first question was about to be sent, in milliseconds, all together. */
  readonly spawnMs: number;
  /** From a question to its answer or failure, waits for the next try included, in milliseconds, all together. */
  readonly turnMs: number;
}

interface Open {
  readonly role: AgentRole;
  readonly atMs: number;
}

/**
 * Measures the agents of a run by the times of its records. A clock that was set back counts as no time; what was on
 * its way when a process died counts until then.
 */
export function measureAgents(records: readonly RunRecord[]): readonly AgentTimes[] {
  const times = new Map<AgentRole, AgentTimes>();
  const open = new Map<string, Open>();
  let openedAtMs: number | undefined;
  for (const record of records) {
    if (record.type === 'action.opened') openedAtMs = record.atMs;
    if (record.type === 'attempt.opened') {
      const { attemptId, role } = record.data;
      open.set(attemptId, { role, atMs: record.atMs });
      add(times, role, { turns: 1, spawnMs: elapsed(openedAtMs ?? record.atMs, record.atMs), turnMs: 0 });
      // Later questions of the same action find the agent at work.
      openedAtMs = undefined;
    }
    if (record.type === 'attempt.closed') closeTurn(times, open.get(record.data.attemptId), record.atMs);
  }
  return [...times.values()];
}

function closeTurn(times: Map<AgentRole, AgentTimes>, asked: Open | undefined, atMs: number): void {
  if (asked !== undefined)
    add(times, asked.role, { turns: 0, spawnMs: 0, turnMs: elapsed(asked.atMs, atMs) });
}

function elapsed(fromMs: number, toMs: number): number {
  return Math.max(0, toMs - fromMs);
}

function add(
  times: Map<AgentRole, AgentTimes>,
  role: AgentRole,
  { turns, spawnMs, turnMs }: Omit<AgentTimes, 'role'>,
): void {
  const before = times.get(role) ?? { role, turns: 0, spawnMs: 0, turnMs: 0 };
  times.set(role, {
    role,
    turns: before.turns + turns,
    spawnMs: before.spawnMs + spawnMs,
    turnMs: before.turnMs + turnMs,
  });
}
