import { describe, expect, it } from 'vitest';

import { sha256 } from '../journal/hash.ts';
import { callOf, request } from '../testing/contracts/sample-request.ts';
import { MarkerSecretScanner } from '../testing/marker-secret-scanner.ts';
import { type ScriptedAnswer, ScriptedLlmClient } from '../testing/scripted-llm-client.ts';
import { isWithheld, refuseKnownSecrets } from './refuse-known-secrets.ts';

const KEY = 'the-very-key';

function ask(answer: ScriptedAnswer) {
  const client = refuseKnownSecrets(
    new ScriptedLlmClient([answer]),
    new MarkerSecretScanner(['not-a-real-secret'], [KEY]),
  );
  return client.complete(request, callOf());
}

describe('refuseKnownSecrets', () => {
  it('lets an ordinary answer through as it is, also one that only looks like a secret', async () => {
    const answer = {
      outcome: 'truncated',
      text: 'not-a-real-secret',
      model: 'm',
      isSimulated: false,
    } as const;

    const response = await ask({ ...answer, usage: 'none' });

    expect(response).toEqual(answer);
    expect(isWithheld(response)).toBe(false);
  });

  it.each(['answered', 'truncated', 'filtered', 'refused'] as const)(
    'keeps of an answer with a known secret (%s) the hash, the reason and what it cost',
    async (outcome) => {
      const text = `{"steps": ["${KEY}"]}`;
      const usage = { inputTokens: 1, cachedInputTokens: 0, outputTokens: 2 };

      const response = await ask({ outcome, text, usage });

      expect(response).toEqual({
        outcome: 'refused',
        text: `Withheld: the answer held a value that must not leave this machine. Its SHA-256 is ${sha256(text)}.`,
        model: request.model,
        usage,
        isSimulated: false,
      });
      expect(isWithheld(response)).toBe(true);
    },
  );

  it('does not keep a secret that the server calls its model by', async () => {
    const response = await ask({ text: 'fine', model: KEY });

    expect(JSON.stringify(response)).not.toContain(KEY);
    expect(isWithheld(response)).toBe(true);
  });

  it('takes the refusal of a model for what it is', async () => {
    expect(isWithheld(await ask({ outcome: 'refused', text: 'I would rather not.' }))).toBe(false);
  });
});
