import { llmResponseSchema, renderUsd, type StepFinished } from '@jarvis/core';

import type { Action, ActionResult } from '../engine/action.ts';
import type { Amendment } from '../engine/amendment.ts';
import type { Accepted, RunRecord } from '../engine/run-records.ts';

/** A record in one sentence for people, or `undefined` when it is only bookkeeping. */
export function describeRecord(record: RunRecord): string | undefined {
  switch (record.type) {
    case 'run.accepted':
      return describeAcceptance(record.data);
    case 'run.resumed':
      return record.data.isForced === true ? 'Resumed, by force' : 'Resumed';
    case 'run.amended':
      return describeAmendment(record.data);
    case 'run.cancelled':
      return `To be cancelled${record.data.reason === undefined ? '' : `: ${record.data.reason}`}`;
    case 'run.forgotten':
      return 'Later runs are told nothing of this one';
    case 'gate.opened':
      return `Gate ${record.data.id}: ${record.data.passed === undefined ? 'people are asked' : 'nobody has to be asked'}`;
    case 'gate.decided':
      return `${record.data.by} (${record.data.role}): ${record.data.verdict} ${record.data.gateId}${record.data.reason === undefined ? '' : `: ${record.data.reason}`}`;
    case 'gate.expired':
      return `Gate ${record.data.gateId}: nobody has decided in time`;
    case 'gate.escalated':
      return `Gate ${record.data.gateId}: nobody has decided in time, somebody else is asked`;
    case 'inbox.refused':
      return `Did not understand what was posted as ${record.data.id}: ${record.data.problem}`;
    case 'run.paused':
    case 'run.ended':
      return `${record.data.status}: ${record.data.message}`;
    case 'action.opened':
      return describeAction(record.data.action);
    case 'action.closed':
      return describeResult(record.data.result);
    case 'attempt.opened':
      return `Asking ${record.data.model} (at most ${renderUsd(record.data.reservedNanoUsd)})`;
    case 'attempt.closed':
      return describeEnding(record.data.ending);
    case 'step.finished':
      return describeAnswer(record.data);
    case 'message.sent':
    case 'step.started':
      return undefined;
  }
}

function describeAcceptance({ mode, isSimulated, prompts = [], screening }: Accepted): string {
  const fields = prompts.flatMap(({ name, evidence }) =>
    evidence === undefined ? [] : [`; ${nameOnly(name)} for ${evidence.join(', ')}`],
  );
  const own = prompts.flatMap(({ name, isOwn }) => (isOwn === true ? [`; your own ${nameOnly(name)}`] : []));
  const findings = (screening?.findings ?? []).map(
    ({ description, quote }) => `; suspicious: ${description} ("${quote}")`,
  );
  return [`Accepted in mode ${mode}${isSimulated ? ', simulated' : ''}`, ...fields, ...own, ...findings].join(
    '',
  );
}

/** A prompt without the hash that pins it. */
function nameOnly(fingerprint: string): string {
  return fingerprint.split('#', 1).join('');
}

function describeAmendment({ capUsd, stageCapUsd, roleCapsUsd = {}, maxRounds, models }: Amendment): string {
  const changes = [
    ...(capUsd === undefined ? [] : [capUsd === 'unlimited' ? 'no cap' : `a cap of $${String(capUsd)}`]),
    ...(stageCapUsd === undefined ? [] : [`a cap of $${String(stageCapUsd)} for each stage`]),
    ...Object.entries(roleCapsUsd).map(([role, usd]) => `a cap of $${String(usd)} for the ${role}`),
    ...(maxRounds === undefined ? [] : [`at most ${count(maxRounds, 'round')}`]),
    ...Object.entries(models ?? {}).map(([role, model]) => `${model} for the ${role}`),
  ];
  return `From here on: ${changes.join(', ')}`;
}

function describeAction(action: Action): string {
  switch (action.type) {
    case 'prepare':
      return 'Making the folder a git repository';
    case 'plan':
      return 'The manager plans';
    case 'split':
      return 'The supervisor divides the plan into stages';
    case 'work':
      return describeWork(action);
    case 'apply':
      return 'Writing the files';
    case 'check':
      return 'Checking the files';
    case 'review':
      return 'The manager reviews';
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

function describeResult(result: ActionResult): string | undefined {
  switch (result.type) {
    case 'prepared':
      return `The repository is ready on ${result.branch}`;
    case 'planned':
      return `Planned ${count(result.plan.steps.length, 'step')}`;
    case 'split':
      return `Divided into ${count(result.split.stages.length, 'stage')}: ${result.split.stages.map(({ name }) => name).join(', ')}`;
    case 'worked':
      return result.summary;
    case 'applied':
      return `Wrote ${result.paths.length === 0 ? 'nothing new' : result.paths.join(', ')}`;
    case 'refused':
      return `Refused the answer: ${result.problems.join(' ')}`;
    case 'checked':
      return `The checks found ${count(result.findings.length, 'problem')}`;
    case 'reviewed':
      return result.review.isApproved ? 'Approved' : `Changes needed: ${result.review.feedback.join('; ')}`;
    case 'safety-proved':
      return `The last check found ${count(result.findings.length, 'problem')}`;
    case 'committed':
      return `Committed ${result.commit.slice(0, 10)}: ${result.subject}`;
    case 'not-committed':
      return `No commit: ${result.reason}`;
  }
}

type Ending = Extract<RunRecord, { type: 'attempt.closed' }>['data']['ending'];

function describeEnding(ending: Ending): string | undefined {
  if (ending.type === 'settled') return undefined;
  const { reason, bookedNanoUsd, waitMs } = ending;
  const booked = bookedNanoUsd === 0 ? 'nothing' : renderUsd(bookedNanoUsd);
  const next = waitMs === undefined ? '' : `; asking again in ${(waitMs / 1_000).toFixed(1)} s`;
  return `No answer (${reason}); ${booked} was booked${next}`;
}

/** What is out of the usual about an answer: that another model gave it, or nobody was asked. */
function describeAnswer({ name, result }: StepFinished): string | undefined {
  const answer = name.startsWith('model.') ? llmResponseSchema.safeParse(result).data : undefined;
  if (answer === undefined) return undefined;
  const { model, insteadOf, isCached, isReplayed } = answer;
  const parts = [
    ...(insteadOf === undefined ? [] : [`Answered by ${model} instead of ${insteadOf}`]),
    ...(isCached === true ? ['Answered out of the cache: nobody was asked'] : []),
    ...(isReplayed === true ? ['Answered out of the recording: nobody was asked'] : []),
  ];
  return parts.length === 0 ? undefined : parts.join('; ');
}

function count(number: number, thing: string): string {
  return `${String(number)} ${thing}${number === 1 ? '' : 's'}`;
}
