import { type ModuleNames, nameOf, requiredModule } from './module-names.ts';
import { nodesIn, type SyntaxNode } from './syntax-node.ts';

/** More names than that are joined by dots in no call that matters here. */
const MOST_NAMES = 10;

/**
 * What is called, with dots: `child_process.exec`, however the module was named on import. A part that has no name
 * is a question mark.
 */
export function resolveCallee(call: SyntaxNode, modules: ModuleNames): string {
  const names: string[] = [];
  let [node] = nodesIn(call['callee']);
  while (node !== undefined && isMember(node) && names.length < MOST_NAMES) {
    names.unshift(nameOf(node['property']));
    [node] = nodesIn(node['object']);
  }
  const start = node === undefined ? '?' : (requiredModule(node) ?? nameOf(node));
  return [modules.get(start) ?? start, ...names].join('.');
}

function isMember({ type, computed }: SyntaxNode): boolean {
  return (type === 'MemberExpression' || type === 'OptionalMemberExpression') && computed !== true;
}
