import type { RunResult } from '@jarvis/loops';

import type { ExitCode } from '../src/exit-codes.ts';
import { type Fault, KNOWN_SECRET } from './faulty-server.ts';
import type { SingleReply } from '@jarvis/node/testing';

/** What follows from a problem that does not go away. */
export interface Consequence {
  readonly requests: number;
  readonly status: RunResult['status'];
  readonly reason: string;
  readonly exit: ExitCode;
  /** What follows `jarvis` in the command that goes on, without the id of the run; `-` when the run is over. */
  readonly next: 'resume' | 'resume --reopen' | 'resume --model <name>' | '-';
}

/** One way in which a question can go wrong. */
export interface RecoveryCase {
  readonly problem: string;
  readonly fault: Fault;
  /** Whether the run goes on as if nothing had been when it happens once. */
  readonly onceIsNothing: boolean;
  /** Whether a model named in `llm.fallbacks` is asked. */
  readonly fallsBack: boolean;
  /** For any question but those below. */
  readonly run: Consequence;
  /** For the work and the audit of a stage, in the adaptive mode. */
  readonly stage: Consequence;
}

const ATTEMPTS = 4;

/** It may pass: asked again, and at a stage once more after everything else that can be done. */
function passing(problem: string, fault: Fault, stageRequests: number): RecoveryCase {
  const parked = { status: 'parked', reason: problem, exit: 9, next: 'resume' } as const;
  return {
    problem,
    fault,
    onceIsNothing: true,
    fallsBack: true,
    run: { requests: ATTEMPTS, ...parked },
    stage: { requests: stageRequests, ...parked },
  };
}

/** Asking again is of no use before somebody has done something about it. */
function lasting(problem: string, fault: Fault, rest: Partial<RecoveryCase['run']> = {}): RecoveryCase {
  const stopped: Consequence = {
    requests: 1,
    status: 'failed',
    reason: problem,
    exit: 1,
    next: 'resume',
    ...rest,
  };
  const fallsBack = ['quota_exhausted', 'model_not_found'].includes(problem);
  return { problem, fault, onceIsNothing: false, fallsBack, run: stopped, stage: stopped };
}

/** There is an answer, and nothing can be made of it. */
function unusable(problem: string, fault: Fault, requests: 1 | 2): RecoveryCase {
  return {
    problem,
    fault,
    onceIsNothing: requests > 1,
    fallsBack: false,
    run: { requests, status: 'failed', reason: problem, exit: 1, next: '-' },
    stage: {
      requests: 2 * requests,
      status: 'partial',
      reason: 'stages_blocked',
      exit: 5,
      next: 'resume --reopen',
    },
  };
}

function reply(scripted: SingleReply): Fault {
  return { type: 'reply', reply: scripted };
}

/** A server that fails five times in a row is left alone for a while, and then asked once. */
const UNTIL_LEFT_ALONE = 6;

/** Every way there is, in the order of docs/reference/recovery.md. */
export const recoveryCases: readonly RecoveryCase[] = [
  passing('rate_limited', reply({ type: 'status', status: 429 }), 2 * ATTEMPTS),
  passing('connection_lost', reply({ type: 'cutBeforeAnswer' }), UNTIL_LEFT_ALONE),
  passing('timed_out', { type: 'silence' }, UNTIL_LEFT_ALONE),
  passing('provider_error', reply({ type: 'status', status: 503 }), UNTIL_LEFT_ALONE),
  lasting('quota_exhausted', reply({ type: 'status', status: 429, error: { code: 'insufficient_quota' } }), {
    status: 'parked',
    exit: 9,
  }),
  lasting('unauthorized', reply({ type: 'status', status: 401 })),
  lasting('bad_request', reply({ type: 'status', status: 400 })),
  lasting('model_not_found', reply({ type: 'status', status: 404, error: { code: 'model_not_found' } }), {
    next: 'resume --model <name>',
  }),
  lasting('connection_refused', { type: 'nobody' }),
  lasting('too_large', reply({ type: 'endlessBody' })),
  unusable('truncated', reply({ type: 'truncatedJson', content: { steps: ['Write it'] } }), 1),
  unusable('filtered', reply({ type: 'text', content: 'x', finishReason: 'content_filter' }), 1),
  unusable('refused', reply({ type: 'refusal', message: 'I cannot help with that.' }), 1),
  unusable('empty', reply({ type: 'text', content: '' }), 1),
  unusable('malformed', reply({ type: 'text', content: 'Sure, here it is!' }), 2),
  unusable('schema_mismatch', reply({ type: 'json', content: {} }), 2),
  unusable('withheld', reply({ type: 'text', content: `{"key":"${KNOWN_SECRET}"}` }), 2),
];
