import { MOST_NAMED_LINES } from './limits.ts';
import type { StateFile } from './state-file.ts';

type Facts = Readonly<Record<string, unknown>>;

/** What could be read of a file: JSON objects, and what could not. */
export interface ReadDocuments {
  readonly documents: readonly Facts[];
  /** Sentences that name the file and what is wrong with it. */
  readonly problems: readonly string[];
}

/** Reads a file that is one JSON value, a list of them, or one to a line. What is damaged is named, the rest is read. */
export function readDocuments({ path }: Pick<StateFile, 'path'>, text: string): ReadDocuments {
  const clean = text.replace(/^\uFEFF/u, '');
  const isLines = path.endsWith('.jsonl');
  return isLines ? readLines(path, clean) : readWhole(path, clean);
}

function readWhole(path: string, text: string): ReadDocuments {
  const value = parse(text);
  if (value === undefined)
    return { documents: [], problems: [`${path}: it is cut or damaged; it was left out`] };
  const documents = (Array.isArray(value) ? value : [value]).filter(isFacts);
  if (documents.length > 0 || isEmptyList(value)) return { documents, problems: [] };
  return { documents, problems: [`${path}: it holds no object; it was left out`] };
}

function readLines(path: string, text: string): ReadDocuments {
  const documents: Facts[] = [];
  const damaged: number[] = [];
  let number = 0;
  for (const line of linesOf(text)) {
    number += 1;
    if (line.trim() === '') continue;
    const value = parse(line);
    if (isFacts(value)) documents.push(value);
    else damaged.push(number);
  }
  return { documents, problems: nameLines(path, damaged) };
}

function* linesOf(text: string): Generator<string, void> {
  let start = 0;
  for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', start)) {
    yield text.slice(start, end);
    start = end + 1;
  }
  yield text.slice(start);
}

function nameLines(path: string, damaged: readonly number[]): readonly string[] {
  const more = damaged.length - MOST_NAMED_LINES;
  return [
    ...damaged
      .slice(0, MOST_NAMED_LINES)
      .map((line) => `${path}: line ${String(line)} is cut or damaged; the others were read`),
    ...(more > 0 ? [`${path}: ${String(more)} more lines are cut or damaged`] : []),
  ];
}

function parse(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return undefined; // told by the caller, who knows the place
  }
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

/** Whether a value is a JSON object. */
export function isFacts(value: unknown): value is Facts {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
