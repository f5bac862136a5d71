import type { FindingSeverity } from '@jarvis/core';
import { describe, expect, it } from 'vitest';

import { deriveVerdict } from './derive-verdict.ts';
import type { Verdict } from './derive-verdict.ts';

describe('deriveVerdict', () => {
  it.each<[FindingSeverity[], Verdict]>([
    [[], 'clean'],
    [['note', 'note'], 'clean'],
    [['note', 'warning'], 'warnings'],
    [['warning', 'error', 'note'], 'errors'],
  ])('makes of %j: %s', (severities, verdict) => {
    expect(deriveVerdict(severities.map((severity) => ({ severity })))).toBe(verdict);
  });
});
