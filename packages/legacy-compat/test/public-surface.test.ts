import { readdirSync, readFileSync } from 'node:fs';

import { expect, it } from 'vitest';
import { z } from 'zod';

import * as surface from '../src/index.ts';
import * as migrate from '../src/migrate/index.ts';

const manifestSchema = z.looseObject({ exports: z.record(z.string(), z.unknown()) });

it('exports these names and no others', () => {
  expect(Object.keys(surface).sort()).toEqual([
    'LegacyConfigError',
    'chargedPrices',
    'findLegacyDialect',
    'fromLegacyConfig',
    'orchestratorDialect',
    'phase3Dialect',
    'threeLoopDialect',
    'toOrchestratorStatus',
    'toPhase3Status',
    'toThreeLoopStatus',
    'toTwoLoopStatus',
    'twoLoopDialect',
    'visualThreeLoopDialect',
  ]);
});

it.each([
  ['orchestrator', ['execute_task', 'main', 'run', 'run_agent']],
  ['orchestrator_2loop', ['main']],
  ['orchestrator_3loop_legacy', ['ThreeLoopOrchestrator', 'main']],
  ['orchestrator_phase3', ['Phase3Orchestrator', 'main', 'main_phase3']],
  ['orchestrator_context', ['OrchestratorContext', 'create_production_context']],
  [
    'orchestrator_integration',
    [
      'ApprovalRequiredException',
      'OrchestrationPauseManager',
      'approval_checkpoint',
      'check_approval_status',
      'get_pause_manager',
      'request_approval',
      'wait_for_approval',
    ],
  ],
])('exports the names of %s and no others', async (module, names) => {
  const shim = (await import(`../src/shims/${module.replaceAll('_', '-')}.ts`)) as object;

  expect(Object.keys(shim).sort()).toEqual(names);
});

it('keeps every shim small', () => {
  const folder = new URL('../src/shims/', import.meta.url);
  const shims = readdirSync(folder).filter((name) => name.startsWith('orchestrator'));
  const lengths = shims.map((name) => readFileSync(new URL(name, folder), 'utf8').split('\n').length);

  expect(shims).toHaveLength(6);
  expect(Math.max(...lengths)).toBeLessThanOrEqual(80);
});

it('exports these names from /migrate and no others', () => {
  expect(Object.keys(migrate).sort()).toEqual([
    'DEFAULT_BRIDGE',
    'callLegacy',
    'findImported',
    'importState',
    'inspectTree',
    'isBridgeName',
    'legacyModuleNames',
    'listSnapshots',
    'migrateConfigFile',
    'planImports',
    'recordWritten',
    'renderBridge',
    'renderImport',
    'renderImports',
    'renderInventory',
    'renderRollback',
    'renderSnapshot',
    'renderSnapshots',
    'rollBack',
    'takeSnapshot',
    'toRoadmapSummary',
    'writeBridge',
    'writeImports',
  ]);
});

it('has these entry points and no others', () => {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  const manifest = manifestSchema.parse(JSON.parse(text));

  expect(Object.keys(manifest.exports)).toEqual([
    '.',
    './migrate',
    './orchestrator',
    './orchestrator_2loop',
    './orchestrator_3loop_legacy',
    './orchestrator_context',
    './orchestrator_integration',
    './orchestrator_phase3',
    './package.json',
  ]);
});
