import {
  isWithheld,
  keepAnswer,
  type LlmMessage,
  type LlmRequest,
  type LlmResponse,
  type StepKey,
  templateName,
} from '@jarvis/core';
import { z } from 'zod';

import type { Purpose, Question } from '../dialect/dialect.ts';
import { type AnswerProblem, UnusableAnswerError } from '../errors.ts';
import { type ActionScope, hashParts } from './action-scope.ts';
import { listProblems } from './list-problems.ts';

export interface ReplyWish<Brief, Reply> {
  readonly purpose: Purpose;
  readonly question: Question<Brief, Reply>;
  readonly brief: Brief;
  /** What the brief is made of; hashed into the step key, so that another rendering stays the same step. */
  readonly parts: Readonly<Record<string, unknown>>;
  readonly model: string;
  /** An answer below this size is of no use, in tokens. Default: what the question says. */
  readonly atLeastTokens?: number;
  /** What is wrong with an answer of the right shape; nothing when it can be used. Default: nothing ever is. */
  readonly findProblems?: (reply: Reply) => readonly string[];
}

/** Only the hash of such an answer is kept. */
const WITHHELD =
  'The answer held a value that must not leave this machine, such as a key, in plain or encoded; leave it out.';

type Reading<Reply> =
  { readonly reply: Reply } | { readonly reason: AnswerProblem; readonly problem: string };

/**
 * Asks a question and reads the answer. An answer that cannot be read is sent back once, with what is wrong;
 * one that was withheld because a secret stood in it is asked for once more.
 *
 * @throws {@link UnusableAnswerError} when the second answer is no better, or the first was cut off or refused.
 */
export async function askForReply<Brief, Reply>(
  scope: ActionScope,
  wish: ReplyWish<Brief, Reply>,
): Promise<Reply> {
  const { purpose, question, brief, parts } = wish;
  const messages: LlmMessage[] = [
    { role: 'system', content: question.prompt.text },
    { role: 'user', content: question.render(brief) },
  ];
  const key = { template: templateName(question.prompt), ...hashParts(parts) };

  const first = await askWhole(scope, { wish, messages, key });
  const reading = readReply(scope, wish, first);
  if ('reply' in reading) {
    await keepUseful(scope, toRequest(wish, messages), first);
    return reading.reply;
  }

  const repair: LlmMessage[] = [
    { role: 'assistant', content: first.text },
    {
      role: 'user',
      content: `${reading.problem} Answer again with the corrected JSON object and nothing else.`,
    },
  ];
  const asked = { wish, messages: [...messages, ...repair], key: { ...key, repair: '1' } };
  const second = await askWhole(scope, asked);
  const repaired = readReply(scope, wish, second);
  if (!('reply' in repaired)) throw new UnusableAnswerError({ purpose, ...repaired });
  await keepUseful(scope, toRequest(wish, asked.messages), second);
  return repaired.reply;
}

/** Only what could be used is kept for later runs: a useless answer would be useless for ever. */
async function keepUseful({ context }: ActionScope, request: LlmRequest, answer: LlmResponse): Promise<void> {
  if (context.replyCache !== undefined) await keepAnswer(context.replyCache, request, answer);
}

interface Asking<Brief, Reply> {
  readonly wish: ReplyWish<Brief, Reply>;
  readonly messages: readonly LlmMessage[];
  readonly key: StepKey;
}

/**
 * Asks for an answer that is not cut off for want of money: where the budget had lowered the limit and the answer
 * did not fit, it is asked for again with the whole limit, which passes the cap only once the cap was raised.
 */
async function askWhole<Brief, Reply>(scope: ActionScope, { wish, messages, key }: Asking<Brief, Reply>) {
  const request = toRequest(wish, messages);
  const answer = await scope.ask(request, key);
  if (answer.outcome !== 'truncated' || answer.isLimitLowered !== true)
    return requireAnswer(answer, wish.purpose);

  const whole = { ...request, minOutputTokens: request.maxOutputTokens };
  return requireAnswer(await scope.ask(whole, { ...key, limit: 'whole' }), wish.purpose);
}

function toRequest<Brief, Reply>(wish: ReplyWish<Brief, Reply>, messages: readonly LlmMessage[]): LlmRequest {
  const { purpose, question, model, atLeastTokens = 0 } = wish;
  const { wanted, minimum } = question.outputTokens;
  return {
    model,
    role: question.role,
    purpose,
    messages,
    replyFormat: question.replyFormat,
    maxOutputTokens: wanted,
    minOutputTokens: Math.min(wanted, Math.max(minimum, atLeastTokens)),
  };
}

function requireAnswer(response: LlmResponse, purpose: Purpose): LlmResponse {
  switch (response.outcome) {
    case 'answered':
      return response;
    case 'truncated':
      throw new UnusableAnswerError({
        purpose,
        reason: 'truncated',
        problem: 'It was cut off at the output limit.',
      });
    case 'filtered':
      throw new UnusableAnswerError({
        purpose,
        reason: 'filtered',
        problem: "The server's content filter withheld it.",
      });
    case 'refused':
      if (isWithheld(response)) return response;
      throw new UnusableAnswerError({ purpose, reason: 'refused', problem: 'The model refused.' });
    case 'empty':
      throw new UnusableAnswerError({ purpose, reason: 'empty', problem: 'It was empty.' });
  }
}

function readReply<Brief, Reply>(
  { dialect, context }: ActionScope,
  { question, findProblems }: ReplyWish<Brief, Reply>,
  answer: LlmResponse,
): Reading<Reply> {
  if (isWithheld(answer)) return { reason: 'withheld', problem: WITHHELD };
  const parser = dialect.replyParser ?? context.replyParser;
  const parsed = parser.parse(answer.text);
  if (parsed.type === 'unreadable')
    return { reason: 'malformed', problem: `The answer is not readable as JSON: ${parsed.problem}` };

  const checked = question.reply.safeParse(parsed.value);
  if (checked.success) {
    const problems = findProblems?.(checked.data) ?? [];
    return problems.length === 0
      ? { reply: checked.data }
      : {
          reason: 'schema_mismatch',
          problem: `The answer cannot be used: ${listProblems(problems).join(' ')}`,
        };
  }
  const found = listProblems(z.prettifyError(checked.error).split('\n')).join('\n');
  const problem = `The answer has the wrong shape: ${found}`;
  return { reason: 'schema_mismatch', problem };
}
