import type { Finding } from '@jarvis/core';
import { describe, expect, it } from 'vitest';

import { PURSE } from '../test/carry-out.ts';
import { LONG_LINE, MISSING_TITLE } from '../test/findings.ts';
import type { StageEvent } from './machine/stage-event.ts';
import { StageManager } from './stage-manager.ts';
import type { StageRecord } from './stage-manager.ts';

const PAGE_V1 = { path: 'index.html', hash: 'p1' };
const LAYOUT: readonly StageRecord[] = eventsOf('layout', [
  { type: 'start' },
  { type: 'deliver', contentHash: 'a1', edits: [{ path: 'index.html', before: null, after: 'p1' }] },
  { type: 'check', contentHash: 'a1', findings: [], passed: [{ check: 'html', files: [PAGE_V1] }] },
  { type: 'audit', contentHash: 'a1', findings: [] },
  { type: 'complete' },
]);
const PRICES: readonly StageRecord[] = eventsOf('prices', [
  { type: 'start' },
  { type: 'remember', entry: { kind: 'decision', text: 'Prices are in euros' } },
  { type: 'deliver', contentHash: 'b2', edits: [{ path: 'index.html', before: 'p1', after: 'p2' }] },
  { type: 'check', contentHash: 'b2', findings: [MISSING_TITLE], passed: [] },
]);

describe('StageManager', () => {
  it('begins with no stages, and any stage with its work', () => {
    const stages = new StageManager();

    expect(stages.stageIds).toEqual([]);
    expect(stages.decide('layout', PURSE).type).toBe('work');
    expect(() => stages.stage('layout')).toThrow(
      expect.objectContaining({ code: 'JARVIS_STAGES_UNKNOWN_STAGE', stageId: 'layout', known: [] }),
    );
  });

  it('keeps stages apart', () => {
    const stages = StageManager.replay([...LAYOUT, ...PRICES]);

    expect(stages.stageIds.map((id) => [id, stages.stage(id).state])).toEqual([
      ['layout', 'completed'],
      ['prices', 'auditing'],
    ]);
    expect(stages.decide('prices', PURSE).type).toBe('audit');
    expect(() => stages.stage('layuot')).toThrow('Ask for one of these: layout, prices.');
  });

  it('is left as it was by an event that is refused', () => {
    const stages = StageManager.replay(LAYOUT);
    const before = stages.stage('layout');

    expect(() => stages.record({ stageId: 'layout', event: { type: 'start' } })).toThrow(
      'A stage that is completed does not take "start"',
    );
    expect(stages.stage('layout')).toBe(before);
  });

  it('stands where its records left it', () => {
    const live = new StageManager();
    [...LAYOUT, ...PRICES].forEach((record) => live.record(record));

    const records = JSON.parse(JSON.stringify([...LAYOUT, ...PRICES])) as readonly StageRecord[];
    const replayed = StageManager.replay(records);

    expect(replayed.stageIds.map((id) => replayed.stage(id))).toEqual(
      live.stageIds.map((id) => live.stage(id)),
    );
  });

  it('takes a report of an auditor, whose verdict is derived', () => {
    const stages = StageManager.replay([...LAYOUT, ...PRICES]);

    const { event, verdict } = stages.resolveAudit(
      'prices',
      { contentHash: 'b2', answers: [], findings: [LONG_LINE] },
      { requirements: [] },
    );
    stages.record({ stageId: 'prices', event });

    expect(verdict).toBe('errors');
    expect(stages.verdict('prices')).toBe('errors');
    expect(stages.unsettled('prices').map(({ finding }) => finding.rule)).toEqual(['title', 'line-length']);
    expect(stages.findingsToAnswer('prices').map(({ finding }) => finding.rule)).toEqual(['line-length']);
    expect(stages.detectNoProgress('prices')).toBeUndefined();
  });

  it('knows whose guarantees a stage touches, what it broke and how far that reaches', () => {
    const stages = StageManager.replay([...LAYOUT, ...PRICES]);
    const touched = stages.guaranteesTouched('prices', ['index.html']);

    const regressions = stages.detectRegression({
      currentStageId: 'prices',
      currentRequirements: [],
      guarantees: touched,
      failedChecks: ['html'],
      findings: [],
      completed: [{ stageId: 'layout', requirements: [] }],
    });

    expect(touched).toEqual([{ stageId: 'layout', check: 'html', files: [PAGE_V1] }]);
    expect(stages.guaranteesTouched('layout', ['index.html'])).toEqual([]);
    expect(regressions).toEqual([
      {
        stageId: 'layout',
        source: { stageId: 'prices', certainty: 'only', files: ['index.html'] },
        brokenChecks: ['html'],
        findings: [],
        reason: 'After prices: its check html fails.',
      },
    ]);
    expect(stages.decideReopen('layout').type).toBe('reopen');
    expect(
      stages.blastRadius({ stageId: 'layout', changedFiles: ['index.html'] }, [
        { stageId: 'layout', dependsOn: [] },
        { stageId: 'prices', dependsOn: ['layout'] },
        { stageId: 'imprint', dependsOn: ['layout'] },
      ]),
    ).toEqual({ stageIds: ['prices'], guarantees: [], spared: ['imprint'] });
  });

  it('carries over what the stages know, and sums them up', () => {
    const stages = StageManager.replay([...LAYOUT, ...PRICES]);

    const told = stages.carryOver({
      stageId: 'checkout',
      about: 'Sum the prices up',
      budgetTokens: 100,
      count: (text) => text.length,
    });
    const { state, audits } = stages.summarize('layout', { files: [], costNanoUsd: 1, durationMs: 1 });

    expect(told.text.split('\n')[0]).toBe('- prices, decision: Prices are in euros');
    expect(stages.memory('prices').decisions).toHaveLength(1);
    expect([state, audits]).toEqual(['completed', 1]);
  });

  it('asks around stages of the kinds it was told', () => {
    const brief = { name: 'Go live', goal: 'Deploy the shop', planSteps: [], requirements: [] };
    const stages = new StageManager({ gates: [{ moment: 'before', kinds: ['deployment'] }] });
    const own = new StageManager({
      gates: [{ moment: 'before', kinds: ['shop'] }],
      categories: [{ kind: 'shop', words: ['shop'] }],
    });

    expect(stages.gates('before', brief)).toMatchObject([{ reason: 'before a stage of kind deployment' }]);
    expect(stages.gates('after', brief)).toEqual([]);
    expect(own.gates('before', brief)).toMatchObject([{ kinds: ['shop'] }]);
  });

  it('goes by its limits', () => {
    const wrong: Finding = { ...LONG_LINE, severity: 'error' };
    const look = { contentHash: 'a1', findings: [wrong] };
    const once: readonly StageEvent[] = [
      { type: 'deliver', contentHash: 'a1' },
      { type: 'audit', ...look },
    ];
    const records = eventsOf('layout', [{ type: 'start' }, ...once]);

    expect(StageManager.replay(records).decide('layout', PURSE).type).toBe('fix');
    expect(StageManager.replay(records, { limits: { maxAudits: 1 } }).decide('layout', PURSE).type).toBe(
      'escalate',
    );
    expect(() => new StageManager({ limits: { maxAudits: 0 } })).toThrow('maxAudits');
  });
});

function eventsOf(stageId: string, events: readonly StageEvent[]): readonly StageRecord[] {
  return events.map((event) => ({ stageId, event }));
}
