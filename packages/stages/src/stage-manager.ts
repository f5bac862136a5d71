import { deriveVerdict } from './cycle/derive-verdict.ts';
import type { Verdict } from './cycle/derive-verdict.ts';
import { detectNoProgress } from './cycle/detect-no-progress.ts';
import type { AuditRound, NoProgress, NoProgressLimits } from './cycle/detect-no-progress.ts';
import { evolveStage, newStage } from './evolve-stage.ts';
import type { StageSnapshot } from './evolve-stage.ts';
import { unsettledFindings } from './findings/finding-life.ts';
import type { TrackedFinding } from './findings/finding-life.ts';
import type { StageEvent } from './machine/stage-event.ts';
import type { StageState } from './machine/stage-state.ts';

/**
 * Holds the inside of one stage: where the work is, what was found, whether it gets anywhere.
 *
 * @example
 * ```ts
 * const stage = new StageManager();
 * stage.record({ type: 'start' });
 * stage.record({ type: 'deliver', contentHash: 'a1' });
 * stage.record({ type: 'find', contentHash: 'a1', findings });
 * ```
 */
export class StageManager {
  #stage: StageSnapshot = newStage;

  /**
   * A stage as its recorded events left it.
   *
   * @throws the errors of {@link evolveStage}.
   */
  static replay(events: readonly StageEvent[]): StageManager {
    const manager = new StageManager();
    manager.#stage = events.reduce(evolveStage, newStage);

    return manager;
  }

  /** The whole stage as plain data. */
  get snapshot(): StageSnapshot {
    return this.#stage;
  }

  /** Where inside the stage the work is. */
  get state(): StageState {
    return this.#stage.state;
  }

  /** One for each audit, oldest first. */
  get rounds(): readonly AuditRound[] {
    return this.#stage.rounds;
  }

  /** Every finding that was ever reported, with what became of it. */
  get findings(): readonly TrackedFinding[] {
    return this.#stage.findings;
  }

  /** The findings that keep the stage from passing. */
  get unsettled(): readonly TrackedFinding[] {
    return unsettledFindings(this.#stage.findings);
  }

  /** What the unsettled findings add up to. */
  get verdict(): Verdict {
    return deriveVerdict(this.unsettled.map(({ finding }) => finding));
  }

  /**
   * Takes note of something that happened. An event that is refused leaves the stage as it was.
   *
   * @throws the errors of {@link evolveStage}.
   */
  record(event: StageEvent): StageSnapshot {
    this.#stage = evolveStage(this.#stage, event);

    return this.#stage;
  }

  /**
   * Whether the stage goes in circles.
   *
   * @throws {@link InvalidLimitError} when a limit is not a whole number or too small.
   */
  detectNoProgress(limits: NoProgressLimits = {}): NoProgress | undefined {
    return detectNoProgress(this.#stage.rounds, limits);
  }
}
