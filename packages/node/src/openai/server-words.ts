import { z } from 'zod';

/** What a server says about a failure in the body of its answer. */
export interface ServerWords {
  readonly codes: readonly string[];
  readonly message: string | undefined;
}

const LONGEST_MESSAGE = 200;

/** A quotation of the prompt is found when it is at least this long. */
const QUOTATION_LENGTH = 24;

const code = z
  .union([z.string(), z.number().transform(String)])
  .optional()
  .catch(undefined);

const errorSchema = z.union([
  z.string().transform((message) => ({ message })),
  z.object({ message: z.string().optional().catch(undefined), type: code, code, param: code }),
]);

/** Reads the `error` member of an answer, which every server fills in its own way. */
export function readServerWords(error: unknown): ServerWords {
  const { message, ...fields } = errorSchema.safeParse(error).data ?? {};
  const codes = Object.values(fields).filter((value) => value !== undefined);
  return { message, codes: codes.filter((value) => /^[\w.[\]-]{1,64}$/.test(value)) };
}

export interface QuoteRules {
  readonly redact: (text: string) => string;
  /** Texts that must not be quoted: servers like to repeat what they did not understand. */
  readonly prompt: readonly string[];
}

/** The server's words for an error message: on one line, short, without secrets and without any of the prompt. */
export function quoteServer({ codes, message }: ServerWords, { redact, prompt }: QuoteRules): string {
  const line = redact(message ?? '')
    .replace(/[\p{C}\p{Z}]+/gu, ' ')
    .trim()
    .slice(0, LONGEST_MESSAGE);
  const isFit =
    line !== '' && !windowsOf(line).some((window) => prompt.some((text) => text.includes(window)));
  const parts = [redact(codes.join(', ')), isFit ? line.replace(/\.$/, '') : ''];
  return parts.filter((part) => part !== '').join(': ');
}

function windowsOf(line: string): readonly string[] {
  const count = Math.max(0, line.length - QUOTATION_LENGTH + 1);
  return Array.from({ length: count }, (_, start) => line.slice(start, start + QUOTATION_LENGTH));
}
