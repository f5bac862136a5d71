import { toWireUsage } from './usage.ts';
import type { Usage } from './usage.ts';

/** A fixed moment, so that the same request to the same script gets the same bytes: 2025-01-01T00:00:00Z. */
const CREATED = 1_735_689_600;

/** Characters in one chunk of a stream. */
const CHUNK_CHARACTERS = 24;

/** What the model is supposed to have said, before it becomes a body. */
export interface Completion {
  readonly id: string;
  readonly model: string;
  readonly usage: Usage;
  /** `undefined`: the list of choices is empty. */
  readonly choice: CompletionChoice | undefined;
}

export interface CompletionChoice {
  readonly content: string | null;
  readonly refusal: string | null;
  readonly finishReason: string;
}

/** The body of an answer that is not streamed. */
export function renderCompletion({ id, model, usage, choice }: Completion): string {
  const choices = choice === undefined ? [] : [toWireChoice(choice)];
  return JSON.stringify({
    id,
    object: 'chat.completion',
    created: CREATED,
    model,
    choices,
    usage: toWireUsage(usage),
  });
}

/** The body of a streamed answer: server-sent events, the last of them `[DONE]`. */
export function renderStream({ id, model, usage, choice }: Completion, wantsUsage: boolean): string {
  const base = { id, object: 'chat.completion.chunk', created: CREATED, model };
  const wireUsage = toWireUsage(usage);
  const chunks = [
    ...(choice === undefined ? [] : toDeltas(choice)).map((delta) => ({ ...base, choices: [delta] })),
    ...(wantsUsage && wireUsage !== undefined ? [{ ...base, choices: [], usage: wireUsage }] : []),
  ];
  return [...chunks.map((chunk) => JSON.stringify(chunk)), '[DONE]']
    .map((event) => `data: ${event}\n\n`)
    .join('');
}

function toWireChoice({ content, refusal, finishReason }: CompletionChoice): unknown {
  return {
    index: 0,
    message: { role: 'assistant', content, refusal },
    logprobs: null,
    finish_reason: finishReason,
  };
}

function toDeltas({ content, refusal, finishReason }: CompletionChoice): readonly unknown[] {
  const deltas = [
    { role: 'assistant', content: content === null ? null : '' },
    ...toPieces(content ?? '').map((piece) => ({ content: piece })),
    ...toPieces(refusal ?? '').map((piece) => ({ refusal: piece })),
  ];
  return [
    ...deltas.map((delta) => ({ index: 0, delta, finish_reason: null })),
    { index: 0, delta: {}, finish_reason: finishReason },
  ];
}

/** Cut between code points, so that no piece holds half a character. */
function toPieces(text: string): readonly string[] {
  const characters = [...text];
  return Array.from({ length: Math.ceil(characters.length / CHUNK_CHARACTERS) }, (_, index) =>
    characters.slice(index * CHUNK_CHARACTERS, (index + 1) * CHUNK_CHARACTERS).join(''),
  );
}
