import type { StageView } from '@jarvis/loops';
import { describe, expect, it } from 'vitest';

import { renderStages } from './render-stages.ts';

const STAGE: StageView = {
  id: 'page',
  name: 'Page',
  goal: 'A page',
  planSteps: [],
  requirements: [],
  dependsOn: [],
  status: 'completed',
  state: 'completed',
  cycles: 2,
  audits: 2,
  findings: [
    {
      fingerprint: 'f1',
      status: 'accepted',
      seenIn: 'c1',
      reason: 'Good enough',
      finding: {
        severity: 'warning',
        source: 'supervisor',
        file: 'index.html',
        description: 'No hours',
      },
    },
  ],
  findingsLeft: 0,
  reopenings: [{ reason: 'Broken link', source: 'shop' }],
  escalations: [{ step: 'other_instructions', afterRounds: 1 }],
  files: ['index.html'],
  summary: 'Built it',
  costUsd: 0.25,
};

describe('renderStages', () => {
  it('tells how a stage went: cycles, audits, what is left, findings, reopenings, escalations', () => {
    expect(renderStages([STAGE])).toEqual([
      'page: completed, worked on 2 times, 2 audits, nothing left to mend, $0.25',
      '  Built it',
      '  warning, accepted: index.html: No hours (Good enough)',
      '  opened again because of shop: Broken link',
      '  other instructions after 1 audit',
    ]);
  });

  it.each([
    ['open', 'open'],
    ['fixed', 'said to be mended'],
    ['verified', 'mended'],
    ['reopened', 'here again'],
  ] as const)('says of a finding that is %s that it is %s', (status, word) => {
    const { reason: _, ...found } = STAGE.findings[0] ?? expect.fail('no finding');

    const lines = renderStages([{ ...STAGE, findings: [{ ...found, status }] }]);

    expect(lines).toContain(`  warning, ${word}: index.html: No hours`);
  });

  it('has one line for each finding, however long, and counts one as one', () => {
    const [found] = STAGE.findings;
    if (found === undefined) expect.fail('no finding');
    const finding = { ...found.finding, description: `first\nsecond ${'x'.repeat(300)}` };

    const lines = renderStages([
      { ...STAGE, cycles: 1, audits: 1, findingsLeft: 1, findings: [{ ...found, finding }] },
    ]);

    expect(lines[0]).toBe('page: completed, worked on once, 1 audit, 1 finding left to mend, $0.25');
    expect(lines[2]).toMatch(/^ {2}warning, accepted: index\.html: first second x+… \(Good enough\)$/u);
  });

  it('leaves out what was not begun', () => {
    expect(renderStages([{ ...STAGE, cycles: 0, audits: 0, findings: [] }])).toEqual([]);
  });
});
