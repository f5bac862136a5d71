import { agentCatalog } from '../src/agent-catalog.ts';
import { createBus } from '../src/create-bus.ts';
import type { BusOptions } from '../src/bus-options.ts';
import type { MessageBus } from '../src/message-bus.ts';
import type { MessageOf, OutgoingMessage } from '../src/message/message-catalog.ts';
import type { Message } from '../src/message/message.ts';

export type AgentBus = MessageBus<typeof agentCatalog>;

/** 1 March 2026, 9:00 UTC, in milliseconds since 1970. */
export const NINE = 1_772_355_600_000;

/** A bus of the agents whose clock stands still, unless the test says otherwise. */
export function agentBus(options: Partial<BusOptions<typeof agentCatalog>> = {}): AgentBus {
  return createBus({ catalog: agentCatalog, now: () => NINE, ...options });
}

/** A notice of the manager to the employee; only what a test is about needs to be said. */
export function notice(
  changes: Partial<OutgoingMessage<typeof agentCatalog, 'notice'>> = {},
): OutgoingMessage<typeof agentCatalog, 'notice'> {
  return {
    id: 'n1',
    kind: 'notice',
    from: 'manager',
    to: 'employee',
    threadId: 'run-1',
    payload: { text: 'Hello' },
    ...changes,
  };
}

/** A notice as a journal holds it, or something that claims to be one. */
export function recorded(changes: Readonly<Record<string, unknown>> = {}): Message {
  return { ...notice(), sequence: 1, atMs: NINE, ...changes };
}

/** Every message the bus delivers from now on, in order. */
export function listen(bus: AgentBus): readonly MessageOf<typeof agentCatalog>[] {
  const heard: MessageOf<typeof agentCatalog>[] = [];
  for (const role of ['manager', 'supervisor', 'employee', 'tools'] as const) {
    bus.subscribe(role, (message) => heard.push(message));
  }
  return heard;
}
