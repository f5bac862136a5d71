import { dirname, join } from 'node:path/posix';

import { findNames } from './name-mentions.ts';
import { isOldModule, type OldModule } from './old-modules.ts';
import { lineAt, onOneLine } from './read-source.ts';
import { isTestPath, type Reference } from './reference.ts';
import { type ModulePlaces, packagesOf } from './resolve-module.ts';
import {
  isScriptNode,
  type PlacedNode,
  type ScriptNode,
  scriptNodes,
  type ScriptSource,
} from './script-source.ts';

/** A place of a script that names an old module. */
export interface ScriptLoad {
  readonly form: 'import' | 'dynamic' | 'computed' | 'string';
  /** The string, or the call. */
  readonly node: ScriptNode;
  /** The statement around it. */
  readonly statement: ScriptNode;
  /** All it lies in, the nearest last. */
  readonly above: readonly ScriptNode[];
  readonly module?: OldModule;
  readonly names: readonly string[];
  readonly isUnclear: boolean;
  /** `import main from …`, which the new modules do not answer. */
  readonly takesDefault: boolean;
}

const LOADERS =
  /^(?:require|require\.resolve|import\.meta\.resolve|(?:jest|vi)\.(?:(?:un|do|doUn|dont)?[mM]ock|unstable_mockModule|deepUnmock|setMock|createMockFromModule|require(?:Actual|Mock)|import(?:Actual|Mock)))$/u;
const STATEMENT = /(?:Statement|Declaration)$/u;
const EXTENSION = /\.(?:py|[cm]?[jt]sx?)$/u;
const ENDINGS = ['', '.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs', '/index.ts', '/index.js'];

/** Finds the places of a script that load or name an old module. */
export function readScriptLoads(
  source: ScriptSource,
  path: string,
  places: ModulePlaces,
): readonly ScriptLoad[] {
  if (source.top === undefined) return [];
  return [...scriptNodes(source.top)].flatMap((placed) => readNode(source, placed, { path, places }) ?? []);
}

/** Every place of a script that names an old module. */
export function findScriptReferences(
  source: ScriptSource,
  path: string,
  places: ModulePlaces,
): readonly Reference[] {
  return readScriptLoads(source, path, places).map(({ form, statement, module, names, isUnclear }) => ({
    path,
    line: lineAt(source.text, statement.start),
    statement: onOneLine(source.text.slice(statement.start, statement.end)),
    form,
    ...(module === undefined ? {} : { module }),
    names,
    isUnclear,
    isTest: isTestPath(path),
  }));
}

interface Seen {
  readonly path: string;
  readonly places: ModulePlaces;
}

function readNode(source: ScriptSource, { node, above }: PlacedNode, seen: Seen): ScriptLoad | undefined {
  const parent = above.at(-1);
  if (parent === undefined) return undefined;
  const statement = above.findLast(({ type }) => STATEMENT.test(type)) ?? node;
  const base = { node, statement, above, names: [], isUnclear: false, takesDefault: false };
  const value = valueOf(source, node);
  if (value === undefined) return readTemplate(source, { base, parent, seen });
  const form = formOf(source, node, parent);
  if (form === 'string') return found({ ...base, form }, resolveValue(value, { base, parent, seen }));
  return found({ ...base, form, ...namesOf(parent) }, resolveSpecifier(value, seen));
}

interface Place {
  readonly base: Omit<ScriptLoad, 'form' | 'module'>;
  readonly parent: ScriptNode;
  readonly seen: Seen;
}

/** A text that is put together while the program runs. */
function readTemplate(source: ScriptSource, { base, parent, seen }: Place): ScriptLoad | undefined {
  const { node } = base;
  const named = node.type === 'TemplateLiteral' ? resolveText(textOf(source, node), seen) : undefined;
  if (named !== undefined) return { ...base, form: 'string', ...named };
  const isPutTogether = ['TemplateLiteral', 'BinaryExpression'].includes(node.type);
  const isMeant = isPutTogether && isLoader(source, parent) && textOf(source, node).includes('orchestrator');
  return isMeant ? { ...base, form: 'computed', isUnclear: true } : undefined;
}

