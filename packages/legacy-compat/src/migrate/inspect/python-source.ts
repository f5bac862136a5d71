import type { SyntaxNode } from '@lezer/common';
import { parser } from '@lezer/python';

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
  const places: number[] = [];
  tree.iterate({
    enter: ({ type, from, node }) => {
      if (type.isError && !isEmptyPattern(text, node)) places.push(from);
    },
  });
  return { text, top: tree.topNode, problemLines: linesOf(text, places) };
}

/** The lines of places that stand in their order, from 1 and each once. The text is gone through once. */
function linesOf(text: string, places: readonly number[]): readonly number[] {
  const lines = new Set<number>();
  let line = 1;
  let end = text.indexOf('\n');
  for (const place of places) {
    for (; end !== -1 && end < place; end = text.indexOf('\n', end + 1)) line += 1;
    lines.add(line);
  }
  return [...lines];
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
