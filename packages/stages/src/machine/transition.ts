import { InvalidStageTransitionError } from '../errors.ts';
import { stageEventSchema } from './stage-event.ts';
import type { StageEvent } from './stage-event.ts';
import type { StageState } from './stage-state.ts';
import { transitionTable } from './transition-table.ts';

/**
 * Gives the state of a stage after an event; only the kind of the event counts.
 *
 * @throws {@link InvalidStageTransitionError} when the event cannot happen in this state; it names those that can.
 */
export function transition(state: StageState, { type }: Pick<StageEvent, 'type'>): StageState {
  const next = transitionTable[state][type];

  if (next === 'refused') {
    throw new InvalidStageTransitionError({ state, event: type, allowed: allowedEvents(state) });
  }
  return next;
}

/** The kinds of event that a stage takes in this state. */
export function allowedEvents(state: StageState): readonly StageEvent['type'][] {
  return stageEventSchema.options
    .map(({ shape }) => shape.type.value)
    .filter((type) => transitionTable[state][type] !== 'refused');
}
