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
      'page: completed, 2 cycles, 2 audits, 0 left to do, $0.25',
      '  Built it',
      '  accepted warning: index.html: No hours (Good enough)',
      '  opened again because of shop: Broken link',
      '  other instructions after 1 audit',
    ]);
  });

  it('leaves out what was not begun', () => {
    expect(renderStages([{ ...STAGE, cycles: 0, audits: 0, findings: [] }])).toEqual([]);
  });
});
