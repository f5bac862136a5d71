import type { LlmRequest } from '../llm-client.ts';

/** Where two requests part, and how each goes on from there. */
export interface RequestDifference {
  /** `model`, `messages[1] from character 120` … */
  readonly where: string;
  readonly recorded: string;
  readonly asked: string;
  /** How much is alike; for comparing, without a unit. */
  readonly likeness: number;
}

/** How much of either text is quoted, in characters. */
const QUOTED = 60;

/** Something the same name stands for in both requests counts like this many characters of a message. */
const FIELD_WEIGHT = 1_000;

/** The first difference between two requests that are not the same question. */
export function findDifference(recorded: LlmRequest, asked: LlmRequest): RequestDifference {
  const before = fieldsOf(recorded);
  const fields = fieldsOf(asked).map(([where, now], index) => ({
    where,
    now,
    before: before[index]?.[1] ?? '',
  }));
  const differing = fields.find((field) => field.before !== field.now);
  const alike = fields.filter((field) => field.before === field.now).length * FIELD_WEIGHT;
  const message = findMessageDifference(recorded, asked);
  const likeness = alike + message.likeness;
  if (differing === undefined) return { ...message, likeness };
  return {
    where: differing.where,
    recorded: differing.before.slice(0, QUOTED),
    asked: differing.now.slice(0, QUOTED),
    likeness,
  };
}

/** Who asks and what for is not sent, but helps to find the right exchange, and is named first where it differs. */
function fieldsOf({ model, replyFormat, temperature, purpose, role }: LlmRequest) {
  return [
    ['purpose', purpose],
    ['role', role],
    ['model', model],
    ['replyFormat', JSON.stringify(replyFormat)],
    ['temperature', String(temperature)],
  ] as const;
}

function findMessageDifference(recorded: LlmRequest, asked: LlmRequest): RequestDifference {
  const count = Math.max(recorded.messages.length, asked.messages.length);
  let likeness = 0;
  for (let index = 0; index < count; index += 1) {
    const before = textOf(recorded, index);
    const now = textOf(asked, index);
    if (before !== now) {
      const at = commonLength(before, now);
      return {
        where: `messages[${String(index)}] from character ${String(at + 1)}`,
        recorded: before.slice(at, at + QUOTED),
        asked: now.slice(at, at + QUOTED),
        likeness: likeness + at,
      };
    }
    likeness += now.length;
  }
  return { where: 'nothing that is written down', recorded: '', asked: '', likeness };
}

/** A message that is not there, or is another's, differs from its first character. */
function textOf({ messages }: LlmRequest, index: number): string {
  const message = messages[index];
  return message === undefined ? '' : `${message.role}: ${message.content}`;
}

function commonLength(a: string, b: string): number {
  let length = 0;
  while (length < a.length && length < b.length && a[length] === b[length]) length += 1;
  return length;
}
