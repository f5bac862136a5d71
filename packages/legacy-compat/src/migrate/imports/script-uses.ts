import type { ScriptLoad } from '../inspect/script-references.ts';
import { isScriptNode, type ScriptNode, scriptNodes, type ScriptSource } from '../inspect/script-source.ts';

/** What is written around a load and hands its value on as it is. */
const AROUND: ReadonlySet<string> = new Set(['AwaitExpression', 'TSAsExpression', 'TSNonNullExpression']);

/** The names a script takes out of what it loads, as far as it says so. */
export function namesTaken(source: ScriptSource, load: ScriptLoad): readonly string[] {
  const parent = load.above.at(-1);
  const owner = load.above.at(-2);
  if (parent === undefined) return load.names;
  switch (parent.type) {
    case 'ImportDeclaration':
      return [...load.names, ...namespacesOf(parent).flatMap((name) => usesOf(source, name))];
    case 'TSExternalModuleReference':
      return ofTarget(source, owner?.['id']);
    case 'TSImportType':
      return nameOf(parent['qualifier']);
    case 'CallExpression':
    case 'ImportExpression':
      return ofValue(source, parent, load.above);
    default:
      return load.names;
  }
}

function namespacesOf(statement: ScriptNode): readonly string[] {
  return nodesIn(statement['specifiers'])
    .filter(({ type }) => type === 'ImportNamespaceSpecifier')
    .flatMap(({ local }) => nameOf(local));
}

/** What is done with the value of `import("…")` or `require("…")`. */
function ofValue(source: ScriptSource, call: ScriptNode, above: readonly ScriptNode[]): readonly string[] {
  const outer = above.slice(0, -1).reverse();
  const at = outer.findIndex(({ type }) => !AROUND.has(type));
  const value = outer[at - 1] ?? call;
  const user = outer[at];
  if (user === undefined) return [];
  switch (user.type) {
    case 'MemberExpression':
      return ofMember(source, user, outer[at + 1]);
    case 'VariableDeclarator':
      return ofTarget(source, user['id']);
    case 'AssignmentExpression':
      return user['right'] === value ? ofTarget(source, user['left']) : [];
    default:
      return [];
  }
}

function ofMember(source: ScriptSource, member: ScriptNode, call: ScriptNode | undefined): readonly string[] {
  const [name] = nameOf(member['property']);
  if (name !== 'then') return name === undefined ? [] : [name];
  const [reader] = nodesIn(call?.['arguments']);
  return nodesIn(reader?.['params'])
    .slice(0, 1)
    .flatMap((first) => ofTarget(source, first));
}

/** What is taken by `const target = …`, with names in braces or later through the name. */
function ofTarget(source: ScriptSource, target: unknown): readonly string[] {
  if (!isScriptNode(target)) return [];
  if (target.type !== 'ObjectPattern') return nameOf(target).flatMap((name) => usesOf(source, name));
  return nodesIn(target['properties']).flatMap(({ key }) => nameOf(key));
}

/** `bound.name`, as a value or as a type. */
function usesOf({ top }: ScriptSource, bound: string): readonly string[] {
  if (top === undefined) return [];
  return [...scriptNodes(top)].flatMap(({ node }) => {
    if (nameOf(node['object'] ?? node['left'])[0] !== bound) return [];
    if (node.type === 'TSQualifiedName') return nameOf(node['right']);
    const isMember = node.type === 'MemberExpression' || node.type === 'OptionalMemberExpression';
    return isMember && node['computed'] !== true ? nameOf(node['property']) : [];
  });
}

function nameOf(node: unknown): readonly string[] {
  return isScriptNode(node) && node.type === 'Identifier' && typeof node['name'] === 'string'
    ? [node['name']]
    : [];
}

function nodesIn(list: unknown): readonly ScriptNode[] {
  return Array.isArray(list) ? list.filter(isScriptNode) : [];
}
