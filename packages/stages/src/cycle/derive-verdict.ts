import type { Finding } from '@jarvis/core';

/** What findings add up to. */
export type Verdict = 'clean' | 'warnings' | 'errors';

/** Says what findings add up to, so that nobody's own verdict has to be believed. Notes do not count. */
export function deriveVerdict(findings: readonly Pick<Finding, 'severity'>[]): Verdict {
  if (findings.some(({ severity }) => severity === 'error')) {
    return 'errors';
  }
  return findings.some(({ severity }) => severity === 'warning') ? 'warnings' : 'clean';
}
