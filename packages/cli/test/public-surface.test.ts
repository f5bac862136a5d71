import { readFileSync } from 'node:fs';

import { expect, it } from 'vitest';

import * as surface from '../src/index.ts';
import { VERSION } from '../src/version.ts';

const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  readonly version: string;
  readonly exports: object;
  readonly bin: object;
};

it('exports these names and no others', () => {
  expect(Object.keys(surface).sort()).toEqual(['exitCodes', 'main']);
});

it('has these entry points and no others', () => {
  expect(Object.keys(manifest.exports)).toEqual(['.', './package.json']);
});

it('brings one command', () => {
  expect(Object.keys(manifest.bin)).toEqual(['jarvis']);
});

it('tells the version of the package', () => {
  expect(VERSION).toBe(manifest.version);
});
