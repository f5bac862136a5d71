import { readFileSync } from 'node:fs';

import { expect, it } from 'vitest';

import * as surface from '../src/index.ts';

it('exports these names and no others', () => {
  expect(Object.keys(surface).sort()).toEqual([
    'DiffMismatchError',
    'HistoryGapError',
    'InvalidDivisionError',
    'InvalidMergeError',
    'InvalidMutationError',
    'InvalidOrderError',
    'InvalidRoadmapChangeError',
    'InvalidRoadmapError',
    'NeededStageError',
    'RoadmapChurnError',
    'RoadmapClosedError',
    'RoadmapLimitError',
    'RoadmapManager',
    'RoadmapVersionConflictError',
    'SkippedDependencyError',
    'UnknownStageError',
    'UnknownVersionError',
    'UnmetDependencyError',
    'applyDiff',
    'applyMutation',
    'createRoadmap',
    'diffVersions',
    'findStage',
    'newStageSchema',
    'parseRoadmapChange',
    'parseRoadmapMutation',
    'planStages',
    'readyStages',
    'renderDiff',
    'renderRoadmapJson',
    'renderRoadmapMermaid',
    'renderRoadmapText',
    'replayMutations',
    'requireStage',
    'roadmapChangeSchema',
    'roadmapMutationSchema',
    'roadmapProgress',
    'stageStatusSchema',
  ]);
});

it('has these entry points and no others', () => {
  const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
    exports: object;
  };

  expect(Object.keys(manifest.exports)).toEqual(['.', './package.json']);
});
