import { type RoutingRule, screenTask } from '@jarvis/core';
import type { Dialect } from '@jarvis/loops';

import {
  legacyConduct,
  legacyPolicies,
  managerAsConfigured,
  supervisorAsConfigured,
} from './legacy-conduct.ts';
import { arrangePhases, legacySplit } from './legacy-phases.ts';
import { legacyPhaseReviewPrompt, legacyStageWorkPrompt } from './legacy-prompts.ts';
import { feedbackWith, legacyPlan, legacyReview, legacyWork, tellRefusal } from './legacy-questions.ts';
import { renderStageSubject, renderStageWork } from './legacy-stages.ts';
import { inspectPython } from './python-safety.ts';
import { findRoleConfusion } from './role-confusion.ts';
import { renderPhasesReview } from './three-loop.ts';

// legacy: it also did so once more than five files were written, which no rule can see.
const employeeAfterFailure: readonly RoutingRule[] = [
  {
    when: { role: 'employee', round: { min: 2, max: 3 }, previous: { hasErrors: true } },
    model: 'gpt-4o',
    because: 'The review and the tests failed.',
  },
  { when: { role: 'employee' }, model: 'gpt-4o-mini', because: 'The employee has the small model.' },
];

/**
 * How `orchestrator` spoke to its agents, as the recorded scenarios show it. It had no audit; every round over all
 * stages ends with a review, which sends the team back to all of them.
 */
export const orchestratorDialect: Dialect = {
  ...legacyConduct,
  id: 'legacy-orchestrator@1',
  plan: legacyPlan,
  split: legacySplit,
  arrangeStages: arrangePhases,
  work: legacyWork(legacyStageWorkPrompt, renderStageWork),
  review: legacyReview(legacyPhaseReviewPrompt, (brief) => renderPhasesReview(brief, null)),
  routing: [...employeeAfterFailure, supervisorAsConfigured, managerAsConfigured],
  feedbackOn: feedbackWith(tellRefusal),
  inspectSafety: inspectPython,
  // It ended at once; here a person is asked.
  screenTask: (task) => [...screenTask(task), ...findRoleConfusion(task)],
  policies: { ...legacyPolicies, finalReview: 'again', onSuspiciousTask: 'ask' },
  renderCommitSubject: (round) => renderStageSubject('3loop', round),
};
