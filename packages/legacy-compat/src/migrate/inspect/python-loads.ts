import type { SyntaxNode } from '@lezer/common';

import { isOldModule, type OldModule } from './old-modules.ts';
import {
  childrenOf,
  nodesOf,
  type PythonSource,
  type StringPlace,
  stringValue,
  textOf,
} from './python-source.ts';
import { type ModulePlaces, resolveModule } from './resolve-module.ts';

/** A text that names an old module, or a load whose name cannot be told. */
export interface PythonLoad {
  readonly form: 'dynamic' | 'computed' | 'string';
  /** The string, or the call. */
  readonly node: SyntaxNode;
  readonly module?: OldModule;
  readonly isUnclear: boolean;
  /** Where the dotted name of the module stands inside the string; left out for a path of a file. */
  readonly place?: { readonly from: number; readonly to: number };
  /** The name of the function it is handed to. */
  readonly callee: string;
  /** How many values the call is given. */
  readonly values: number;
  /** Whether it names the module and nothing inside it. */
  readonly isWhole?: boolean;
}

const LOADERS: ReadonlySet<string> = new Set([
  '__import__',
  'find_spec',
  'import_module',
  'importorskip',
  'run_module',
  'run_path',
  'spec_from_file_location',
]);
/** What takes the dotted name of a thing to put another in its place. */
const PATCHERS: ReadonlySet<string> = new Set(['patch', 'setattr', 'delattr', 'resolve_name']);
const DOTTED = /^(\.*)([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)(?::[\w.]+)?$/u;
const FILE = /(?:^|[\s/\\"'])(orchestrator\w*)\.py\b/u;

/** Finds the places of a source that name an old module in a text. */
export function readLoads(source: PythonSource, path: string, places: ModulePlaces): readonly PythonLoad[] {
  const strings = nodesOf(source, ['String'])
    .filter((node) => node.parent?.name !== 'ExpressionStatement') // a docstring
    .flatMap((node) => readString(source, node, { path, places }) ?? []);
  const computed = nodesOf(source, ['CallExpression']).flatMap((node) => readComputed(source, node) ?? []);
  return [...strings, ...computed];
}

interface Seen {
  readonly path: string;
  readonly places: ModulePlaces;
}

function readString(source: PythonSource, node: SyntaxNode, seen: Seen): PythonLoad | undefined {
  const text = stringValue(source, node);
  if (text === undefined) return undefined;
  const { callee, values, position } = callAround(source, node);
  const form = LOADERS.has(callee) && position === 0 ? 'dynamic' : 'string';
  const base = { form, node, callee, values } as const;
  const file = FILE.exec(text.value)?.[1];
  if (isOldModule(file)) return { ...base, module: file, isUnclear: false };
  const found = resolveText(text, form === 'dynamic' || PATCHERS.has(callee) ? callee : '', seen);
  return found === undefined ? undefined : { ...base, ...found };
}

function resolveText(text: StringPlace, callee: string, { path, places }: Seen) {
  const named = readDotted(text, callee);
  if (named === undefined) return undefined;
  const found = resolveModule({ dots: 0, segments: named.segments }, path, places);
  if (found === undefined) return undefined;
  const { place, isWhole } = named;
  return { module: found.module, isUnclear: found.isUnclear || named.isRelative, place, isWhole };
}

/** The module a dotted text names. A plain "orchestrator" is a word, unless it is handed to what takes names. */
function readDotted({ value, from }: StringPlace, callee: string) {
  const [, dots = '', dotted = ''] = DOTTED.exec(value) ?? [];
  const all = dotted.split('.');
  const segments = all.slice(0, all.findIndex(isOldModule) + 1);
  const isWord = segments[0] === 'orchestrator' && !LOADERS.has(callee);
  // "orchestrator.cost" may be the name of a logger as well; a patch is always meant.
  if (segments.length === 0 || (isWord && (all.length === 1 || callee === ''))) return undefined;
  const start = from + dots.length;
  const place = { from: start, to: start + segments.join('.').length };
  return { segments, isRelative: dots !== '', place, isWhole: segments.length === all.length };
}

function readComputed(source: PythonSource, node: SyntaxNode): PythonLoad | undefined {
  const [callee, list] = childrenOf(node);
  if (callee === undefined || list?.name !== 'ArgList') return undefined;
  const name = lastName(source, callee);
  const first = firstValue(list);
  if (!LOADERS.has(name) || first === undefined) return undefined;
  const isTold = stringValue(source, first) !== undefined;
  if (isTold && !(name === '__import__' && takesOldModule(source, list))) return undefined;
  return { form: 'computed', node, isUnclear: true, callee: name, values: countValues(list) };
}

/** The first value of a call, also when its name is written before it. */
function firstValue(list: SyntaxNode): SyntaxNode | undefined {
  const [, first, sign, value] = childrenOf(list).filter(({ name }) => name !== 'Comment');
  const found = sign?.name === 'AssignOp' ? value : first;
  return found?.name === ')' ? undefined : found;
}

/** `__import__("agent", fromlist=["orchestrator"])` */
function takesOldModule(source: PythonSource, list: SyntaxNode): boolean {
  const taken = list.getChildren('ArrayExpression').concat(list.getChildren('TupleExpression'));
  return taken
    .flatMap((values) => values.getChildren('String'))
    .some((node) => isOldModule(stringValue(source, node)?.value));
}

function callAround(source: PythonSource, node: SyntaxNode) {
  const list = node.parent;
  const callee = list?.name === 'ArgList' ? list.parent?.firstChild : undefined;
  if (list === null || callee === undefined || callee === null)
    return { callee: '', values: 0, position: -1 };
  const position = childrenOf(list)
    .filter(({ from }) => from < node.from)
    .filter(({ name }) => name === ',').length;
  return { callee: lastName(source, callee), values: countValues(list), position };
}

function countValues(list: SyntaxNode): number {
  return childrenOf(list).filter(({ name }) => ![',', '(', ')', 'Comment'].includes(name)).length;
}

function lastName(source: PythonSource, callee: SyntaxNode): string {
  return textOf(source, callee).split('.').at(-1)?.trim() ?? '';
}
