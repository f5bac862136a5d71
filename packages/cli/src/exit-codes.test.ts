import { readFileSync } from 'node:fs';

import { runStatusSchema } from '@jarvis/core';
import { describe, expect, it } from 'vitest';

import { exitCodeOfError, exitCodeOfStatus, exitCodes } from './exit-codes.ts';

describe('exitCodes', () => {
  it('are the ones docs/reference/exit-codes.md has, both ways', () => {
    const text = readFileSync(new URL('../../../docs/reference/exit-codes.md', import.meta.url), 'utf8');

    const rows = [...text.matchAll(/^\| *(\d+) *\| *`(\w+)` *\|/gmu)].map(([, code, name]) => [
      name,
      Number(code),
    ]);

    expect(Object.fromEntries(rows)).toEqual(exitCodes);
  });
});

describe('exitCodeOfStatus', () => {
  it('gives 0 to a run that is done, and to no other', () => {
    const zero = runStatusSchema.options.filter((status) => exitCodeOfStatus(status) === 0);

    expect(zero).toEqual(['done']);
  });
});

describe('exitCodeOfError', () => {
  it.each([
    ['JARVIS_CONFIG_INVALID', 2],
    ['JARVIS_LEASE_HELD', 7],
    ['JARVIS_ROADMAP_UNKNOWN_STAGE', 2],
    ['JARVIS_ROADMAP_VERSION_CONFLICT', 7],
    ['JARVIS_JOURNAL_DAMAGED', 8],
    ['JARVIS_UNEXPECTED', 1],
  ])('gives %s the code %i', (code, expected) => {
    expect(exitCodeOfError(code)).toBe(expected);
  });
});
