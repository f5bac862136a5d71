import type { SyntaxNode } from '@lezer/common';

import { findNames, isPutTogether, type NameMention } from './name-mentions.ts';
import { isOldModule, type OldModule } from './old-modules.ts';
import { type CallAround, callAround, countValues, lastName, readAliases } from './python-calls.ts';
import {
  childrenOf,
  nodesOf,
  type PythonSource,
  type StringPlace,
  stringValue,
  textOf,
} from './python-source.ts';
import { type ModulePlaces, packagesOf, type Resolved, resolveModule } from './resolve-module.ts';

/** A text that names an old module, or a load whose name cannot be told. */
export interface PythonLoad {
  readonly form: 'dynamic' | 'computed' | 'string';
  /** The string, or the call. */
  readonly node: SyntaxNode;
  readonly module?: OldModule;
  readonly isUnclear: boolean;
  /** A file beside it has the same name. */
  readonly isBeside?: boolean;
  /** Where the dotted name of the module stands inside the string; left out for a path of a file. */
  readonly place?: { readonly from: number; readonly to: number };
  /** The name of the function it is handed to. */
  readonly callee: string;
  /** How many values the call is given. */
  readonly values: number;
  /** Whether it names the module and nothing inside it. */
  readonly isWhole?: boolean;
  /** All that is named, in a text that is more than a name. */
  readonly mentions?: readonly TextMention[];
}

/** An old module and where its name stands in the source. */
export interface TextMention {
  readonly module: OldModule;
  readonly at: number;
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
/** What runs a text as Python. */
const RUNNERS: ReadonlySet<string> = new Set(['exec', 'eval', 'compile']);
const DOTTED = /^(\.*)([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)(?::[\w.]+)?$/u;

/** Finds the places of a source that name an old module in a text. */
export function readLoads(source: PythonSource, path: string, places: ModulePlaces): readonly PythonLoad[] {
  const seen = { path, places, packages: packagesOf(places), aliases: readAliases(source, LOADERS) };
  const computed = nodesOf(source, ['CallExpression']).flatMap(
    (node) => readComputed(source, node, seen) ?? [],
  );
  const isTold = ({ from }: SyntaxNode) => computed.some(({ node }) => node.from <= from && from < node.to);
  const strings = textsOf(source)
    .flatMap((node) => readString(source, node, seen) ?? [])
    .filter(({ form, node }) => (form !== 'computed' && node.name !== 'FormatString') || !isTold(node));
  return [...strings, ...computed];
}

/** The old modules that texts name which load nothing: a message, a key. A plain "orchestrator" is a word. */
export function readWords(source: PythonSource, loads: readonly PythonLoad[]): readonly TextMention[] {
  const told = new Set(loads.map(({ node }) => node.from));
  return textsOf(source)
    .filter(({ from }) => !told.has(from))
    .flatMap((node) => {
      const named = findNames(textOf(source, node));
      return mentionsOf(
        node,
        named.filter(({ module, isMeant }) => isMeant || module !== 'orchestrator'),
      );
    });
}

/** The texts of a source but its docstrings. */
function textsOf(source: PythonSource): readonly SyntaxNode[] {
  const isDocstring = ({ parent }: SyntaxNode) => parent?.name === 'ExpressionStatement';
  return nodesOf(source, ['String', 'FormatString']).filter((node) => !isDocstring(node));
}

interface Seen {
  readonly path: string;
  readonly places: ModulePlaces;
  readonly packages: ReadonlySet<string>;
  readonly aliases: ReadonlyMap<string, string>;
}

function readString(source: PythonSource, node: SyntaxNode, seen: Seen): PythonLoad | undefined {
  const call = callAround(source, node, seen.aliases);
  const isLoaded = LOADERS.has(call.callee) && call.position === 0;
  const form = isLoaded || RUNNERS.has(call.callee) ? 'dynamic' : 'string';
  const base = { form, node, callee: call.callee, values: call.values } as const;
  const named = findNames(textOf(source, node), seen.packages).filter(
    ({ isMeant, isImport }) => isMeant && (!isImport || isRun(source, node, call)),
  );
  if (!named.some(({ isFile }) => isFile)) {
    const text = stringValue(source, node);
    const found = text === undefined ? undefined : resolveText(text, { call, isLoaded }, seen);
    if (found !== undefined) return { ...base, ...found };
  }
  const [first] = named;
  if (first !== undefined) return { ...base, ...toText(node, first), mentions: mentionsOf(node, named) };
  return isPutTogether(textOf(source, node), seen.packages)
    ? { ...base, form: 'computed', isUnclear: true }
    : undefined;
}

/** Whether a text is Python that is run, so that an import in it is one. */
function isRun(source: PythonSource, node: SyntaxNode, { callee, option }: CallAround): boolean {
  return RUNNERS.has(callee) || option === '-c' || /-c\s*\\?["']/u.test(textOf(source, node));
}

function toText({ from }: SyntaxNode, { module, isFile, ...name }: NameMention) {
  const place = { from: from + name.from, to: from + name.to };
  return { module, isUnclear: false, ...(isFile ? {} : { place, isWhole: true }) };
}

function mentionsOf(node: SyntaxNode, named: readonly NameMention[]): readonly TextMention[] {
  return named.map(({ module, from }) => ({ module, at: node.from + from }));
}

interface Handed {
  readonly call: CallAround;
  readonly isLoaded: boolean;
}

function resolveText(text: StringPlace, { call, isLoaded }: Handed, seen: Seen) {
  const callee = isLoaded || PATCHERS.has(call.callee) ? call.callee : '';
  const named = readDotted(text, callee, call.option === '-m');
  if (named === undefined) return undefined;
  const found = resolveDotted(named, call.owner, seen);
  if (found === undefined) return undefined;
  const { dots, place, isWhole } = named;
  const { module, isUnclear: isBeside } = found;
  return { module, isUnclear: isBeside || dots > 0, isBeside, place, isWhole };
}

/** The module a dotted text names. A plain "orchestrator" is a word, unless it is handed to what takes names. */
function readDotted({ value, from }: StringPlace, callee: string, isStarted: boolean) {
  const [, dots = '', dotted = ''] = DOTTED.exec(value) ?? [];
  const all = dotted.split('.');
  const segments = all.slice(0, all.findIndex(isOldModule) + 1);
  const isWord = segments[0] === 'orchestrator' && !LOADERS.has(callee) && !isStarted;
  // "orchestrator.cost" may be the name of a logger as well; a patch is always meant.
  if (segments.length === 0 || (isWord && (all.length === 1 || callee === ''))) return undefined;
  const start = from + dots.length;
  const place = { from: start, to: start + segments.join('.').length };
  return { segments, dots: dots.length, place, isWhole: segments.length === all.length };
}

interface DottedName {
  readonly segments: readonly string[];
  readonly dots: number;
}

/** A relative name belongs to the package that is named beside it; without one, the name alone has to do. */
function resolveDotted({ segments, dots }: DottedName, owner: CallAround['owner'], seen: Seen): Resolved {
  const { path, places } = seen;
  if (dots === 0 || owner === undefined) return resolveModule({ dots: 0, segments }, path, places);
  if (owner === 'own') return resolveModule({ dots, segments }, path, places);
  const above = owner.slice(0, owner.length - dots + 1);
  return resolveModule({ dots: 0, segments: [...above, ...segments] }, path, places);
}

function readComputed(source: PythonSource, node: SyntaxNode, { aliases }: Seen): PythonLoad | undefined {
  const [callee, list] = childrenOf(node);
  if (callee === undefined || list?.name !== 'ArgList') return undefined;
  const name = lastName(source, callee, aliases);
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
