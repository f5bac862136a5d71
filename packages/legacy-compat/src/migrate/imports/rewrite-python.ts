import {
  type ImportedName,
  type ModuleImport,
  type NameImport,
  type PythonImport,
  readImports,
} from '../inspect/python-imports.ts';
import { readAttributes } from '../inspect/python-attributes.ts';
import { resolveEntry } from '../inspect/python-references.ts';
import { resolveModule } from '../inspect/resolve-module.ts';
import { indentation, isFirstInLine, lineEnding } from './edit.ts';
import { leaveToPerson, type PythonTask } from './python-task.ts';
import { rewriteLoads } from './rewrite-python-loads.ts';
import { mergeRewritings, nothing, reasons, type Rewriting } from './rewriting.ts';

/** Sends the imports of the old modules to the bridge. */
export function rewritePython(task: PythonTask): Rewriting {
  const imports = readImports(task.source).map((statement) => rewriteImport(task, statement));
  const { source, path, places } = task;
  const attributes = readAttributes(source, path, places).map(({ node }) =>
    leaveToPerson(source.text, node, reasons.attribute),
  );
  return mergeRewritings([...imports, ...attributes, ...rewriteLoads(task)]);
}

function rewriteImport(task: PythonTask, statement: PythonImport): Rewriting {
  if (statement.kind === 'import') {
    return mergeRewritings(statement.names.map((entry) => rewriteEntry(task, statement, entry)));
  }
  const { source, path, places, bridge } = task;
  const found = resolveModule(statement, path, places);
  if (found === undefined) return rewritePackageImport(task, statement);
  const why = found.isUnclear ? reasons.beside : doubtOf(statement);
  if (why !== undefined) return leaveToPerson(source.text, statement.node, why);
  return replaceModule(source.text, statement, `${bridge}.${found.module}`);
}

function doubtOf({ isStar, names }: NameImport): string | undefined {
  if (isStar) return reasons.star;
  return names.some(({ name }) => /^_(?!_)/u.test(name)) ? reasons.private : undefined;
}

function rewriteEntry(task: PythonTask, { node }: ModuleImport, entry: ImportedName): Rewriting {
  const { source, path, places, bridge } = task;
  const segments = entry.name.split('.');
  const found = resolveModule({ dots: 0, segments }, path, places);
  if (found === undefined) return nothing;
  if (found.isUnclear) return leaveToPerson(source.text, node, reasons.beside);
  if (segments.length > 1 && entry.alias === undefined)
    return leaveToPerson(source.text, node, reasons.dotted);
  const alias = entry.alias === undefined ? ` as ${found.module}` : '';
  const text = `${bridge}.${found.module}${alias}`;
  return { edits: [{ from: entry.from, to: entry.nameTo, text }], decisions: [], rewritten: 1 };
}

/** `from package import old, other` */
function rewritePackageImport(task: PythonTask, statement: NameImport): Rewriting {
  const { source, bridge } = task;
  const judged = statement.names.map((entry) => ({ entry, found: resolveEntry(statement, entry, task) }));
  const old = judged.filter(({ found }) => found !== undefined).map(({ entry }) => entry);
  if (old.length === 0) return nothing;
  if (judged.some(({ found }) => found?.isUnclear === true)) {
    return leaveToPerson(source.text, statement.node, reasons.beside);
  }
  return old.length === statement.names.length
    ? replaceModule(source.text, statement, bridge)
    : splitStatement(source.text, statement, { old, bridge });
}

function replaceModule(text: string, { moduleFrom, moduleTo }: NameImport, name: string): Rewriting {
  // "from.a import b" needs no space, and neither does "from .import b".
  const before = /\s/u.test(text.charAt(moduleFrom - 1)) ? '' : ' ';
  const after = /[\s\\]/u.test(text.charAt(moduleTo)) ? '' : ' ';
  return {
    edits: [{ from: moduleFrom, to: moduleTo, text: before + name + after }],
    decisions: [],
    rewritten: 1,
  };
}

interface Split {
  readonly old: readonly ImportedName[];
  readonly bridge: string;
}

function splitStatement(text: string, { node, names }: NameImport, { old, bridge }: Split): Rewriting {
  const removals = rangesToRemove(names, old);
  if (removals.some(({ from, to }) => text.slice(from, to).includes('#'))) {
    return leaveToPerson(text, node, reasons.shared);
  }
  const moved = old.map(({ from, to }) => text.slice(from, to).replaceAll(/[\s\\]+/gu, ' '));
  const statement = `from ${bridge} import ${moved.join(', ')}`;
  const addition = isFirstInLine(text, node.from)
    ? `${statement}${lineEnding(text)}${indentation(text, node.from)}`
    : `${statement}; `;
  return {
    edits: [
      { from: node.from, to: node.from, text: addition },
      ...removals.map((range) => ({ ...range, text: '' })),
    ],
    decisions: [],
    rewritten: 1,
  };
}

/** Each name with one comma: the one after it, or for the last names of the list the one before. */
function rangesToRemove(names: readonly ImportedName[], old: readonly ImportedName[]) {
  const lastKept = names.findLastIndex((name) => !old.includes(name));
  return old.map((name) => {
    const index = names.indexOf(name);
    const next = names[index + 1];
    const before = names[index - 1];
    if (index < lastKept && next !== undefined) return { from: name.from, to: next.from };
    return { from: before?.to ?? name.from, to: name.to };
  });
}
