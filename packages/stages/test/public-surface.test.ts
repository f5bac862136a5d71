import { readFileSync } from 'node:fs';

import { expect, it } from 'vitest';

import * as surface from '../src/index.ts';

it('exports these names and no others', () => {
  expect(Object.keys(surface).sort()).toEqual([
    'InvalidAuditReportError',
    'InvalidFindingTransitionError',
    'InvalidLimitError',
    'InvalidStageEventError',
    'InvalidStageTransitionError',
    'OpenFindingsError',
    'StageManager',
    'StaleAuditError',
    'UnknownFindingError',
    'UnknownStageError',
    'advanceFinding',
    'allowedEvents',
    'attributeChange',
    'auditReportSchema',
    'blastRadius',
    'carryOver',
    'climbLadder',
    'countLines',
    'decideCycle',
    'decideReopen',
    'defaultCycleLimits',
    'defaultStageCategories',
    'deriveVerdict',
    'detectNoProgress',
    'detectRegression',
    'evolveStage',
    'findingFingerprint',
    'findingsToAnswer',
    'gatesAround',
    'guaranteesOf',
    'guaranteesTouched',
    'ladderAllowance',
    'ladderSteps',
    'memoryEntrySchema',
    'newStage',
    'parseAuditReport',
    'parseStageEvent',
    'renderSummary',
    'requireEvidence',
    'resolveAudit',
    'stageEventSchema',
    'stageGateRuleSchema',
    'stageKinds',
    'stageStateSchema',
    'summarizeStage',
    'toStageMemory',
    'trackFindings',
    'transition',
    'unsettledFindings',
  ]);
});

it('has these entry points and no others', () => {
  const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
    exports: object;
  };

  expect(Object.keys(manifest.exports)).toEqual(['.', './package.json']);
});
