import { clarifyWork } from '../actions/answer-employee.ts';
import { applyChanges } from '../actions/apply-changes.ts';
import { auditWork } from '../actions/audit-work.ts';
import { checkFiles } from '../actions/check-files.ts';
import { commitWork } from '../actions/commit-work.ts';
import { decideSuggestions, settleStage } from '../actions/ask-manager.ts';
import { doWork } from '../actions/do-work.ts';
import { planTask } from '../actions/plan-task.ts';
import { prepareRepository } from '../actions/prepare-repository.ts';
import { proveSafety } from '../actions/prove-safety.ts';
import { reviewWork } from '../actions/review-work.ts';
import { verifyStages } from '../actions/verify-stages.ts';
import { splitPlan } from '../actions/split-plan.ts';
import type { ActionScope } from '../actions/action-scope.ts';
import type { Action, ActionResult } from './action.ts';

/** Carries an action out, step by step, and says what came of it. */
export function performAction(action: Action, scope: ActionScope): Promise<ActionResult> {
  switch (action.type) {
    case 'prepare':
      return prepareRepository(scope);
    case 'plan':
      return planTask(scope);
    case 'split':
      return splitPlan(scope);
    case 'work':
      return doWork(scope, action.round);
    case 'clarify':
      return clarifyWork(scope, action.round);
    case 'apply':
      return applyChanges(scope, action.round);
    case 'check':
      return checkFiles(scope, action.round);
    case 'audit':
      return auditWork(scope, action.round);
    case 'decide':
      return decideSuggestions(scope, action.round);
    case 'settle':
      return settleStage(scope, action.round);
    case 'verify':
      return verifyStages(scope, action);
    case 'review':
      return reviewWork(scope, action.round);
    case 'prove-safety':
      return proveSafety(scope, action.round);
    case 'commit':
      return commitWork(scope, action.round);
  }
}
