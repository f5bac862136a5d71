import { crashPlaces, modeNames } from '@jarvis/core';
import { describe, expect, it } from 'vitest';

import { runCycles } from './run-cycles.ts';

describe('a run whose process is killed', () => {
  it(
    'L8: ends as if nothing had happened, in twenty-two cycles over all modes (O1-O5, O7, O8)',
    { timeout: 600_000 },
    async () => {
      // Each place once, and a moment.
      const cycles = crashPlaces.length + 1;
      const report = await runCycles({
        cycles,
        seed: 20_261_122,
        lanes: 2,
        modes: modeNames,
        onCycle: () => undefined,
      });

      expect(report.failures).toEqual([]);
      expect(report.kills).toBeGreaterThanOrEqual(cycles - 1);
      const ofRuns = [...report.places].filter(([place]) => !place.startsWith('restore'));
      expect(ofRuns.filter(([, times]) => times === 0)).toEqual([]);
    },
  );
});
