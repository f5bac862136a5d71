/** Counts the tokens a text costs as input. It may count too many, never too few. */
export interface TokenCounter {
  count(text: string, model: string): number;
}

/** The counter for unknown tokenizers: a token is at least one byte of UTF-8. */
export const byteTokenCounter: TokenCounter = {
  count: (text) => new TextEncoder().encode(text).length,
};
