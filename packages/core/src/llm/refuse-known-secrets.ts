import { sha256 } from '../journal/hash.ts';
import type { SecretScanner } from '../secrets/secret-scanner.ts';
import type { LlmClient, LlmRequest, LlmResponse } from './llm-client.ts';

const WITHHELD = 'Withheld: the answer held a value that must not leave this machine. Its SHA-256 is ';

/**
 * Lets no answer through that holds a known secret: what is kept of it is a `refused` one with the reason and the
 * hash in place of the text. It has been paid for like any other.
 */
export function refuseKnownSecrets(
  client: LlmClient,
  secrets: Pick<SecretScanner, 'holdsKnownSecret'>,
): LlmClient {
  return {
    async complete(request, call) {
      const response = await client.complete(request, call);
      const isSafe = [response.text, response.model].every((text) => !secrets.holdsKnownSecret(text));
      return isSafe ? response : withhold(response, request);
    },
  };
}

/** Tells whether {@link refuseKnownSecrets} has put the reason in place of what a model said. */
export function isWithheld({ outcome, text }: Pick<LlmResponse, 'outcome' | 'text'>): boolean {
  return outcome === 'refused' && text.startsWith(WITHHELD);
}

/** The model is the one that was asked: the name the server gave is its words, too. */
function withhold(response: LlmResponse, { model }: LlmRequest): LlmResponse {
  return { ...response, outcome: 'refused', text: `${WITHHELD}${sha256(response.text)}.`, model };
}
