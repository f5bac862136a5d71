import type { RunRecord } from '@jarvis/loops';
import { z } from 'zod';

import { countThings } from './count-things.ts';
import { escapeForTerminal } from './escape-for-terminal.ts';

/** The longest part of an answer people are shown, in characters. */
const SHOWN_ANSWER = 2_000;

const answerSchema = z.object({
  outcome: z.string(),
  text: z.string(),
  model: z.string(),
  insteadOf: z.string().exactOptional(),
  isCached: z.boolean().exactOptional(),
  isReplayed: z.boolean().exactOptional(),
});

/** What a model said, as the run has kept it. */
export interface KeptAnswer extends z.infer<typeof answerSchema> {
  /** What it was asked for: `plan`, `work`, `review`. */
  readonly purpose: string;
}

/** The answers of the models in the order they were given, whether they could be used or not. */
export function listAnswers(records: readonly RunRecord[]): readonly KeptAnswer[] {
  return records.flatMap((record) => {
    if (record.type !== 'step.finished' || !record.data.name.startsWith('model.')) return [];
    const { success, data } = answerSchema.safeParse(record.data.result);
    return success ? [{ purpose: record.data.name.slice('model.'.length), ...data }] : [];
  });
}

/** The answers for people: cut, and with nothing a terminal would act on. */
export function renderAnswers(answers: readonly KeptAnswer[]): string {
  if (answers.length === 0) return 'answers: none\n';
  return answers.map((answer, index) => `${escapeForTerminal(renderAnswer(answer, index + 1))}\n`).join('\n');
}

function renderAnswer(answer: KeptAnswer, number: number): string {
  const { purpose, model, outcome, text } = answer;
  const length = text.length;
  const rest = length - SHOWN_ANSWER;
  // The mark tells whatever reads it that the last word may be half a word.
  const lines = `${text.slice(0, SHOWN_ANSWER)}${rest > 0 ? '…' : ''}`.split('\n');
  return [
    `answer ${String(number)} (${purpose}) by ${model}${renderSource(answer)}: ${outcome}, ${countThings(length, 'character')}`,
    ...lines.map((line) => `  ${line}`),
    ...(rest > 0 ? [`  and ${String(rest)} more; all of it with --json`] : []),
  ].join('\n');
}

/** Who would have been asked, and whether anybody was. */
function renderSource({ insteadOf, isCached, isReplayed }: KeptAnswer): string {
  return [
    ...(insteadOf === undefined ? [] : [` instead of ${insteadOf}`]),
    ...(isCached === true ? [' (out of the cache)'] : []),
    ...(isReplayed === true ? [' (out of the recording)'] : []),
  ].join('');
}