function resolveValue(value: string, { base, parent, seen }: Place) {
  const isStarted = isOldModule(value) && isAfterDashM(base.node, parent);
  return isStarted ? { module: value, isUnclear: false } : resolveText(value, seen);
}

/** What a text holds; `undefined` when it is none, or only a run of the program can tell. */
function valueOf(source: ScriptSource, node: ScriptNode): string | undefined {
  if (node.type === 'StringLiteral') return typeof node['value'] === 'string' ? node['value'] : undefined;
  const text = node.type === 'TemplateLiteral' ? textOf(source, node).slice(1, -1) : undefined;
  return text === undefined || /[\\$]/u.test(text) ? undefined : text;
}

function found(
  load: ScriptLoad,
  target: { readonly module: OldModule; readonly isUnclear: boolean } | undefined,
): ScriptLoad | undefined {
  return target === undefined ? undefined : { ...load, ...target };
}

function resolveText(text: string, { places }: Seen) {
  const named = findNames(text, packagesOf(places)).find(({ isMeant }) => isMeant);
  return named === undefined ? undefined : { module: named.module, isUnclear: false };
}

/** `spawn('python3', ['-m', 'orchestrator'])` */
function isAfterDashM(node: ScriptNode, { elements }: ScriptNode): boolean {
  const values: readonly unknown[] = Array.isArray(elements) ? elements : [];
  const before = values[values.indexOf(node) - 1];
  return isScriptNode(before) && before['value'] === '-m';
}

function formOf(source: ScriptSource, node: ScriptNode, parent: ScriptNode): 'import' | 'dynamic' | 'string' {
  if (parent['source'] === node || parent.type === 'TSExternalModuleReference') {
    return parent.type === 'ImportExpression' ? 'dynamic' : 'import';
  }
  const isNamed = ['TSImportType', 'TSModuleDeclaration'].includes(parent.type);
  return isNamed || isLoader(source, parent) ? 'dynamic' : 'string';
}

function isLoader(source: ScriptSource, node: ScriptNode | undefined): boolean {
  if (node?.type === 'ImportExpression') return true;
  const callee = node?.type === 'CallExpression' ? node['callee'] : undefined;
  return isScriptNode(callee) && (callee.type === 'Import' || LOADERS.test(textOf(source, callee)));
}

/** What a specifier means: a script of the project itself has that name by chance, or took the old one's place. */
function resolveSpecifier(value: string, { path, places }: Seen) {
  const specifier = value.replace(EXTENSION, '');
  const parts = specifier.split('/');
  const module = parts.at(-1);
  if (!isOldModule(module) || value.startsWith('@jarvis/') || value.startsWith('node:')) return undefined;
  if (/^\.{1,2}\//u.test(value)) {
    const target = join(dirname(path), specifier);
    return ENDINGS.some((ending) => places.files.has(target + ending))
      ? undefined
      : { module, isUnclear: false };
  }
  // There are packages called "orchestrator"; the other names nobody else has.
  return { module, isUnclear: value === 'orchestrator' };
}

function namesOf(parent: ScriptNode) {
  const specifiers = Array.isArray(parent['specifiers']) ? parent['specifiers'].filter(isScriptNode) : [];
  const names = specifiers.flatMap((specifier) => {
    const imported: unknown =
      specifier['imported'] ?? (specifier.type === 'ExportSpecifier' ? specifier['local'] : undefined);
    return isScriptNode(imported) && typeof imported['name'] === 'string' ? [imported['name']] : [];
  });
  const takesDefault =
    specifiers.some(({ type }) => type === 'ImportDefaultSpecifier') || names.includes('default');
  return { names, takesDefault };
}

function textOf({ text }: ScriptSource, { start, end }: ScriptNode): string {
  return text.slice(start, end);
}
