import { defineConfig, mergeConfig } from 'vitest/config';

import { sharedVitestConfig } from '../../vitest.shared.ts';

export default defineConfig(
  mergeConfig(sharedVitestConfig(), {
    // bin.ts only runs in processes of its own: e2e calls it from the tarball.
    // Most calls are tried on the smallest team; what depends on the mode names it.
    test: { coverage: { exclude: ['src/bin.ts'] }, env: { JARVIS_ORCHESTRATOR_MODE: 'SIMPLE_2LOOP' } },
  }),
);
