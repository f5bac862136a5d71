import { describe, expect, it } from 'vitest';

import { LONG_LINE, MISSING_TITLE } from '../test/findings.ts';
import type { StageEvent } from './machine/stage-event.ts';
import { StageManager } from './stage-manager.ts';

const FIRST_ROUND: readonly StageEvent[] = [
  { type: 'start' },
  { type: 'deliver', contentHash: 'a1' },
  { type: 'find', contentHash: 'a1', findings: [MISSING_TITLE, LONG_LINE] },
];

describe('StageManager', () => {
  it('begins idle, clean and without rounds', () => {
    const stage = new StageManager();

    expect([stage.state, stage.verdict, stage.rounds, stage.findings]).toEqual(['idle', 'clean', [], []]);
  });

  it('shows where the stage is after each event', () => {
    const stage = new StageManager();

    const states = FIRST_ROUND.map((event) => stage.record(event).state);

    expect(states).toEqual(['working', 'auditing', 'fixing']);
    expect(stage.state).toBe('fixing');
    expect(stage.verdict).toBe('errors');
    expect(stage.unsettled).toHaveLength(2);
    expect(stage.findings).toHaveLength(2);
    expect(stage.rounds).toHaveLength(1);
  });

  it('is left as it was by an event that is refused', () => {
    const stage = StageManager.replay(FIRST_ROUND);
    const before = stage.snapshot;

    expect(() => stage.record({ type: 'start' })).toThrow('A stage that is fixing does not take "start"');
    expect(stage.snapshot).toBe(before);
  });

  it('stands where its recorded events left it', () => {
    const live = new StageManager();
    FIRST_ROUND.forEach((event) => live.record(event));

    const replayed = StageManager.replay(JSON.parse(JSON.stringify(FIRST_ROUND)) as readonly StageEvent[]);

    expect(replayed.snapshot).toEqual(live.snapshot);
  });

  it('sees that the same content with the same findings comes again and again', () => {
    const stage = StageManager.replay(FIRST_ROUND);
    const again: readonly StageEvent[] = FIRST_ROUND.slice(1);

    again.forEach((event) => stage.record(event));
    const afterTwo = stage.detectNoProgress();
    again.forEach((event) => stage.record(event));

    expect(afterTwo).toBeUndefined();
    expect(stage.detectNoProgress()).toEqual({ pattern: 'repeat', rounds: [0, 1, 2] });
    expect(stage.detectNoProgress({ repeats: 3 })).toBeUndefined();
  });
});
