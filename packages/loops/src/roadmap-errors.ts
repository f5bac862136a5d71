import { JarvisError } from '@jarvis/core';

/** The stages of a run are not for people to change, or not yet. Nothing was posted. */
export class RoadmapFixedError extends JarvisError<'JARVIS_RUN_ROADMAP_FIXED'> {
  readonly code = 'JARVIS_RUN_ROADMAP_FIXED';
  readonly runId: string;

  constructor({ runId, problem }: { runId: string; problem: string }) {
    super(
      `The roadmap of run ${runId} cannot be changed: ${problem} ` +
        `How far the run has come shows: jarvis show ${runId}. Modes with stages are LEGACY_3LOOP and PHASE3.`,
    );
    this.runId = runId;
  }
}
