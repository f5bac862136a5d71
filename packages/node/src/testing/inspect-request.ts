import { chatBodySchema } from './chat-request.ts';
import type { ChatRequest } from './chat-request.ts';
import { toOpenAiError } from './openai-error.ts';
import type { OpenAiError } from './openai-error.ts';
import { MAX_BODY_BYTES } from './receive-request.ts';
import type { ReceivedRequest } from './receive-request.ts';

const METHODS: Readonly<Record<string, string>> = {
  '/v1/chat/completions': 'POST',
  '/v1/models': 'GET',
};

/** What is to be done with a request, as far as the request alone can tell. */
export type Inspection =
  | { readonly type: 'chat'; readonly request: ChatRequest }
  | { readonly type: 'models' }
  | Refusal
  | { readonly type: 'incomplete' };

/** A request that OpenAI would refuse too, whatever the script says. */
export interface Refusal {
  readonly type: 'refused';
  readonly status: number;
  readonly error: OpenAiError;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Decides whether a request is one this server answers. */
export function inspectRequest(
  received: ReceivedRequest,
  { requireKey }: { readonly requireKey: boolean },
): Inspection {
  if (received.arrival === 'incomplete') {
    return { type: 'incomplete' };
  }
  const refusal = checkEnvelope(received, requireKey);
  if (refusal !== undefined) {
    return refusal;
  }
  return received.path === '/v1/models' ? { type: 'models' } : inspectChat(received);
}

/** The JSON of a body, or `undefined` when it is none. */
export function parseJsonBody(body: string | null): unknown {
  try {
    return body === null ? undefined : JSON.parse(body);
  } catch {
    // The caller answers 400 or logs `null`; what exactly is wrong with the JSON is of no use to either.
    return undefined;
  }
}

function checkEnvelope(received: ReceivedRequest, requireKey: boolean): Refusal | undefined {
  const { method, path, hasKey, arrival } = received;
  const allowed = METHODS[path];
  if (allowed === undefined) {
    const paths = Object.keys(METHODS).join(' and ');
    return refuse(404, { message: `Unknown path ${path}. This server has ${paths}.`, code: 'unknown_url' });
  }
  if (method !== allowed) {
    const error = { message: `${path} takes ${allowed}, not ${method}.`, code: 'method_not_allowed' };
    return { ...refuse(405, error), headers: { allow: allowed } };
  }
  if (requireKey && !hasKey) {
    return refuse(401, { message: 'No API key was sent. Send the header Authorization: Bearer <key>.' });
  }
  if (arrival === 'too_large') {
    return refuse(413, { message: `The body is larger than ${String(MAX_BODY_BYTES)} bytes.` });
  }
  return undefined;
}

function inspectChat({ body, bodySha256, headers }: ReceivedRequest): Inspection {
  const json = parseJsonBody(body);
  if (json === undefined) {
    return refuse(400, { message: 'The body of the request is not JSON.' });
  }
  const { success, data, error } = chatBodySchema.safeParse(json);
  if (!success) {
    const problems = error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
    const param = error.issues[0]?.path.join('.') ?? null;
    return refuse(400, { message: `The request is not a chat completion. ${problems.join('; ')}`, param });
  }
  const stepId = headers['x-jarvis-step'];
  const request = { ...data, ...(stepId !== undefined && { stepId }), body: json, bodySha256, headers };
  return { type: 'chat', request };
}

function refuse(status: number, error: Partial<OpenAiError> & Pick<OpenAiError, 'message'>): Refusal {
  return { type: 'refused', status, error: toOpenAiError(status, error) };
}
