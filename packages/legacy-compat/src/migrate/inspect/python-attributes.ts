import type { SyntaxNode } from '@lezer/common';

import { type PythonImport, readImports } from './python-imports.ts';
import { nodesOf, type PythonSource, textOf } from './python-source.ts';
import { type ModuleName, type ModulePlaces, type Resolved, resolveModule } from './resolve-module.ts';

/** A place that reaches an old module through the package it lies in: `import agent`, then `agent.orchestrator.run()`. */
export interface PythonAttribute {
  /** The whole expression, with what is taken out of the module and called. */
  readonly node: SyntaxNode;
  readonly found: NonNullable<Resolved>;
  /** What it takes out of the module. */
  readonly names: readonly string[];
}

/** Finds the places of a source that reach an old module through its package. */
export function readAttributes(
  source: PythonSource,
  path: string,
  places: ModulePlaces,
): readonly PythonAttribute[] {
  const imports = readImports(source);
  const packages = new Map(imports.flatMap(boundPackages));
  const named = new Set(imports.flatMap(dottedNames));
  return nodesOf(source, ['MemberExpression']).flatMap((node) => {
    const [object, name] = [node.firstChild, node.getChild('PropertyName')];
    if (object?.name !== 'VariableName' || name === null) return [];
    const owner = packages.get(textOf(source, object));
    if (owner === undefined || named.has(textOf(source, node))) return [];
    const target = { ...owner, segments: [...owner.segments, textOf(source, name)] };
    const found = resolveModule(target, path, places);
    return found === undefined ? [] : [{ node: wholeOf(node), found, names: namesAfter(source, node) }];
  });
}

/** What each name stands for that an import binds. */
function boundPackages(statement: PythonImport): readonly (readonly [string, ModuleName])[] {
  if (statement.kind === 'from') {
    const { dots, segments, names } = statement;
    return names.map(({ name, alias = name }) => [alias, { dots, segments: [...segments, name] }]);
  }
  return statement.names.map(({ name, alias }) => {
    const segments = name.split('.');
    const [first = name] = segments;
    return alias === undefined ? [first, { dots: 0, segments: [first] }] : [alias, { dots: 0, segments }];
  });
}

/** `import agent.orchestrator` is told as an import; where it is used need not be told again. */
function dottedNames(statement: PythonImport): readonly string[] {
  return statement.kind === 'import' ? statement.names.map(({ name }) => name) : [];
}

function wholeOf(node: SyntaxNode): SyntaxNode {
  const { parent } = node;
  const goesOn =
    (parent?.name === 'MemberExpression' || parent?.name === 'CallExpression') && parent.from === node.from;
  return goesOn ? wholeOf(parent) : node;
}

function namesAfter(source: PythonSource, { parent, from }: SyntaxNode): readonly string[] {
  const name = parent?.name === 'MemberExpression' && parent.from === from && parent.getChild('PropertyName');
  return name === null || typeof name !== 'object' ? [] : [textOf(source, name)];
}
