import type { SyntaxNode } from '@lezer/common';

import type { OldModule } from '../inspect/old-modules.ts';
import { childrenOf, nodesOf, type PythonSource, stringValue, textOf } from '../inspect/python-source.ts';
import { pythonNames } from './known-names.ts';

/** A place that takes from a module what the bridge does not have, or may do so. */
export interface LostUse {
  readonly node: SyntaxNode;
  /** Left out where the module is handed on, so that nobody can tell what is taken from it. */
  readonly name?: string;
}

/** What looks at a name of a thing, told as a text. */
const BY_TEXT: ReadonlySet<string> = new Set(['delattr', 'getattr', 'hasattr', 'object', 'setattr']);

/** Where a name is asked for what it is, or is given a meaning; nothing is taken from it. */
const HARMLESS: ReadonlySet<string> = new Set([
  'AssertStatement',
  'BinaryExpression',
  'ClassDefinition',
  'DeleteStatement',
  'ExpressionStatement',
  'ForStatement',
  'FunctionDefinition',
  'IfStatement',
  'ImportStatement',
  'ScopeStatement',
  'UnaryExpression',
  'WhileStatement',
]);

/** The places of a file that use a module by the name it is bound to, and that the bridge cannot answer. */
export function lostUses(source: PythonSource, bound: string, module: OldModule): readonly LostUse[] {
  const known = pythonNames(module);
  return nodesOf(source, ['VariableName'])
    .filter((node) => textOf(source, node) === bound && node.parent?.name !== 'ImportStatement')
    .flatMap((node) => judge(source, node, known) ?? []);
}

/** What is taken from the value of a call that loads a module. */
export function lostOfCall(source: PythonSource, call: SyntaxNode, module: OldModule): readonly LostUse[] {
  const bound = boundTo(source, call);
  if (bound !== undefined) return lostUses(source, bound, module);
  const lost = judge(source, call, pythonNames(module));
  return lost === undefined ? [] : [lost];
}

/** `bound = call(…)` */
function boundTo(source: PythonSource, { parent }: SyntaxNode): string | undefined {
  if (parent?.name !== 'AssignStatement') return undefined;
  const parts = childrenOf(parent);
  const [target, sign] = parts;
  const isOne = parts.length === 3 && target?.name === 'VariableName' && sign?.name === 'AssignOp';
  return isOne ? textOf(source, target) : undefined;
}

function judge(source: PythonSource, node: SyntaxNode, known: ReadonlySet<string>): LostUse | undefined {
  const { parent } = node;
  if (parent === null || HARMLESS.has(parent.name) || isGivenMeaning(node)) return undefined;
  const name = nameTaken(source, node);
  if (name === undefined) return { node };
  return known.has(name) ? undefined : { node, name };
}

/** Whether a name is bound there: the left of an assignment, a parameter, the name of a value of a call. */
function isGivenMeaning(node: SyntaxNode): boolean {
  const [before, after] = [node.prevSibling, node.nextSibling];
  switch (node.parent?.name ?? '') {
    case 'AssignStatement':
      return isLeftOfSign(node);
    case 'ArgList':
      return after?.name === 'AssignOp';
    case 'ParamList':
      return before?.name !== 'AssignOp';
    case 'Decorator':
      return before?.name === '.';
    default:
      return before?.name === 'as';
  }
}

function isLeftOfSign(node: SyntaxNode): boolean {
  for (let after = node.nextSibling; after !== null; after = after.nextSibling) {
    if (after.name === 'AssignOp') return true;
  }
  return false;
}

/** `module.name`, `@module.name`, `getattr(module, "name")`, `patch.object(module, "name")` */
function nameTaken(source: PythonSource, node: SyntaxNode): string | undefined {
  const [sign, next] = [node.nextSibling, node.nextSibling?.nextSibling];
  if (!sign || !next) return undefined;
  if (isBeforeDot(node, sign)) return textOf(source, next);
  return isLookedAtByText(source, node) ? stringValue(source, next)?.value : undefined;
}

function isBeforeDot({ parent }: SyntaxNode, sign: SyntaxNode): boolean {
  const isMember = parent?.name === 'MemberExpression' || parent?.name === 'Decorator';
  return isMember && sign.name === '.';
}

function isLookedAtByText(source: PythonSource, { parent, prevSibling }: SyntaxNode): boolean {
  const callee = parent?.name === 'ArgList' ? parent.prevSibling : null;
  if (callee === null || prevSibling?.name !== '(') return false;
  return BY_TEXT.has(textOf(source, callee).split('.').at(-1)?.trim() ?? '');
}
