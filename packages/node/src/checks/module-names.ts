import { nodesIn, type SyntaxNode, walk } from './syntax-node.ts';

/** What local names stand for: `run` for `child_process.exec`. */
export type ModuleNames = ReadonlyMap<string, string>;

/** Collects what is imported or required from the modules that matter here. */
export function collectModules(tree: SyntaxNode): ModuleNames {
  const names = new Map<string, string>();
  walk(tree, (node) => {
    if (node.type === 'ImportDeclaration') collectImport(node, names);
    if (node.type === 'VariableDeclarator') collectRequire(node, names);
  });
  return names;
}

/** The module that `require('…')` stands for. */
export function requiredModule(node: SyntaxNode): string | undefined {
  if (node.type !== 'CallExpression' || nameOf(node['callee']) !== 'require') return undefined;
  const [path] = nodesIn(node['arguments']);
  return typeof path?.['value'] === 'string' ? path['value'].replace(/^node:/u, '') : undefined;
}

/** The name of an identifier, or a question mark. */
export function nameOf(value: unknown): string {
  const [node] = nodesIn(value);
  return node?.type === 'Identifier' && typeof node['name'] === 'string' ? node['name'] : '?';
}

function collectImport(node: SyntaxNode, names: Map<string, string>): void {
  const [source] = nodesIn(node['source']);
  const module = String(source?.['value']).replace(/^node:/u, '');
  for (const specifier of nodesIn(node['specifiers'])) {
    const imported = specifier.type === 'ImportSpecifier' ? `.${nameOf(specifier['imported'])}` : '';
    names.set(nameOf(specifier['local']), module + imported);
  }
}

function collectRequire(node: SyntaxNode, names: Map<string, string>): void {
  const [target] = nodesIn(node['id']);
  const [value] = nodesIn(node['init']);
  const module = value && requiredModule(value);
  if (target === undefined || module === undefined) return;
  if (target.type === 'Identifier') names.set(nameOf(target), module);
  for (const property of nodesIn(target['properties'])) {
    names.set(nameOf(property['value']), `${module}.${nameOf(property['key'])}`);
  }
}
