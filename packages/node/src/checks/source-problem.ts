import { z } from 'zod';

/** Shape of a {@link SourceProblem}. */
export const sourceProblemSchema = z.object({
  /** `syntax`: it cannot be run; `danger`: it can, and may do harm; `template`: it is not what its name says. */
  kind: z.enum(['syntax', 'danger', 'template']),
  rule: z.string(),
  line: z.int(),
  text: z.string(),
  /** The words it is about. */
  quote: z.string().optional(),
});

/** Something that is wrong with a source file. */
export type SourceProblem = Readonly<z.infer<typeof sourceProblemSchema>>;

/** A language whose grammar is known. */
export type SourceLanguage = 'javascript' | 'typescript' | 'css' | 'python' | 'yaml';

/** A file to be read in its language. */
export interface SourceTask {
  readonly path: string;
  readonly language: SourceLanguage;
  readonly content: string;
}

const LONGEST_TEXT = 300;
const LONGEST_QUOTE = 200;

/** The problem that a parser stopped at, as one line. */
export function syntaxProblem(rule: string, line: number, text: string): SourceProblem {
  const [first = ''] = text.split('\n', 1);
  const sentence = first.slice(0, LONGEST_TEXT).replace(/[.:\s]+$/u, '');
  return { kind: 'syntax', rule: toKebabCase(rule), line: Math.max(1, line), text: `${sentence}.` };
}

/** The first line of a text, short enough to be shown. */
export function quoteOf(source: string, start: number, end = source.length): string {
  const [first = ''] = source.slice(start, Math.min(end, start + LONGEST_QUOTE)).split('\n', 1);
  return first.trim();
}

function toKebabCase(name: string): string {
  return name
    .replaceAll(/(?<=[a-z0-9])(?=[A-Z])/gu, '-')
    .replaceAll(/[^A-Za-z0-9]+/gu, '-')
    .toLowerCase();
}
