import { LlmError, type LlmResponse } from '@jarvis/core';
import { z } from 'zod';

import { fromOpenAiResponse } from './from-openai-response.ts';
import { quoteServer, type QuoteRules, readServerWords } from './server-words.ts';

const JSON_TYPE = /^application\/(?:[\w.+-]+\+)?json$/;

const errorBody = z.object({ error: z.unknown() });

/**
 * Reads the answer out of a response with a status of success.
 *
 * @throws {@link LlmError} `provider_error` when it is not a chat completion: the work may be charged all the same.
 */
export async function readAnswer(
  response: Response,
  model: string,
  quoting: QuoteRules,
): Promise<LlmResponse> {
  const text = await response.text();
  const refuse = (what: string) => unusable(response.status, what);
  if (text.trim() === '') throw refuse('an empty body');
  const type = mediaTypeOf(response);
  if (type === 'text/html') throw refuse('a web page instead of an answer');
  if (!JSON_TYPE.test(type)) throw refuse('a content type that is not JSON');
  const body = parseJson(text);
  if (body === undefined) throw refuse('a body that is not JSON');
  const answer = fromOpenAiResponse(body, model);
  if (answer !== undefined) return answer;
  const { data } = errorBody.safeParse(body);
  const said = data?.error === undefined ? '' : quoteServer(readServerWords(data.error), quoting);
  throw refuse(`a body without choices${said && ` (${said})`}`);
}

function mediaTypeOf(response: Response): string {
  const [type = ''] = (response.headers.get('content-type') ?? '').split(';');
  return type.trim().toLowerCase();
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own message quotes the body, which may hold anything.
    return undefined;
  }
}

function unusable(status: number, what: string): LlmError {
  return new LlmError({
    reason: 'provider_error',
    seen: `HTTP ${String(status)} with ${what}`,
    status,
    mayBeCharged: true,
  });
}
