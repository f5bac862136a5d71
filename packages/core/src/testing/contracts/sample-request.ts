import type { AttemptLog, LlmCall, LlmRequest } from '../../llm/llm-client.ts';

/** A request of no importance, for tests of what becomes of it. */
export const request: LlmRequest = {
  model: 'gpt-4.1-mini',
  role: 'employee',
  purpose: 'work',
  messages: [
    { role: 'system', content: 'You build.' },
    { role: 'user', content: 'Build a page.' },
  ],
  replyFormat: { type: 'json' },
  maxOutputTokens: 500,
  minOutputTokens: 100,
};

/** A log for calls that pass no cost cap, which alone writes attempts down. */
const silentAttempts: AttemptLog = { open: async () => 'attempt-1', close: () => undefined };

/** What goes along with a request. */
export function callOf(overrides: Partial<LlmCall> = {}): LlmCall {
  return { stepId: 'step-1', attempts: silentAttempts, signal: new AbortController().signal, ...overrides };
}
