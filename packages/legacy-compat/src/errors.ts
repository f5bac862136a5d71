import { JarvisError } from '@jarvis/core';

/** A file that is not a configuration of the predecessor. */
export class LegacyConfigError extends JarvisError<'JARVIS_LEGACY_CONFIG'> {
  readonly code = 'JARVIS_LEGACY_CONFIG';

  constructor({ problem, cause }: { problem: string; cause?: unknown }) {
    super(
      `This is not a project_config.json: ${problem}. Nothing was changed. Give the file of the old project.`,
      { cause },
    );
  }
}
