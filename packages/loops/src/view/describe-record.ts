import { llmResponseSchema, renderUsd, type StepFinished } from '@jarvis/core';

import { describeMutation } from '../agents/describe-mutation.ts';
import type { Amendment } from '../engine/amendment.ts';
import type { Accepted, RunRecord } from '../engine/run-records.ts';
import { countThings } from '../text/count-things.ts';
import { describeAction, describeResult } from './describe-action.ts';
import { describeUncommitted } from './describe-uncommitted.ts';

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
    case 'run.reopened':
      return 'Opened again, from where it stood';
    case 'run.forgotten':
      return 'Later runs are told nothing of this one';
    case 'gate.opened':
      return `Gate ${record.data.id}: ${record.data.passed === undefined ? 'people are asked' : 'nobody has to be asked'}`;
    case 'gate.decided':
      return `${record.data.by} (${record.data.role}): ${record.data.verdict} ${record.data.gateId}${record.data.reason === undefined ? '' : `: ${record.data.reason}`}`;
    case 'gate.expired':
      return `Gate ${record.data.gateId}: nobody has decided in time`;
    case 'gate.closed':
      return `Gate ${record.data.gateId}: nobody has to decide any more. ${record.data.reason}`;
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
    case 'roadmap.changed':
      return describeChange(record.data);
    case 'roadmap.refused':
      return `A change of the roadmap by ${nameAuthor(record.data)} does not fit it: ${record.data.problem}`;
    case 'stage.changed':
      return describeEvent(record.data);
    case 'message.sent':
    case 'step.started':
      return undefined;
  }
}

function describeAcceptance({ mode, team, forkOf, isSimulated, prompts = [], ...rest }: Accepted): string {
  const { screening, uncommitted } = rest;
  const told = uncommitted === undefined ? undefined : describeUncommitted(uncommitted);
  const chosen = team === undefined ? '' : `; ${team.mode} was chosen. ${team.because}`;
  const fields = prompts.flatMap(({ name, evidence }) =>
    evidence === undefined ? [] : [`; ${nameOnly(name)} for ${evidence.join(', ')}`],
  );
  const own = prompts.flatMap(({ name, isOwn }) => (isOwn === true ? [`; your own ${nameOnly(name)}`] : []));
  const findings = (screening?.findings ?? []).map(
    ({ description, quote }) => `; suspicious: ${description} ("${quote}")`,
  );
  return [
    `Accepted in mode ${mode}${isSimulated ? ', simulated' : ''}${chosen}`,
    ...(forkOf === undefined ? [] : [`; a fork of ${forkOf.runId}`]),
    ...fields,
    ...own,
    ...(told === undefined ? [] : [`; ${told}`]),
    ...findings,
  ].join('');
}

/** A prompt without the hash that pins it. */
function nameOnly(fingerprint: string): string {
  return fingerprint.split('#', 1).join('');
}

/** What is changed from now on, in a few words. */
export function describeAmendment({
  capUsd,
  stageCapUsd,
  roleCapsUsd = {},
  maxRounds,
  models,
}: Amendment): string {
  const changes = [
    ...(capUsd === undefined ? [] : [capUsd === 'unlimited' ? 'no cap' : `a cap of $${String(capUsd)}`]),
    ...(stageCapUsd === undefined ? [] : [`a cap of $${String(stageCapUsd)} for each stage`]),
    ...Object.entries(roleCapsUsd).map(([role, usd]) => `a cap of $${String(usd)} for the ${role}`),
    ...(maxRounds === undefined ? [] : [`at most ${countThings(maxRounds, 'round')}`]),
    ...Object.entries(models ?? {}).map(([role, model]) => `${model} for the ${role}`),
  ];
  return `From here on: ${changes.join(', ')}`;
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

type RunRecordOf<Type extends RunRecord['type']> = Extract<RunRecord, { type: Type }>['data'];

function describeChange({ change, source, ...rest }: RunRecordOf<'roadmap.changed'>): string {
  const { mutation, reason } = change;
  const author = nameAuthor({ author: change.author, ...rest });
  const why = reason === undefined ? '' : `: ${reason}`;
  return `Roadmap, by ${author}${source === undefined ? '' : ` because of ${source}`}: ${describeMutation(mutation)}${why}`;
}

/** A person may be called like an agent. */
function nameAuthor({
  author,
  isByPerson,
}: {
  readonly author: string;
  readonly isByPerson?: boolean;
}): string {
  return isByPerson === true ? `${author}, a person` : author;
}

function describeEvent({ stageId, event }: RunRecordOf<'stage.changed'>): string | undefined {
  if (event.type === 'escalate') return `Stage ${stageId}: trying ${event.step.replaceAll('_', ' ')}`;
  return event.type === 'ask' ? `Stage ${stageId}: ${event.reason}` : undefined;
}
