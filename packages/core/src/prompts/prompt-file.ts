import type { PromptTemplate } from './prompt-template.ts';

const HEAD = /^---\r?\n([^]*?)\r?\n---\r?\n/u;
const LINE = /^(id|version): *(\S+) *$/u;
const PLACEHOLDER = /\{\{([^{}\n]{0,80})\}\}/gu;

/** What a file with a prompt holds, or what is wrong with it. */
export type ReadPrompt = { readonly prompt: PromptTemplate } | { readonly problem: string };

/**
 * Reads a prompt as people write it: `---`, `id: …`, `version: …`, `---`, and then the text.
 *
 * @param content the file, at most some ten thousand characters
 */
export function parsePromptFile(content: string): ReadPrompt {
  const text = content.replace(/^\uFEFF/u, '');
  const [whole, head = ''] = HEAD.exec(text) ?? [];
  if (whole === undefined) {
    return { problem: 'it does not begin with ---, id, version and --- on lines of their own' };
  }
  const { id, version, others } = readHead(head);
  if (others || id === undefined || !/^[1-9]\d{0,8}$/u.test(version)) {
    return { problem: 'its head needs an id and a version, a whole number above 0, and nothing else' };
  }
  return { prompt: { id, version: Number(version), text: text.slice(whole.length).trim() } };
}

function readHead(head: string) {
  const lines = head.split(/\r?\n/u).map((line) => LINE.exec(line));
  const valueOf = (key: string) => lines.find((line) => line?.[1] === key)?.[2];
  return { id: valueOf('id'), version: valueOf('version') ?? '', others: lines.length !== 2 };
}

/** The text with the placeholders that are known replaced; the others stay, for the linter to find. */
export function fillPlaceholders(text: string, known: ReadonlyMap<string, string>): string {
  return text.replace(PLACEHOLDER, (whole, name: string) => known.get(name.trim()) ?? whole);
}

/** The placeholders in a text. */
export function listPlaceholders(text: string): readonly string[] {
  return [...text.matchAll(PLACEHOLDER)].map(([whole]) => whole);
}
