import assert from 'node:assert/strict';
import { StageManager } from '@jarvis/stages';

const stage = new StageManager();
const noTitle = { severity: 'error', source: 'html', rule: 'title', description: 'No title' } as const;

stage.record({ type: 'start' });
for (const contentHash of ['a1', 'a1', 'a1']) {
  stage.record({ type: 'deliver', contentHash });
  stage.record({ type: 'find', contentHash, findings: [noTitle] });
}
assert.equal(stage.detectNoProgress()?.pattern, 'repeat');
stage.record({ type: 'deliver', contentHash: 'b2' });
stage.record({ type: 'pass', contentHash: 'b2', findings: [] });
assert.equal(stage.findings[0]?.status, 'verified');
