import type { SyntaxNode } from '@lezer/common';

import { readImports } from './python-imports.ts';
import { childrenOf, type PythonSource, stringValue, textOf } from './python-source.ts';

/** The call a text is handed to. */
export interface CallAround {
  /** The last part of its name, as it was called before it was imported; empty when there is no call. */
  readonly callee: string;
  /** How many values it is given. */
  readonly values: number;
  /** How many stand before the text; -1 when there is no call. */
  readonly position: number;
  /** The package a relative name belongs to: the one of the file itself, or the parts of a name. */
  readonly owner: 'own' | readonly string[] | undefined;
  /** The text before it in a list, such as `-m`. */
  readonly option: string | undefined;
}

/** Other names functions were imported under: `from importlib import import_module as load`. */
export function readAliases(source: PythonSource, wanted: ReadonlySet<string>): ReadonlyMap<string, string> {
  const names = readImports(source).flatMap((statement) =>
    statement.kind === 'from' ? statement.names : [],
  );
  return new Map(
    names.flatMap(({ name, alias }) =>
      alias !== undefined && wanted.has(name) ? [[alias, name] as const] : [],
    ),
  );
}

/** What a text is handed to. */
export function callAround(
  source: PythonSource,
  node: SyntaxNode,
  aliases: ReadonlyMap<string, string>,
): CallAround {
  const list = node.parent;
  const before = node.prevSibling?.name === ',' ? node.prevSibling.prevSibling : null;
  const option = before === null ? undefined : stringValue(source, before)?.value;
  const callee = list?.name === 'ArgList' ? list.prevSibling : null;
  if (list === null || callee === null) {
    return { callee: '', values: 0, position: -1, owner: undefined, option };
  }
  const position = childrenOf(list)
    .filter(({ from }) => from < node.from)
    .filter(({ name }) => name === ',').length;
  return {
    callee: lastName(source, callee, aliases),
    values: countValues(list),
    position,
    owner: ownerIn(source, list),
    option,
  };
}

/** The package a call names beside a relative name: its second value, or the one called so. */
function ownerIn(source: PythonSource, list: SyntaxNode): CallAround['owner'] {
  const parts = childrenOf(list).filter(({ name }) => name !== 'Comment');
  const sign = parts.findIndex(
    (part, index) => part.name === 'AssignOp' && isPackage(source, parts[index - 1]),
  );
  const value = sign === -1 ? parts[3] : parts[sign + 1];
  if (value === undefined) return undefined;
  if (/^__(?:package|name)__$/u.test(textOf(source, value))) return 'own';
  return stringValue(source, value)?.value.split('.');
}

function isPackage(source: PythonSource, node: SyntaxNode | undefined): boolean {
  return node !== undefined && textOf(source, node) === 'package';
}

/** How many values a call is given. */
export function countValues(list: SyntaxNode): number {
  return childrenOf(list).filter(({ name }) => ![',', '(', ')', 'Comment'].includes(name)).length;
}

/** The last part of what is called, under the name it has where it is defined. */
export function lastName(
  source: PythonSource,
  callee: SyntaxNode,
  aliases: ReadonlyMap<string, string>,
): string {
  const name = textOf(source, callee).split('.').at(-1)?.trim() ?? '';
  return aliases.get(name) ?? name;
}
