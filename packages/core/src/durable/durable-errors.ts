import { JarvisError } from '../errors/jarvis-error.ts';
import type { StepKey } from './step-records.ts';

/** What a step is told apart by. */
export interface AskedStep {
  readonly name: string;
  readonly key: StepKey;
}

/** A resumed action asks for another step than the one the journal holds at that place. */
export class ReplayDivergedError extends JarvisError<'JARVIS_REPLAY_DIVERGED'> {
  readonly code = 'JARVIS_REPLAY_DIVERGED';
  readonly recorded: AskedStep;
  readonly asked: AskedStep;

  constructor({ recorded, asked }: { recorded: AskedStep; asked: AskedStep }) {
    super(
      `The run cannot be continued by this release: the journal has step ${render(recorded)}, ` +
        `but ${render(asked)} was asked for. Nothing was paid. Resume it with the release that started it.`,
    );
    // Only what the comparison was about: a recorded step also knows its result, which has no place in an error.
    this.recorded = { name: recorded.name, key: recorded.key };
    this.asked = { name: asked.name, key: asked.key };
  }
}

function render({ name, key }: AskedStep): string {
  return `"${name}" ${JSON.stringify(key)}`;
}
