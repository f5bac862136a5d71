/** What became of an answer that should hold one JSON value. */
export type ParsedReply =
  | { readonly type: 'value'; readonly value: unknown }
  /** `problem` tells the model what was wrong, in a sentence. */
  | { readonly type: 'unreadable'; readonly problem: string };

/** Reads the JSON value out of a model's answer. Tolerant of form, but never completes what was cut off. */
export interface ReplyParser {
  parse(text: string): ParsedReply;
}
