import assert from 'node:assert/strict';
import { StageManager } from '@jarvis/stages';

const stages = new StageManager({ limits: { maxAudits: 2 } });
const stageId = 'layout';
const purse = { leftNanoUsd: 1e9, spentNanoUsd: 0, costNanoUsd: { other_instructions: 1e7, stronger_model: 1e8, split: 1e7 } }; // prettier-ignore
const noTitle = { severity: 'error', source: 'html', rule: 'title', description: 'No title' } as const;

stages.record({ stageId, event: { type: 'start' } });
for (const contentHash of ['a1', 'b2']) {
  stages.record({ stageId, event: { type: 'deliver', contentHash } });
  stages.record({ stageId, event: { type: 'audit', contentHash, findings: [noTitle] } });
  if (contentHash === 'a1') stages.record({ stageId, event: { type: 'fix' } });
}
assert.equal(stages.decide(stageId, purse).type, 'escalate'); // two audits, and an error is left
