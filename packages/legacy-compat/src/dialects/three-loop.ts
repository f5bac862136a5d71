import type { Dialect, ReviewBrief, Round, WorkBrief } from '@jarvis/loops';

import {
  employeeByRound,
  legacyConduct,
  managerAsConfigured,
  renderIteration,
  supervisorAsConfigured,
} from './legacy-conduct.ts';
import { runSimpleTests, toFilesSummary, toPreviousFiles } from './legacy-files.ts';
import { arrangePhases, legacySplit, renderPhase } from './legacy-phases.ts';
import { legacyPhaseReviewPrompt, legacyPhaseWorkPrompt } from './legacy-prompts.ts';
import {
  feedbackWith,
  legacyPlan,
  legacyReview,
  legacyWork,
  renderFeedback,
  tellRefusal,
} from './legacy-questions.ts';
import { inspectPython, tellSafety } from './python-safety.ts';
import { renderBrowserSummary } from './render-browser-summary.ts';

/** How `orchestrator_3loop_legacy` spoke to its agents, as the recorded scenarios show it. */
export const threeLoopDialect: Dialect = {
  ...legacyConduct,
  id: 'legacy-3loop@1',
  plan: legacyPlan,
  split: legacySplit,
  arrangeStages: arrangePhases,
  work: legacyWork(legacyPhaseWorkPrompt, renderWork),
  review: legacyReview(legacyPhaseReviewPrompt, (brief) => renderPhasesReview(brief, null)),
  routing: [...employeeByRound, supervisorAsConfigured, managerAsConfigured],
  feedbackOn: feedbackWith(tellFailures),
  inspectSafety: inspectPython,
  renderCommitSubject: (round) => renderIteration('3loop', round),
};

/** The same with `use_visual_review`: the reviewer is told what is on the home page. */
export const visualThreeLoopDialect: Dialect = {
  ...threeLoopDialect,
  id: 'legacy-3loop-visual@1',
  review: legacyReview(legacyPhaseReviewPrompt, (brief) =>
    renderPhasesReview(brief, renderBrowserSummary(brief)),
  ),
};

/** Why files were refused, and what was found to be unsafe. */
function tellFailures(round: Round): readonly string[] {
  return [...tellSafety(round.safety?.findings ?? []), ...tellRefusal(round)];
}

function renderWork(brief: WorkBrief): string {
  const { task, plan, round, stage, files } = brief;
  return JSON.stringify({
    task,
    plan: plan.asGiven ?? null,
    phase: renderPhase(stage),
    previous_files: toPreviousFiles(files),
    feedback: renderFeedback(brief, tellFailures),
    iteration: round,
  });
}

/** What the reviewer of a work in phases was shown. */
export function renderPhasesReview(brief: ReviewBrief, browserSummary: object | null): string {
  const { task, plan, round, files, stages = [] } = brief;
  return JSON.stringify({
    task,
    plan: plan.asGiven ?? null,
    phases: stages.map(({ asGiven }) => asGiven),
    files_summary: toFilesSummary(files),
    tests: runSimpleTests(task, files),
    browser_summary: browserSummary,
    screenshot_path: null,
    iteration: round,
  });
}
