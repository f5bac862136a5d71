import { describe, expect, it } from 'vitest';

import { renderLegacyReport } from './legacy-render.ts';
import { measureLegacy } from './legacy.ts';

describe('bench:legacy', () => {
  it('puts the six figures beside the recorded ones, by module and defect', { timeout: 60_000 }, async () => {
    const report = await measureLegacy('source', ['phase3-zero-findings', 'orchestrator-api-check-401']);

    expect(report.unplayed).toEqual([]);
    expect(report.groups.map(({ name, scenarios }) => [name, scenarios])).toEqual([
      ['orchestrator', 1],
      ['orchestrator_phase3', 1],
      ['in total', 2],
    ]);
    expect(report.groups[1]?.metrics).toMatchObject([
      { metric: 'time', recorded: expect.closeTo(132.7) as number, ratio: expect.any(Number) as number },
      { metric: 'processor time', recorded: expect.closeTo(639.6) as number },
      { metric: 'memory, median' },
      { metric: 'calls', recorded: 8, ours: 8, ratio: 1 },
      { metric: 'requests', recorded: 8, ours: 8, ratio: 1 },
      { metric: 'cost', recorded: 0.0099, ours: 0.0099, ratio: 1 },
      { metric: 'agent spawn, mean', recorded: null, ours: expect.any(Number) as number },
      { metric: 'stage transition, median', recorded: null, ours: expect.any(Number) as number },
    ]);
    expect(report.packages).toBe('source');
    expect(report.idle.cpuMs).toBeGreaterThan(0);
    expect(report.idle.rssBytes).toBeLessThan(report.pairs[0]?.ours?.rssBytes ?? 0);
    expect(report).toMatchObject({
      equal: { scenarios: 1 },
      equalWithMoreRequests: [],
      equalWithOtherCost: [],
    });
    expect(report.deltas).toMatchObject([{ defects: [31], scenarios: ['orchestrator-api-check-401'] }]);
    expect(renderLegacyReport(report)[1]).toMatch(/from source.* Node\.js alone takes [\d.]+ ms and \d+ MB/u);
    expect(renderLegacyReport(report).join('\n')).toMatch(/agent spawn, mean +not recorded +[\d.]+ ms/u);
  });
});
