import { readFileSync } from 'node:fs';

import { expect, it } from 'vitest';
import { z } from 'zod';

import * as surface from '../src/index.ts';
import * as migrate from '../src/migrate/index.ts';

const manifestSchema = z.looseObject({ exports: z.record(z.string(), z.unknown()) });

it('exports these names and no others', () => {
  expect(Object.keys(surface).sort()).toEqual([
    'LegacyConfigError',
    'chargedPrices',
    'fromLegacyConfig',
    'toTwoLoopStatus',
    'twoLoopDialect',
  ]);
});

it('exports these names from /migrate and no others', () => {
  expect(Object.keys(migrate).sort()).toEqual([
    'DEFAULT_BRIDGE',
    'inspectTree',
    'isBridgeName',
    'migrateConfigFile',
    'planImports',
    'recordWritten',
    'renderImports',
    'renderInventory',
    'renderRollback',
    'renderSnapshot',
    'rollBack',
    'takeSnapshot',
    'writeImports',
  ]);
});

it('has these entry points and no others', () => {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  const manifest = manifestSchema.parse(JSON.parse(text));

  expect(Object.keys(manifest.exports)).toEqual(['.', './migrate', './package.json']);
});
