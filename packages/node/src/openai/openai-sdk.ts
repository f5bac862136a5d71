import type { OpenAI } from 'openai';

import type { KeepAliveFetchOptions } from './keep-alive-fetch.ts';

/** The longest a timer of Node.js can wait: the SDK has no way to be told that there is no time limit. */
const NO_TIME_LIMIT_MS = 2_147_483_647;

/** The SDK asks for a key; the real one is the transport's alone, so that no error of the SDK can show it. */
const NO_KEY = 'held-by-the-transport';

export interface SdkOptions extends KeepAliveFetchOptions {
  readonly baseUrl: string;
}

/**
 * Loads the SDK and the transport, which takes a moment, and makes a client that neither retries, logs nor ends a
 * request by itself. Every option that would otherwise be read from the environment is given.
 */
export async function loadOpenAiSdk({ baseUrl, ...transport }: SdkOptions): Promise<OpenAI> {
  const [{ OpenAI }, { createKeepAliveFetch }] = await Promise.all([
    import('openai'),
    import('./keep-alive-fetch.ts'),
  ]);
  return new OpenAI({
    apiKey: NO_KEY,
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    baseURL: baseUrl,
    maxRetries: 0,
    timeout: NO_TIME_LIMIT_MS,
    logLevel: 'off',
    fetch: createKeepAliveFetch(transport),
  });
}
