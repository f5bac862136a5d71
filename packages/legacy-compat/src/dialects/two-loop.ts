import type { Dialect, ReviewBrief, WorkBrief } from '@jarvis/loops';

import { employeeByRound, legacyConduct, managerAsConfigured, renderIteration } from './legacy-conduct.ts';
import { runSimpleTests, toFilesSummary, toPreviousFiles } from './legacy-files.ts';
import { legacyReviewPrompt, legacyWorkPrompt } from './legacy-prompts.ts';
import {
  feedbackWith,
  legacyPlan,
  legacyReview,
  legacyWork,
  renderFeedback,
  tellRefusal,
} from './legacy-questions.ts';

/** How `orchestrator_2loop` spoke to its agents, as the recorded scenarios show it. */
export const twoLoopDialect: Dialect = {
  ...legacyConduct,
  id: 'legacy-2loop@1',
  plan: legacyPlan,
  work: legacyWork(legacyWorkPrompt, renderWork),
  review: legacyReview(legacyReviewPrompt, renderReview),
  routing: [...employeeByRound, managerAsConfigured],
  feedbackOn: feedbackWith(tellRefusal),
  renderCommitSubject: (round) => renderIteration('2loop', round),
};

function renderWork(brief: WorkBrief): string {
  const { task, plan, round, files } = brief;
  return JSON.stringify({
    task,
    plan: plan.asGiven ?? null,
    previous_files: toPreviousFiles(files),
    feedback: renderFeedback(brief, tellRefusal),
    iteration: round,
  });
}

function renderReview({ task, plan, round, files }: ReviewBrief): string {
  return JSON.stringify({
    task,
    plan: plan.asGiven ?? null,
    files_summary: toFilesSummary(files),
    tests: runSimpleTests(task, files),
    browser_summary: null,
    screenshot_path: null,
    iteration: round,
  });
}
