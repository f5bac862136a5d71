import { readAttributes } from '../inspect/python-attributes.ts';
import {
  type ImportedName,
  type ModuleImport,
  type NameImport,
  type PythonImport,
  readImports,
} from '../inspect/python-imports.ts';
import { resolveEntry } from '../inspect/python-references.ts';
import { type ModuleName, type Resolved, resolveModule } from '../inspect/resolve-module.ts';
import { importRootOf } from './import-root.ts';
import { pythonNames } from './known-names.ts';
import { leaveToPerson, type PythonTask } from './python-task.ts';
import { leaveUses } from './leave-uses.ts';
import { lostUses } from './python-uses.ts';
import { rewriteLoads } from './rewrite-python-loads.ts';
import { mergeRewritings, noNames, nothing, reasons, type Rewriting } from './rewriting.ts';
import { replaceModule, splitStatement } from './split-python.ts';

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
  const found = resolveModule(statement, task.path, task.places);
  if (found === undefined) return rewritePackageImport(task, statement);
  const why = doubtOf(task, statement, found) ?? (statement.isStar ? reasons.star : undefined);
  if (why !== undefined) return leaveToPerson(task.source.text, statement.node, why);
  return rewriteNames(task, statement, found);
}

/** Why a module may be another one than that of the bridge, or the bridge may not be found in its place. */
function doubtOf(task: PythonTask, name: ModuleName, found: NonNullable<Resolved>): string | undefined {
  if (found.isUnclear) return reasons.beside;
  return importRootOf(name, task.path, task.places) === task.bridgeRoot ? undefined : reasons.path;
}

/** `from module import name, other` */
function rewriteNames(task: PythonTask, statement: NameImport, { module }: NonNullable<Resolved>): Rewriting {
  const { text } = task.source;
  const known = pythonNames(module);
  const moved = statement.names.filter(({ name }) => known.has(name));
  const lost = statement.names.map(({ name }) => name).filter((name) => !known.has(name));
  const target = `${task.bridge}.${module}`;
  if (lost.length === 0) return replaceModule(text, statement, target);
  const why = lost.every((name) => name.startsWith('_')) ? reasons.private : noNames(lost, 'bridge');
  if (moved.length === 0) return leaveToPerson(text, statement.node, why);
  const split = splitStatement(text, statement, { moved, module: target });
  if (split === undefined) return leaveToPerson(text, statement.node, reasons.mixed);
  return mergeRewritings([split, leaveToPerson(text, statement.node, why)]);
}

/** `import module as name` */
function rewriteEntry(task: PythonTask, { node }: ModuleImport, entry: ImportedName): Rewriting {
  const { source, path, places, bridge } = task;
  const segments = entry.name.split('.');
  const found = resolveModule({ dots: 0, segments }, path, places);
  if (found === undefined) return nothing;
  const isDotted = segments.length > 1 && entry.alias === undefined;
  const why = doubtOf(task, { dots: 0, segments }, found) ?? (isDotted ? reasons.dotted : undefined);
  if (why !== undefined) return leaveToPerson(source.text, node, why);
  const lost = lostUses(source, entry.alias ?? found.module, found.module);
  if (lost.length > 0) return leaveUses(source.text, node, lost);
  const alias = entry.alias === undefined ? ` as ${found.module}` : '';
  const text = `${bridge}.${found.module}${alias}`;
  return { edits: [{ from: entry.from, to: entry.nameTo, text }], decisions: [], rewritten: 1 };
}

/** `from package import module, other` */
function rewritePackageImport(task: PythonTask, statement: NameImport): Rewriting {
  const { source, bridge } = task;
  const { node, dots, segments } = statement;
  const old = statement.names.flatMap((entry) => {
    const found = resolveEntry(statement, entry, task);
    if (found === undefined) return [];
    const doubt = doubtOf(task, { dots, segments: [...segments, entry.name] }, found);
    return { entry, doubt, lost: lostUses(source, entry.alias ?? entry.name, found.module) };
  });
  const doubt = old.find((one) => one.doubt !== undefined)?.doubt;
  if (doubt !== undefined) return leaveToPerson(source.text, node, doubt);
  const left = old.flatMap(({ lost }) => (lost.length > 0 ? [leaveUses(source.text, node, lost)] : []));
  const moved = old.filter(({ lost }) => lost.length === 0).map(({ entry }) => entry);
  if (moved.length === 0) return mergeRewritings(left);
  if (moved.length === statement.names.length) return replaceModule(source.text, statement, bridge);
  const split = splitStatement(source.text, statement, { moved, module: bridge });
  return mergeRewritings([...left, split ?? leaveToPerson(source.text, node, reasons.shared)]);
}
