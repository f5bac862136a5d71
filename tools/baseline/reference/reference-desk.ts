import type { ObservedCall } from '../compare/observation.ts';
import { type LegacyRole, type LegacyUsage, serveReply, type ServedReply } from '../scenario/legacy-reply.ts';
import { repliesOf, type Scenario } from '../scenario/scenario-file.ts';
import { type JudgedAnswer, judgeAnswer } from './answer-fault.ts';

/** A question to a role of the scenario. */
export interface ReferenceQuestion {
  readonly role: LegacyRole;
  readonly model: string;
  readonly user: unknown;
  readonly isRepair: boolean;
}

/** What comes back: an answer, or that the call is dead and how the run ends then. */
export type ReferenceReply =
  ({ readonly type: 'answer' } & JudgedAnswer) | { readonly type: 'dead'; readonly status: string };

const MAX_ATTEMPTS = 5;

/** The status of an answer the script has nothing for. */
const UNSCRIPTED = 599;

/** Statuses with which the same request may succeed later. */
const PASSING = [408, 409, 425, 429];

/** Answers the questions of a reference run from the script, attempt by attempt, and keeps what was asked. */
export class ReferenceDesk {
  readonly calls: ObservedCall[] = [];
  readonly unscripted: Record<string, number> = {};
  readonly #scenario: Scenario;
  readonly #counts = new Map<LegacyRole, number>();

  constructor(scenario: Scenario) {
    this.#scenario = scenario;
  }

  /** Makes one call with up to five attempts; an error that cannot pass ends it at once. */
  ask({ role, model, user, isRepair }: ReferenceQuestion): ReferenceReply {
    const attempts: (number | string)[] = [];
    const close = (usage: LegacyUsage | null) =>
      this.calls.push({ role, model, temperature: null, attempts, user, usage, isRepair });
    for (;;) {
      const reply = this.#next(role);
      if (reply.type === 'answer') {
        attempts.push(200);
        close(reply.usage);
        return { type: 'answer', ...judgeAnswer(role, reply.text) };
      }
      attempts.push(reply.type === 'hang' ? 'hang' : reply.status);
      if (attempts.length < MAX_ATTEMPTS && mayPass(reply)) continue;
      close(null);
      return { type: 'dead', status: describeEnd(reply) };
    }
  }

  #next(role: LegacyRole): ServedReply {
    const n = (this.#counts.get(role) ?? 0) + 1;
    this.#counts.set(role, n);
    const reply = serveReply(repliesOf(this.#scenario, role), n);
    if (reply !== undefined) return reply;
    this.unscripted[role] = (this.unscripted[role] ?? 0) + 1;
    return { type: 'status', status: UNSCRIPTED, message: '' };
  }
}

/** Whether an HTTP status may be another one next time. */
export function isPassing(status: number): boolean {
  return status >= 500 || PASSING.includes(status);
}

type FailedReply = Exclude<ServedReply, { type: 'answer' }>;

function mayPass(reply: FailedReply): boolean {
  return reply.type === 'hang' || isPassing(reply.status);
}

function describeEnd(reply: FailedReply): string {
  if (reply.type === 'hang') return 'parked_connection_lost';
  const { status } = reply;
  if (status === 429) return 'parked_rate_limited';
  if (status === 402) return 'parked_quota_exhausted';
  if (isPassing(status)) return 'parked_provider_error';
  return status === 401 || status === 403 ? 'failed_unauthorized' : 'failed_bad_request';
}
