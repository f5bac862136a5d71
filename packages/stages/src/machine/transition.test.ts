import { describe, expect, it } from 'vitest';

import type { StageEvent } from './stage-event.ts';
import { stageStateSchema } from './stage-state.ts';
import type { StageState } from './stage-state.ts';
import { allowedEvents, transition } from './transition.ts';

type EventType = StageEvent['type'];

const EVENTS: readonly EventType[] = [
  'start',
  'deliver',
  'check',
  'audit',
  'fix',
  'accept',
  'escalate',
  'ask',
  'approve',
  'reject',
  'complete',
  'block',
  'reopen',
  'remember',
];

/** What is missing is refused. */
const RESULTS: Readonly<Record<StageState, Partial<Record<EventType, StageState>>>> = {
  idle: { start: 'working', block: 'blocked', remember: 'idle' },
  working: { deliver: 'auditing', block: 'blocked', remember: 'working' },
  auditing: { check: 'auditing', audit: 'deciding', block: 'blocked', remember: 'auditing' },
  deciding: {
    fix: 'fixing',
    accept: 'deciding',
    escalate: 'deciding',
    ask: 'awaiting_approval',
    complete: 'completed',
    block: 'blocked',
    remember: 'deciding',
  },
  fixing: { deliver: 'auditing', block: 'blocked', remember: 'fixing' },
  awaiting_approval: {
    accept: 'awaiting_approval',
    approve: 'completed',
    reject: 'fixing',
    block: 'blocked',
    remember: 'awaiting_approval',
  },
  completed: { reopen: 'working', remember: 'completed' },
  blocked: { reopen: 'working', remember: 'blocked' },
};

const PAIRS = stageStateSchema.options.flatMap((state) => EVENTS.map((type) => ({ state, type })));
const ALLOWED = PAIRS.filter(({ state, type }) => RESULTS[state][type] !== undefined);
const REFUSED = PAIRS.filter(({ state, type }) => RESULTS[state][type] === undefined);

describe('transition', () => {
  it.each(ALLOWED)('takes $type in the state $state', ({ state, type }) => {
    expect(transition(state, { type })).toBe(RESULTS[state][type]);
  });

  it.each(REFUSED)('refuses $type in the state $state and names what it takes', ({ state, type }) => {
    expect(() => transition(state, { type })).toThrow(
      expect.objectContaining({
        code: 'JARVIS_STAGES_INVALID_TRANSITION',
        state,
        event: type,
        allowed: Object.keys(RESULTS[state]),
      }),
    );
  });
});

describe('allowedEvents', () => {
  it('leaves no state without a way on', () => {
    expect(stageStateSchema.options.filter((state) => allowedEvents(state).length === 0)).toEqual([]);
  });
});
