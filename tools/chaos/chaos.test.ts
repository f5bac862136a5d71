import { describe, expect, it } from 'vitest';

import { runCycles } from './run-cycles.ts';

describe('a run whose process is killed', () => {
  it(
    'L8: ends as if nothing had happened, in twenty cycles (O1-O5, O7, O8)',
    { timeout: 600_000 },
    async () => {
      const report = await runCycles({ cycles: 20, seed: 20_261_122, lanes: 2, onCycle: () => undefined });

      expect(report.failures).toEqual([]);
      expect(report.kills).toBeGreaterThanOrEqual(19);
      const ofRuns = [...report.places].filter(([place]) => !place.startsWith('restore'));
      expect(ofRuns.filter(([, times]) => times === 0)).toEqual([]);
    },
  );
});
