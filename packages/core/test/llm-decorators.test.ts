import {
  byteTokenCounter,
  Circuits,
  type Clock,
  createLedger,
  defaultPriceTable,
  defaultRetryPolicy,
  guardedLlm,
  type LlmClient,
  LlmError,
  llmErrorReasons,
  MemoryRecording,
  MemoryReplyCache,
  withCache,
  withCircuit,
  withCostCap,
  withDeadline,
  withFallback,
  withRecording,
  withRetry,
} from '@jarvis/core';
import { FixedClock, MarkerSecretScanner, type ScriptedReply, ScriptedLlmClient } from '@jarvis/core/testing';
import { llmClientContract, type LlmServerBehaviour } from '@jarvis/core/testing/contracts';
import { describe } from 'vitest';

import { withGrace } from '../src/llm/with-grace.ts';

const outcomes = ['truncated', 'filtered', 'refused', 'empty'] as const;
const CHARGED = ['connection_lost', 'timed_out', 'too_large', 'provider_error'];

function toReply(behaviour: LlmServerBehaviour): ScriptedReply | Promise<ScriptedReply> {
  switch (behaviour.type) {
    case 'answer':
      return { text: behaviour.text, usage: behaviour.usage };
    case 'outcome':
      return { outcome: behaviour.outcome };
    case 'failure': {
      const { reason } = behaviour;
      return new LlmError({ reason, seen: 'scripted', mayBeCharged: CHARGED.includes(reason) });
    }
    case 'silence':
      return new Promise(() => undefined);
  }
}

const clock = new FixedClock();
const skipping = new FixedClock({ sleeps: 'skipped' });
const once = { ...defaultRetryPolicy, maxAttempts: 1 };
const costs = { prices: defaultPriceTable, tokens: byteTokenCounter, ledger: () => createLedger(1e12) };
const secrets = new MarkerSecretScanner();

const decorators: Readonly<Record<string, (client: LlmClient) => LlmClient>> = {
  withCache: (client) => withCache(client, new MemoryReplyCache()),
  withFallback: (client) => withFallback(client, { fallbacks: {}, isUsable: () => true }),
  withRetry: (client) => withRetry(client, once, clock),
  withCircuit: (client) => withCircuit(client, new Circuits(clock).of(client), clock),
  withGrace: (client) => withGrace(client, skipping),
  withDeadline: (client) => withDeadline(client, 60_000, clock),
  withRecording: (client) => withRecording(client, new MemoryRecording(), (text) => text),
};

describe.each(Object.entries(decorators))('%s', (name, decorate) => {
  llmClientContract(
    name,
    async (behaviour) => {
      const scripted = new ScriptedLlmClient(() => toReply(behaviour));
      const countRequests = async () => scripted.requests.length;
      return { client: decorate(scripted), countRequests, dispose: async () => undefined };
    },
    { failures: llmErrorReasons, outcomes },
  );
});

/** Skips the grace of an exchange in flight and the pauses, and lets no deadline pass. */
const impatient: Clock = {
  nowMs: () => 0,
  monotonicMs: () => 0,
  sleep: (ms, signal) => (ms > 10_000 ? clock.sleep(ms, signal) : skipping.sleep(ms, signal)),
};

const paying: Readonly<Record<string, (client: LlmClient) => LlmClient>> = {
  withCostCap: (client) => withCostCap(client, costs),
  'the decorators in their order': (llm) => {
    const circuits = new Circuits(impatient);
    const replyCache = new MemoryReplyCache();
    const context = { clock: impatient, tokens: byteTokenCounter, secrets, circuits, replyCache };
    return guardedLlm(context, { ...costs, llm, retry: once, deadlineMs: 60_000 });
  },
};

describe.each(Object.entries(paying))('%s', (name, decorate) => {
  llmClientContract(
    name,
    async (behaviour) => {
      const scripted = new ScriptedLlmClient(() => toReply(behaviour));
      const countRequests = async () => scripted.requests.length;
      return { client: decorate(scripted), countRequests, dispose: async () => undefined };
    },
    { failures: llmErrorReasons, outcomes, opensAttempts: true },
  );
});
