import type { AnswerOutcome, LlmResponse, ReportedUsage } from '@jarvis/core';
import { z } from 'zod';

const textPart = z.object({ type: z.literal('text'), text: z.string() });

const messageSchema = z.object({
  content: z
    .union([z.string(), z.array(z.unknown())])
    .nullish()
    .catch(null),
  refusal: z.string().nullish().catch(null),
});

const choiceSchema = z.object({ finish_reason: z.string().nullish().catch(null), message: messageSchema });

const usageSchema = z.object({
  prompt_tokens: z.number(),
  completion_tokens: z.number(),
  total_tokens: z.number().optional().catch(undefined),
  prompt_tokens_details: z.object({ cached_tokens: z.number() }).optional().catch(undefined),
});

const completionSchema = z.object({
  model: z.string().optional().catch(undefined),
  choices: z.array(z.unknown()),
  usage: usageSchema.optional().catch(undefined),
});

type Choice = z.infer<typeof choiceSchema>;

/**
 * Reads a chat completion, leniently: only the list of choices must be there. Usage is taken as stated, however
 * absurd, and left out when a count is missing or not a finite number.
 *
 * @param body the parsed JSON of the server's answer.
 * @param askedModel stands in when the server does not name the model.
 * @returns `undefined` when the body is no chat completion.
 */
export function fromOpenAiResponse(body: unknown, askedModel: string): LlmResponse | undefined {
  const { data: completion } = completionSchema.safeParse(body);
  if (completion === undefined) return undefined;

  const { data: choice } = choiceSchema.safeParse(completion.choices[0]);
  const text = choice === undefined ? '' : textOf(choice);
  return {
    outcome: outcomeOf(choice, text),
    text,
    model: completion.model ?? askedModel,
    ...(completion.usage !== undefined && { usage: toReportedUsage(completion.usage) }),
    isSimulated: false,
  };
}

function textOf({ message: { refusal, content } }: Choice): string {
  if (refusal) return refusal;
  if (typeof content === 'string') return content;
  // Some servers answer in parts, with the model's thoughts among them.
  return (content ?? []).map((part) => textPart.safeParse(part).data?.text ?? '').join('');
}

function outcomeOf(choice: Choice | undefined, text: string): AnswerOutcome {
  if (choice?.message.refusal) return 'refused';
  if (choice?.finish_reason === 'content_filter') return 'filtered';
  if (choice?.finish_reason === 'length') return 'truncated';
  return text.trim() === '' ? 'empty' : 'answered';
}

function toReportedUsage(usage: z.infer<typeof usageSchema>): ReportedUsage {
  const {
    prompt_tokens: input,
    completion_tokens: output,
    total_tokens: total,
    prompt_tokens_details: details,
  } = usage;
  return {
    inputTokens: input,
    cachedInputTokens: details?.cached_tokens ?? 0,
    outputTokens: output + hiddenOutput(input, output, total),
  };
}

/** Some servers count reasoning in the total alone; it is charged as output all the same. */
function hiddenOutput(input: number, output: number, total = 0): number {
  return input >= 0 && output >= 0 ? Math.max(0, total - input - output) : 0;
}
