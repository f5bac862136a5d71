import type { SyntaxNode } from '@lezer/common';

import { childrenOf, isBroken, nodesOf, type PythonSource, textOf } from './python-source.ts';

/** A name of an import statement, with its place. */
export interface ImportedName {
  readonly from: number;
  readonly to: number;
  /** Dotted in `import a.b`. */
  readonly name: string;
  /** Where the name ends; the alias comes after it. */
  readonly nameTo: number;
  readonly alias: string | undefined;
}

/** `import a.b as c, d` */
export interface ModuleImport {
  readonly kind: 'import';
  readonly node: SyntaxNode;
  readonly names: readonly ImportedName[];
}

/** `from ..a.b import c as d, e` */
export interface NameImport {
  readonly kind: 'from';
  readonly node: SyntaxNode;
  /** How many dots stand before the module. */
  readonly dots: number;
  readonly segments: readonly string[];
  /** The place of dots and module. */
  readonly moduleFrom: number;
  readonly moduleTo: number;
  readonly names: readonly ImportedName[];
  readonly isStar: boolean;
}

export type PythonImport = ModuleImport | NameImport;

/** The import statements of a source, also those inside functions; what was not understood is left out. */
export function readImports(source: PythonSource): readonly PythonImport[] {
  return nodesOf(source, ['ImportStatement'])
    .filter((node) => !isBroken(node))
    .flatMap((node) => readImport(source, node) ?? []);
}

function readImport(source: PythonSource, node: SyntaxNode): PythonImport | undefined {
  const parts = childrenOf(node).filter(({ name }) => name !== 'Comment');
  const keyword = parts.findIndex(({ name }) => name === 'import');
  const names = readNames(source, parts.slice(keyword + 1));
  if (keyword === 0) return { kind: 'import', node, names };
  const [first, last] = [parts[1], parts[keyword - 1]];
  if (first === undefined || last === undefined || first.from > last.from) return undefined;
  const [moduleFrom, moduleTo] = [first.from, last.to];
  const written = textOf(source, { from: moduleFrom, to: moduleTo }).replaceAll(/[\s\\]/gu, '');
  const dots = /^\.*/u.exec(written)?.[0].length ?? 0;
  return {
    kind: 'from',
    node,
    dots,
    segments: written
      .slice(dots)
      .split('.')
      .filter((segment) => segment !== ''),
    moduleFrom,
    moduleTo,
    names,
    isStar: parts.at(-1)?.name === '*',
  };
}

function readNames(source: PythonSource, parts: readonly SyntaxNode[]): readonly ImportedName[] {
  const groups: SyntaxNode[][] = [[]];
  for (const part of parts) {
    if (part.name === ',') groups.push([]);
    else if (!['(', ')', '*'].includes(part.name)) groups.at(-1)?.push(part);
  }
  return groups.flatMap((group) => readName(source, group) ?? []);
}

function readName(source: PythonSource, group: readonly SyntaxNode[]): ImportedName | undefined {
  const as = group.findIndex(({ name }) => name === 'as');
  const own = as === -1 ? group : group.slice(0, as);
  const [first, last, end] = [own[0], own.at(-1), group.at(-1)];
  if (first === undefined || last === undefined || end === undefined) return undefined;
  return {
    from: first.from,
    to: end.to,
    name: own.map((part) => textOf(source, part)).join(''),
    nameTo: last.to,
    alias: as === -1 ? undefined : textOf(source, end),
  };
}
