import type { Finding } from '@jarvis/core';

import { findingFingerprint } from '../src/findings/fingerprint.ts';
import type { FindingStatus, TrackedFinding } from '../src/findings/finding-life.ts';

export const MISSING_TITLE: Finding = {
  severity: 'error',
  source: 'html',
  rule: 'title',
  file: 'index.html',
  description: 'The page has no title.',
};

export const LONG_LINE: Finding = {
  severity: 'warning',
  source: 'style',
  rule: 'line-length',
  file: 'index.html',
  line: 12,
  quote: '<p>a very long line</p>',
  description: 'A line is longer than 120 characters.',
};

export const REMARK: Finding = {
  severity: 'note',
  source: 'supervisor',
  description: 'The colours are well chosen.',
};

/** A finding in this status, last seen in content `a1`. */
export function trackedAs(status: FindingStatus, finding: Finding = MISSING_TITLE): TrackedFinding {
  return { fingerprint: findingFingerprint(finding), finding, status, seenIn: 'a1' };
}
