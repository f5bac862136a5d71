import type { Audit } from '../agents/audit-reply.ts';
import { tellWork } from '../agents/open-questions.ts';
import type { Action, ActionResult } from '../engine/action.ts';
import { countThings } from '../text/count-things.ts';
import { nameSome } from './name-some.ts';

/** What is begun, in a few words. */
export function describeAction(action: Action): string {
  switch (action.type) {
    case 'prepare':
      return 'Making the folder a git repository';
    case 'plan':
      return 'The manager plans';
    case 'split':
      return 'The supervisor divides the plan into stages';
    case 'work':
      return describeWork(action);
    case 'clarify':
      return 'The manager answers the employee';
    case 'apply':
      return 'Writing the files';
    case 'check':
      return 'Checking the files';
    case 'review':
      return 'The manager reviews';
    case 'audit':
      return 'The supervisor audits the work';
    case 'decide':
      return 'The manager decides what was suggested';
    case 'settle':
      return 'Somebody is asked whether the stage may be left as it is';
    case 'verify':
      return `Checking again: ${action.stages.join(', ')}`;
    case 'prove-safety':
      return 'Checking everything once more';
    case 'commit':
      return 'Committing';
  }
}

function describeWork({ round, stage, turn, cycle }: Extract<Action, { type: 'work' }>): string {
  const at = stage === undefined ? '' : ` at ${stage}`;
  const attempt = turn ?? cycle;
  return attempt === undefined
    ? `Round ${String(round)}: the employee works`
    : `Round ${String(attempt)}: the employee works${at}`;
}

/** What came of it, in a few words. */
export function describeResult(result: ActionResult): string | undefined {
  switch (result.type) {
    case 'prepared':
      return `The repository is ready on ${result.branch}`;
    case 'planned':
      return `Planned ${countThings(result.plan.steps.length, 'step')}`;
    case 'split':
      return `Divided into ${countThings(result.split.stages.length, 'stage')}: ${result.split.stages.map(({ name }) => name).join(', ')}`;
    case 'worked':
      return tellUncommitted(result) + tellWork(result);
    case 'clarified':
      return `Answered: ${result.answers.join(' ')}`;
    case 'applied':
      return `Wrote ${result.paths.length === 0 ? 'nothing new' : result.paths.join(', ')}`;
    case 'refused':
      return `Refused the answer: ${result.problems.join(' ')}`;
    case 'checked':
      return `The checks found ${countThings(result.findings.length, 'problem')}`;
    case 'reviewed':
      return result.review.isApproved ? 'Approved' : `Changes needed: ${result.review.feedback.join('; ')}`;
    case 'audited':
      return describeAudit(result.audit);
    case 'decided':
      return result.answers
        .map(({ agreed, reason }) => `${agreed ? 'Agreed' : 'Refused'}: ${reason}`)
        .join('; ');
    case 'settled':
      return `${result.isAccepted ? 'Accepted' : 'Not accepted'} by ${result.by}: ${result.reason}`;
    case 'verified':
      return `Checked again, ${countThings(result.findings.length, 'problem')} found`;
    case 'failed':
      return `Could not be done (${result.reason}): ${result.message}`;
    case 'safety-proved':
      return `The last check found ${countThings(result.findings.length, 'problem')}`;
    case 'committed':
      return `Committed ${result.commit.slice(0, 10)}: ${result.subject}`;
    case 'not-committed':
      return `No commit: ${result.reason}`;
  }
}

/** Told before anything is written, also of an answer that is refused then. */
function tellUncommitted({ uncommitted = [] }: Extract<ActionResult, { type: 'worked' }>): string {
  if (uncommitted.length === 0) return '';
  const names = nameSome(uncommitted);
  return `This changes what no commit holds: ${names}. What is in it now is kept for jarvis restore.\n`;
}

function describeAudit({ verdict, findings }: Audit): string {
  return verdict === 'clean'
    ? 'The audit found nothing'
    : `The audit found ${countThings(findings.length, 'problem')}: ${findings.map(({ description }) => description).join('; ')}`;
}
