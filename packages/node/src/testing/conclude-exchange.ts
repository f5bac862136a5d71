import type { NumberedRequest } from './chat-request.ts';
import { isLost, sendJson, whileConnected } from './exchange.ts';
import type { Exchange } from './exchange.ts';
import type { Inspection, Refusal } from './inspect-request.ts';
import { toOpenAiError } from './openai-error.ts';
import type { RequestEnding } from './request-log.ts';
import type { ScriptPlayer } from './script-player.ts';
import { sendReply } from './send-reply.ts';

/** The status of an answer no script asked for; no real server sends it. */
const NO_ANSWER = 599;

/** A request of which everything is known that its answer depends on. */
export type Assignment =
  | Exclude<Inspection, { type: 'chat' }>
  | { readonly type: 'chat'; readonly request: NumberedRequest }
  | { readonly type: 'script_failed'; readonly error: unknown };

/** How an exchange came out, before the clock is read. */
export type Conclusion = Omit<RequestEnding, 'endedAtMs'>;

/** Answers a request, whatever that means for it. Rejects only when even an error cannot be sent. */
export async function concludeExchange(
  exchange: Exchange,
  assignment: Assignment,
  options: { readonly player: ScriptPlayer; readonly models: readonly string[] },
): Promise<Conclusion> {
  try {
    return await conclude(exchange, assignment, options);
  } catch (error) {
    if (isLost(exchange)) {
      const { headersSent, statusCode } = exchange.response;
      return { outcome: 'aborted', status: headersSent ? statusCode : null };
    }
    return sendScriptFailure(exchange, error);
  }
}

function conclude(
  exchange: Exchange,
  assignment: Assignment,
  { player, models }: { readonly player: ScriptPlayer; readonly models: readonly string[] },
): Promise<Conclusion> {
  switch (assignment.type) {
    case 'incomplete':
      return Promise.resolve({ outcome: 'incomplete', status: null });
    case 'refused':
      return sendRefusal(exchange, assignment);
    case 'models':
      return sendJson(exchange, { status: 200 }, toModelList(models));
    case 'script_failed':
      return sendScriptFailure(exchange, assignment.error);
    case 'chat':
      return sendScripted(exchange, assignment.request, player);
  }
}

async function sendScripted(
  exchange: Exchange,
  request: NumberedRequest,
  player: ScriptPlayer,
): Promise<Conclusion> {
  const reply = await whileConnected(exchange, player.next(request));
  if (reply !== undefined) {
    return sendReply({ ...exchange, request }, reply);
  }
  const { n, role = 'unknown', stepId = 'none', model } = request;
  const asked = `request ${String(n)} (role: ${role}, model: ${model}, step: ${stepId})`;
  const message = `Nothing is scripted for ${asked}. Add a reply to the script, or let one repeat.`;
  return sendNoAnswer(exchange, 'unscripted', message);
}

async function sendRefusal(exchange: Exchange, { status, error, headers }: Refusal): Promise<Conclusion> {
  await sendJson(exchange, { status, ...(headers && { headers }) }, { error });
  return { outcome: 'refused', status };
}

function sendScriptFailure(exchange: Exchange, error: unknown): Promise<Conclusion> {
  const reason = error instanceof Error ? error.message : String(error);
  return sendNoAnswer(exchange, 'script_failed', `The script failed: ${reason}`);
}

async function sendNoAnswer(
  exchange: Exchange,
  outcome: 'unscripted' | 'script_failed',
  message: string,
): Promise<Conclusion> {
  const error = toOpenAiError(NO_ANSWER, { message, type: 'fake_server_error', code: outcome });
  // The SDK of OpenAI heeds this header: asking again would not help.
  const head = { status: NO_ANSWER, headers: { 'x-should-retry': 'false' } };
  await sendJson(exchange, head, { error });
  return { outcome, status: NO_ANSWER };
}

function toModelList(models: readonly string[]): unknown {
  return {
    object: 'list',
    data: models.map((id) => ({ id, object: 'model', created: 0, owned_by: 'fake-openai' })),
  };
}
