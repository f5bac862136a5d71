import type { RoutingRule } from '@jarvis/core';
import type { Dialect } from '@jarvis/loops';

import { legacyConduct, managerAsConfigured, supervisorAsConfigured } from './legacy-conduct.ts';
import { arrangePhases, legacySplit } from './legacy-phases.ts';
import { legacyPhaseReviewPrompt, legacyStageWorkPrompt } from './legacy-prompts.ts';
import { feedbackWith, legacyPlan, legacyReview, legacyWork, tellRefusal } from './legacy-questions.ts';
import { legacyAudit, renderStageSubject, renderStageWork } from './legacy-stages.ts';
import { renderPhasesReview } from './three-loop.ts';

const alwaysStrong: RoutingRule = {
  when: { role: 'employee' },
  model: 'gpt-4o',
  because: 'The employee always has the large model.',
};

/**
 * How `orchestrator_phase3` spoke to its agents, as the recorded scenarios show it. It made no tests and no review;
 * the one here is never asked for, because the policies want none.
 */
export const phase3Dialect: Dialect = {
  ...legacyConduct,
  id: 'legacy-phase3@1',
  plan: legacyPlan,
  split: legacySplit,
  arrangeStages: arrangePhases,
  work: legacyWork(legacyStageWorkPrompt, renderStageWork),
  audit: legacyAudit,
  review: legacyReview(legacyPhaseReviewPrompt, (brief) => renderPhasesReview(brief, null)),
  routing: [alwaysStrong, supervisorAsConfigured, managerAsConfigured],
  feedbackOn: feedbackWith(tellRefusal),
  describeFinding: ({ description }) => description,
  inspect: () => [],
  renderCommitSubject: (round) => renderStageSubject('phase3', round),
};
