import type { Finding, RetryPolicy, RoutingRule, WorkspaceFile } from '@jarvis/core';
import type { Dialect, DialectPolicies, RoundSummary } from '@jarvis/loops';

import { chargedPrices } from './charged-prices.ts';
import { runSimpleTests } from './legacy-files.ts';
import { legacyReplyParser } from './legacy-reply-parser.ts';

/** Five attempts with pauses of 2, 4, 8 and 16 seconds. */
const legacyRetry: RetryPolicy = {
  maxAttempts: 5,
  firstDelayMs: 2_000,
  maxDelayMs: 60_000,
  maxAskedDelayMs: 60_000,
};

/** The employee gets the stronger model in rounds 2 and 3, when the round before asked for changes or failed its tests. */
export const employeeByRound: readonly RoutingRule[] = [
  {
    when: { role: 'employee', round: { min: 2, max: 3 }, previous: { word: 'needs_changes' } },
    model: 'gpt-4o',
    because: 'The review asked for changes.',
  },
  {
    when: { role: 'employee', round: { min: 2, max: 3 }, previous: { hasErrors: true } },
    model: 'gpt-4o',
    because: 'The tests failed.',
  },
  {
    when: { role: 'employee' },
    model: 'gpt-4o-mini',
    because: 'The employee begins and ends with the small model.',
  },
];

/** The supervisor has a model of its own. */
export const supervisorAsConfigured: RoutingRule = {
  when: { role: 'supervisor' },
  model: { of: 'supervisor' },
  because: 'The supervisor has the model it is configured with.',
};

/** Whoever is left is the manager. */
export const managerAsConfigured: RoutingRule = {
  when: {},
  model: { of: 'manager' },
  because: 'The manager has the model it is configured with.',
};

/** What every old module let pass, and what it insisted on. */
export const legacyPolicies: DialectPolicies = {
  errorsPreventApproval: false,
  stopsWithoutProgress: false,
  reviewsRefusedWork: true,
  commitsUnchangedWork: true,
  onAuditLimit: 'accept',
  finalReview: 'none',
  // What it found or would have found is noted, and the run goes on.
  onSuspiciousTask: 'warn',
};

/** How every old module read answers, tried again, paid and looked at the pages. */
export const legacyConduct = {
  inspect: inspectPage,
  replyParser: legacyReplyParser,
  retry: legacyRetry,
  prices: chargedPrices,
  policies: legacyPolicies,
  describeFinding: ({ severity, description }: Finding) => `[${severity}] ${description}`,
} satisfies Partial<Dialect>;

function inspectPage(files: readonly WorkspaceFile[]): readonly Finding[] {
  const { index_exists: exists, index_not_empty: isFilled } = runSimpleTests('', files);
  if (isFilled) return [];
  const description = exists ? 'index.html is blank.' : 'There is no index.html.';
  return [{ severity: 'error', source: 'simple-tests', rule: 'index', description, file: 'index.html' }];
}

/** The subject of a round's commit: `2loop iteration 1: status=approved, all_passed=True`. */
export function renderIteration(module: '2loop' | '3loop', summary: RoundSummary): string {
  const { round, review, findings, safety = [] } = summary;
  const allPassed = findings.length === 0 ? 'True' : 'False';
  const isUnsafe = safety.some(({ severity }) => severity === 'error');
  const word = isUnsafe ? 'needs_changes' : (review.word ?? 'needs_changes');
  // A subject is one line, whatever the model took for a status.
  const status = word.replace(/\s+/gu, ' ');
  return `${module} iteration ${String(round)}: status=${status}, all_passed=${allPassed}`;
}
