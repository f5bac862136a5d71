import { jsonTokens } from './json-tokens.ts';

/** Deeper values cannot be handled safely everywhere. */
export const MAX_DEPTH = 64;

/** Where the JSON of an answer is. */
export type FoundJson =
  | { readonly type: 'found'; readonly texts: readonly string[] }
  | { readonly type: 'unreadable'; readonly problem: string };

/** Where something in brackets ends, or why that cannot be said. */
type Span =
  | { readonly type: 'closed'; readonly end: number }
  | { readonly type: 'unreadable'; readonly problem: string };

/** A list in prose, `[1]` or `[text](link)`, is no JSON; one that holds strings or objects may be. */
const OPENING = /\{|\[(?=\s*[[{"])|^\[/g;

const OBJECT_START = /^\{\s*(?:["}]|\/[/*])/;

const CLOSING: Readonly<Record<string, string>> = { '{': '}', '[': ']' };

/**
 * Finds the JSON objects and lists that stand in a trimmed text, whole and outermost. Anything opened and not closed makes
 * the text unreadable, as what is inside it may be a part of something that was cut off.
 */
export function findJson(text: string): FoundJson {
  const texts: string[] = [];
  const opening = new RegExp(OPENING);
  for (let found = opening.exec(text); found !== null; found = opening.exec(text)) {
    const start = opening.lastIndex - 1;
    const span = spanFrom(text, start);
    if (span.type === 'unreadable') return span;
    texts.push(text.slice(start, span.end));
    opening.lastIndex = span.end;
  }
  const likely = texts.filter((part) => isLikelyJson(part, text));
  // Of braces that hold no JSON the first ones tell what is wrong with the answer.
  return {
    type: 'found',
    texts: likely.length > 0 ? likely : texts.filter((part) => part.startsWith('{')).slice(0, 1),
  };
}

function isLikelyJson(part: string, text: string): boolean {
  return part.startsWith('{') ? OBJECT_START.test(part) : part.includes('{') || part === text;
}

function spanFrom(text: string, start: number): Span {
  const open: string[] = [];
  for (const token of jsonTokens(text, start)) {
    const closing = CLOSING[token.text];
    if (closing !== undefined) open.push(closing);
    if (open.length > MAX_DEPTH) return tooDeep;
    if (token.text === '}' || token.text === ']') {
      if (open.pop() !== token.text)
        return { type: 'unreadable', problem: 'The brackets of the JSON do not match.' };
      if (open.length === 0) return { type: 'closed', end: token.end };
    }
  }
  return {
    type: 'unreadable',
    problem: 'The answer is cut off: a bracket or a quotation mark is never closed.',
  };
}

/** The refusal of a text that is nested more than {@link MAX_DEPTH} deep. */
export const tooDeep = {
  type: 'unreadable',
  problem: `The JSON is nested more than ${String(MAX_DEPTH)} levels deep.`,
} as const;
