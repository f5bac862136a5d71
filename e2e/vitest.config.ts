import { defineConfig } from 'vitest/config';

import { sharedVitestConfig } from '../vitest.shared.ts';

export default defineConfig(
  sharedVitestConfig({
    globalSetup: ['src/global-setup.ts'],
    // Installing from the registry takes its time on a busy machine.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    fileParallelism: false,
  }),
);
