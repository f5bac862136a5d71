import { afterEach, describe, expect, it } from 'vitest';

import type { AnswerOutcome, AttemptLog, LlmCall, LlmClient, ReportedUsage } from '../../llm/llm-client.ts';
import type { LlmErrorReason } from '../../llm/llm-error.ts';
import { callOf, request } from './sample-request.ts';

/** How the model server behind a client behaves when it is asked. */
export type LlmServerBehaviour =
  | { readonly type: 'answer'; readonly text: string; readonly usage: ReportedUsage }
  /** Ends the exchange properly, without the answer that was wanted. */
  | { readonly type: 'outcome'; readonly outcome: Exclude<AnswerOutcome, 'answered'> }
  /** Fails in the way the reason names. */
  | { readonly type: 'failure'; readonly reason: LlmErrorReason }
  /** Takes the request and never answers. */
  | { readonly type: 'silence' };

/** A client and the server it talks to. */
export interface LlmClientUnderTest {
  readonly client: LlmClient;
  /** How many requests have reached the server. */
  readonly countRequests: () => Promise<number>;
  readonly dispose: () => Promise<void>;
}

/** What a kind of client can do at all. */
export interface LlmClientAbilities {
  /** The reasons for which it can fail. */
  readonly failures: readonly LlmErrorReason[];
  /** The outcomes it knows beside an answer. */
  readonly outcomes: readonly Exclude<AnswerOutcome, 'answered'>[];
  /** Whether it writes attempts down, as the cost cap and what goes around it do. Default: no, as an adapter. */
  readonly opensAttempts?: boolean;
}

/** Opens a client whose server behaves as said, every time it is asked. */
export type OpenLlmClient = (behaviour: LlmServerBehaviour) => Promise<LlmClientUnderTest>;

/** Failures after which the server cannot have done any paid work. */
const FREE_OF_CHARGE: readonly LlmErrorReason[] = [
  'rate_limited',
  'quota_exhausted',
  'unauthorized',
  'bad_request',
  'model_not_found',
  'connection_refused',
];

/** Registers the tests every {@link LlmClient} passes. */
export function llmClientContract(name: string, open: OpenLlmClient, abilities: LlmClientAbilities): void {
  describe(`${name} keeps the contract of LlmClient`, () => {
    const opened: LlmClientUnderTest[] = [];
    const log = abilities.opensAttempts === true ? new BalancedLog() : undefined;
    const toCall: ToCall = (signal) => callOf({ attempts: log ?? untouchedLog, signal });
    const openKept: OpenLlmClient = async (behaviour) => {
      const kept = await open(behaviour);
      opened.push(kept);
      return kept;
    };

    afterEach(async () => {
      for (const { dispose } of opened.splice(0)) await dispose();
      expect(log?.openAttempts ?? []).toEqual([]);
    });

    answerTests(openKept, toCall);
    abortTests(openKept, toCall, () => log?.giveUp());
    if (abilities.outcomes.length > 0) outcomeTests(openKept, toCall, abilities.outcomes);
    if (abilities.failures.length > 0) failureTests(openKept, toCall, abilities.failures);
  });
}

function answerTests(open: OpenLlmClient, toCall: ToCall): void {
  it('gives the answer word for word, with the model and the usage', async () => {
    const text = '{"summary":"é🙂\\n"}\n';
    const usage = { inputTokens: 21, cachedInputTokens: 4, outputTokens: 9 };
    const { client, countRequests } = await open({ type: 'answer', text, usage });

    const response = await client.complete(request, toCall(new AbortController().signal));

    expect(response).toMatchObject({ outcome: 'answered', text, usage });
    expect(response.model).not.toBe('');
    expect(await countRequests()).toBe(1);
  });

  it('answers several requests side by side', async () => {
    const usage = { inputTokens: 1, cachedInputTokens: 0, outputTokens: 1 };
    const { client, countRequests } = await open({ type: 'answer', text: 'yes', usage });
    const ask = () => client.complete(request, toCall(new AbortController().signal));

    const responses = await Promise.all([ask(), ask(), ask()]);

    expect(responses.map(({ text }) => text)).toEqual(['yes', 'yes', 'yes']);
    expect(await countRequests()).toBe(3);
  });
}

function abortTests(open: OpenLlmClient, toCall: ToCall, giveUp: () => void): void {
  it('sends nothing when the signal has aborted before', async () => {
    const { client, countRequests } = await open({ type: 'silence' });
    const reason = new Error('the user said stop');

    await expect(client.complete(request, toCall(AbortSignal.abort(reason)))).rejects.toBe(reason);

    expect(await countRequests()).toBe(0);
  });

  it('ends a call in flight with the reason of the signal', async () => {
    const { client, countRequests } = await open({ type: 'silence' });
    const controller = new AbortController();
    const reason = new Error('the user said stop');

    const asked = client.complete(request, toCall(controller.signal));
    const settled = expect(asked).rejects.toBe(reason);
    await expect.poll(countRequests).toBe(1);
    controller.abort(reason);

    await settled;
    giveUp();
  });
}

function outcomeTests(open: OpenLlmClient, toCall: ToCall, outcomes: LlmClientAbilities['outcomes']): void {
  it.each(outcomes)('tells that an answer was %s', async (outcome) => {
    const { client } = await open({ type: 'outcome', outcome });

    const response = await client.complete(request, toCall(new AbortController().signal));

    expect(response.outcome).toBe(outcome);
  });
}

function failureTests(open: OpenLlmClient, toCall: ToCall, failures: readonly LlmErrorReason[]): void {
  it.each(failures)('fails with the reason %s, and does not ask again', async (reason) => {
    const { client, countRequests } = await open({ type: 'failure', reason });

    const asked = client.complete(request, toCall(new AbortController().signal));

    await expect(asked).rejects.toMatchObject({
      code: `JARVIS_LLM_${reason.toUpperCase()}`,
      reason,
      mayBeCharged: !FREE_OF_CHARGE.includes(reason),
    });
    expect(await countRequests()).toBeLessThanOrEqual(1);
  });
}

/** An adapter makes one attempt and knows nothing of the log: who writes it is the cost cap. */
const untouchedLog: AttemptLog = {
  open: async () => expect.fail('a client opened an attempt'),
  close: () => expect.fail('a client closed an attempt'),
};

/** Makes what goes along with a request. */
type ToCall = (signal: AbortSignal) => LlmCall;

/** Every attempt that is opened is closed, but for one that was ended from this side, and none that is not. */
class BalancedLog implements AttemptLog {
  readonly #open = new Set<string>();
  #count = 0;

  get openAttempts(): readonly string[] {
    return [...this.#open];
  }

  async open(): Promise<string> {
    this.#count += 1;
    const attemptId = `attempt-${String(this.#count)}`;
    this.#open.add(attemptId);
    return attemptId;
  }

  /** What is open stays open: nobody knows what it cost. */
  giveUp(): void {
    this.#open.clear();
  }

  close(attemptId: string): void {
    expect(this.#open.delete(attemptId), `${attemptId} was open`).toBe(true);
  }
}
