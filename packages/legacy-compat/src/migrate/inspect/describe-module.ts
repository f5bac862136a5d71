import type { SyntaxNode } from '@lezer/common';

import { findHeader, type Header } from './module-header.ts';
import type { OldModule } from './old-modules.ts';
import { readImports } from './python-imports.ts';
import { childrenOf, nodesOf, type PythonSource, textOf } from './python-source.ts';
import { lineAt } from './read-source.ts';
import type { ModulePlaces } from './resolve-module.ts';

/** A function or class at the top of a module. */
export interface Definition {
  readonly kind: 'function' | 'class';
  readonly name: string;
  readonly line: number;
  /** Of a class. */
  readonly methods: readonly string[];
}

/** Something a module imports. */
export interface Dependency {
  /** Without the dots or the package in front of a file of the tree. */
  readonly name: string;
  /** The file, when it is one of the tree. */
  readonly path?: string;
}

/** What one of the old modules consists of. */
export interface ModuleDescription {
  readonly module: OldModule;
  readonly path: string;
  readonly bytes: number;
  readonly lines: number;
  /** The first sentence of its docstring, and the file it says it is. */
  readonly header: Header;
  readonly definitions: readonly Definition[];
  /** Every name that can be imported from it, unless a star import adds more. */
  readonly names: readonly string[];
  readonly hasStarImport: boolean;
  readonly dependencies: readonly Dependency[];
  /** Lines at the top that call something when the module is imported. */
  readonly callsOnImport: readonly number[];
  readonly problemLines: readonly number[];
}

/** Describes a module from its source. */
export function describeModule(
  module: OldModule,
  path: string,
  { source, bytes, places }: { source: PythonSource; bytes: number; places: ModulePlaces },
): ModuleDescription {
  const statements = topStatements(source.top);
  const imports = readImports(source);
  return {
    module,
    path,
    bytes,
    lines: countLines(source.text),
    header: findHeader(source, path),
    definitions: statements.flatMap((node) => readDefinition(source, node) ?? []),
    names: [...new Set([...assignedNames(source), ...importedNames(imports)])].sort(),
    hasStarImport: imports.some((statement) => statement.kind === 'from' && statement.isStar),
    dependencies: readDependencies(imports, path, places),
    callsOnImport: statements
      .filter((node) => node.name === 'ExpressionStatement' && node.firstChild?.name === 'CallExpression')
      .map(({ from }) => lineAt(source.text, from)),
    problemLines: source.problemLines,
  };
}

function countLines(text: string): number {
  return text === '' ? 0 : text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
}

/** What runs or is defined when a module is imported, without the part for a script. */
function topStatements(top: SyntaxNode): readonly SyntaxNode[] {
  return childrenOf(top).flatMap((node) => {
    if (node.name === 'StatementGroup') return childrenOf(node);
    return node.name === 'DecoratedStatement' ? childrenOf(node).slice(-1) : [node];
  });
}

function readDefinition(source: PythonSource, node: SyntaxNode): Definition | undefined {
  if (node.name !== 'FunctionDefinition' && node.name !== 'ClassDefinition') return undefined;
  const kind = node.name === 'FunctionDefinition' ? 'function' : 'class';
  const body = node.getChild('Body');
  const methods = kind === 'class' && body !== null ? topStatements(body) : [];
  return {
    kind,
    name: nameOf(source, node),
    line: lineAt(source.text, node.from),
    methods: methods
      .filter(({ name }) => name === 'FunctionDefinition')
      .map((method) => nameOf(source, method)),
  };
}

function nameOf(source: PythonSource, node: SyntaxNode): string {
  const name = node.getChild('VariableName');
  return name === null ? '' : textOf(source, name);
}

/** Also those in a branch, such as the fallback of an import that failed. */
function assignedNames(source: PythonSource): readonly string[] {
  return nodesOf(source, ['FunctionDefinition', 'ClassDefinition', 'AssignStatement'])
    .filter((node) => !isInsideDefinition(node))
    .flatMap((node) =>
      node.name === 'AssignStatement'
        ? node.getChildren('VariableName').map((name) => textOf(source, name))
        : [nameOf(source, node)],
    );
}

function isInsideDefinition(node: SyntaxNode): boolean {
  for (let above = node.parent; above !== null; above = above.parent) {
    if (['FunctionDefinition', 'ClassDefinition', 'LambdaExpression'].includes(above.name)) return true;
  }
  return false;
}

type Imports = ReturnType<typeof readImports>;

function importedNames(imports: Imports): readonly string[] {
  return imports
    .filter(({ node }) => !isInsideDefinition(node))
    .flatMap((statement) => statement.names.map(({ name, alias }) => alias ?? name.split('.')[0] ?? name));
}

function readDependencies(imports: Imports, path: string, { files }: ModulePlaces): readonly Dependency[] {
  const folder = path.split('/').slice(0, -1).join('/');
  const names = imports.flatMap((statement) => {
    if (statement.kind === 'import') return statement.names.map(({ name }) => name);
    // "from . import a" and "from package import a" name modules themselves.
    const inner = statement.names.map(({ name }) => [...statement.segments, name].join('.'));
    const own = statement.segments.join('.');
    return own === '' || inner.some((name) => fileOf(name, folder, files) !== undefined) ? inner : [own];
  });
  const found = names.map((name) => {
    const file = fileOf(name, folder, files);
    return file === undefined ? { name } : { name: name.split('.').at(-1) ?? name, path: file };
  });
  return [...new Map(found.map((dependency) => [dependency.name, dependency])).values()].sort((one, other) =>
    one.name < other.name ? -1 : 1,
  );
}

function fileOf(name: string, folder: string, files: ReadonlySet<string>): string | undefined {
  const path = `${name.replaceAll('.', '/')}.py`;
  return [folder === '' ? path : `${folder}/${path}`, path].find((candidate) => files.has(candidate));
}
