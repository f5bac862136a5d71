import { fileURLToPath } from 'node:url';

import type { ViteUserConfig } from 'vitest/config';

/** The vitest settings every project of this workspace starts from. */
export function sharedVitestConfig(overrides: ViteUserConfig['test'] = {}): ViteUserConfig {
  return {
    resolve: { conditions: ['@jarvis/source'] },
    ssr: { resolve: { conditions: ['@jarvis/source'] } },
    test: {
      include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
      exclude: ['**/node_modules/**', '**/fixtures/**'],
      setupFiles: [fileURLToPath(new URL('vitest.setup.ts', import.meta.url))],
      allowOnly: false,
      // Real processes, disks and sockets take their time on a busy machine; a test that hangs still ends.
      testTimeout: 30_000,
      hookTimeout: 30_000,
      reporters: ['default', 'json'],
      outputFile: { json: 'test-results/vitest.json' },
      coverage: {
        provider: 'v8',
        include: ['src/**/*.ts'],
        exclude: ['src/**/*.test.ts', 'src/**/*.test-d.ts', 'src/**/index.ts'],
        reporter: ['text-summary', 'json-summary'],
        thresholds: { lines: 90, functions: 90, statements: 90, branches: 80 },
      },
      ...overrides,
    },
  };
}
