import type { SyntaxNode } from '@lezer/common';
import { parser } from '@lezer/python';

import { lineAt } from './read-source.ts';

/** A Python source as a tree. It is read as far as it can be; nothing of it is run. */
export interface PythonSource {
  readonly text: string;
  readonly top: SyntaxNode;
  /** The lines the parser did not understand. */
  readonly problemLines: readonly number[];
}

/** Reads Python of any version. */
export function parsePython(text: string): PythonSource {
  const tree = parser.parse(text);
  const lines = new Set<number>();
  tree.iterate({
    enter: ({ type, from, node }) => {
      if (type.isError && !isEmptyPattern(text, node)) lines.add(lineAt(text, from));
    },
  });
  return { text, top: tree.topNode, problemLines: [...lines] };
}

/** `case dict():`, which the grammar of the parser has forgotten. */
function isEmptyPattern(text: string, { parent }: SyntaxNode): boolean {
  const list = parent?.name === 'LiteralPattern' ? parent.parent : null;
  return list?.name === 'PatternArgList' && /^\(\s*\)$/u.test(text.slice(list.from, list.to));
}

/** The nodes right below one. */
export function childrenOf(node: SyntaxNode): readonly SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) children.push(child);
  return children;
}

/** All nodes of a kind, in the order they are written. */
export function nodesOf(source: PythonSource, kinds: readonly string[]): readonly SyntaxNode[] {
  const found: SyntaxNode[] = [];
  source.top.cursor().iterate((node) => {
    if (kinds.includes(node.name)) found.push(node.node);
  });
  return found;
}

/** Whether something in it was not understood. */
export function isBroken(node: SyntaxNode): boolean {
  let hasError = false;
  node.cursor().iterate(({ type }) => {
    hasError ||= type.isError;
  });
  return hasError;
}

/** What was written there. */
export function textOf(
  { text }: Pick<PythonSource, 'text'>,
  { from, to }: { readonly from: number; readonly to: number },
): string {
  return text.slice(from, to);
}

const STRING = /^([a-z]*)('''|"""|'|")(.*)\2$/isu;

/** What a plain string holds; `undefined` when only a run of the program can tell. */
export function stringValue(source: PythonSource, node: SyntaxNode): StringPlace | undefined {
  if (node.name !== 'String') return undefined;
  const [, prefix = '', quote = '', value] = STRING.exec(textOf(source, node)) ?? [];
  if (value === undefined || /[fb]/iu.test(prefix) || value.includes('\\')) return undefined;
  const from = node.from + prefix.length + quote.length;
  return { value, from, to: from + value.length };
}

/** What a string holds, and where it stands without its quotes. */
export interface StringPlace {
  readonly value: string;
  readonly from: number;
  readonly to: number;
}
