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
  const problems: string[] = [];
  for (const [index, line] of text.split(/\r?\n/u).entries()) {
    if (line.trim() === '') continue;
    const value = parse(line);
    if (isFacts(value)) documents.push(value);
    else problems.push(`${path}: line ${String(index + 1)} is cut or damaged; the others were read`);
  }
  return { documents, problems };
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
