import { defineConfig, mergeConfig } from 'vitest/config';

import { sharedVitestConfig } from '../../vitest.shared.ts';

export default defineConfig(
  mergeConfig(sharedVitestConfig(), {
    // bin.ts only runs in processes of its own: e2e calls it from the tarball.
    test: { coverage: { exclude: ['src/bin.ts'] } },
  }),
);
