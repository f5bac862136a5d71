import { defineConfig, mergeConfig } from 'vitest/config';

import { sharedVitestConfig } from '../../vitest.shared.ts';

const all = { lines: 100, functions: 100, statements: 100, branches: 100 };

export default defineConfig(
  mergeConfig(sharedVitestConfig(), {
    test: {
      coverage: {
        thresholds: {
          lines: 95,
          'src/cost/**': all,
          'src/workspace/{safe-path,protected-path,install-scripts,write-plan}.ts': all,
        },
      },
    },
  }),
);
