import { open } from 'node:fs/promises';

import { decodeUtf8, NOT_UTF8, readBytes, type UnreadFile } from './read-source.ts';

/** A text that is only looked at. */
export interface DecodedText {
  readonly path: string;
  readonly text: string;
}

const CODING = /^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)/u;
const BLANK = /^[ \t\f]*(?:#.*)?$/u;

/** What Python calls otherwise than the decoder. */
const LATIN: Readonly<Record<string, string>> = {
  'latin-1': 'iso-8859-1',
  'iso-latin-1': 'iso-8859-1',
  'latin-2': 'iso-8859-2',
  latin9: 'iso-8859-15',
  'latin-9': 'iso-8859-15',
  'latin-10': 'iso-8859-16',
};

/**
 * Reads a Python source as Python does: in UTF-8, or in what a coding line at its top names. What is read this way may
 * be looked at and not written back.
 */
export async function readPython(file: string, path: string): Promise<DecodedText | UnreadFile> {
  const bytes = await readBytes(file);
  if (typeof bytes === 'string') return { path, problem: bytes };
  const text = decodeUtf8(bytes);
  if (text !== undefined) return { path, text: withoutMark(text) };
  const coding = findCoding(bytes);
  if (coding === undefined || /^utf[-_]?8$/iu.test(coding)) return { path, problem: NOT_UTF8 };
  const decoded = decodeAs(bytes, coding);
  return decoded === undefined
    ? { path, problem: `it is written in ${coding}, which cannot be read here` }
    : { path, text: decoded };
}

/**
 * Reads any text, to look for plain names in it; `undefined` when the file is none. What is no UTF-8 is read byte for byte:
 * the names that are looked for are the same in every encoding.
 */
export async function readAnyText(file: string, path: string): Promise<DecodedText | UnreadFile | undefined> {
  const head = await readHead(file);
  const wide = WIDE.find(({ mark }) => head !== undefined && mark.equals(head.subarray(0, 2)));
  if (head !== undefined && wide === undefined && head.includes(0)) return undefined;
  const bytes = await readBytes(file);
  if (typeof bytes === 'string') return { path, problem: bytes };
  const text = wide === undefined ? decodeUtf8(bytes) : new TextDecoder(wide.name).decode(bytes);
  return { path, text: withoutMark(text ?? new TextDecoder('latin1').decode(bytes)) };
}

/** How some tools of Windows write a text. */
const WIDE = [
  { mark: Buffer.from([0xff, 0xfe]), name: 'utf-16le' },
  { mark: Buffer.from([0xfe, 0xff]), name: 'utf-16be' },
] as const;

/** Enough to tell a text from what is none, in bytes. */
const HEAD = 8192;

/** How a file begins; `undefined` when it cannot be opened, which reading it tells in words. */
async function readHead(file: string): Promise<Buffer | undefined> {
  const handle = await open(file).catch(() => undefined);
  try {
    const read = await handle?.read(Buffer.alloc(HEAD), 0, HEAD, 0);
    return read?.buffer.subarray(0, read.bytesRead);
  } finally {
    await handle?.close();
  }
}

function findCoding(bytes: Uint8Array): string | undefined {
  const [first = '', second = ''] = new TextDecoder('latin1')
    .decode(bytes.subarray(0, 1024))
    .split(/\r\n?|\n/u);
  const named = CODING.exec(first) ?? (BLANK.test(first) ? CODING.exec(second) : null);
  return named?.[1];
}

function decodeAs(bytes: Uint8Array, coding: string): string | undefined {
  const name = coding.toLowerCase().replaceAll('_', '-');
  try {
    return new TextDecoder(LATIN[name] ?? name, { fatal: true }).decode(bytes);
  } catch {
    return undefined; // named by the caller
  }
}

function withoutMark(text: string): string {
  return text.replace(/^\uFEFF/u, '');
}
