import { readAttributes } from './python-attributes.ts';
import { type ImportedName, type NameImport, type PythonImport, readImports } from './python-imports.ts';
import { readLoads } from './python-loads.ts';
import { type PythonSource, textOf } from './python-source.ts';
import { lineAt, onOneLine } from './read-source.ts';
import { isTestPath, type Reference } from './reference.ts';
import { type ModulePlaces, type Resolved, resolveModule } from './resolve-module.ts';

/** Every place of a Python source that names an old module. */
export function findPythonReferences(
  source: PythonSource,
  path: string,
  places: ModulePlaces,
): readonly Reference[] {
  const isTest = isTestPath(path);
  const at = (node: { from: number; to: number }) => ({
    path,
    line: lineAt(source.text, node.from),
    statement: onOneLine(textOf(source, node)),
    isTest,
  });
  const imports = readImports(source).flatMap((statement) =>
    resolveImport(statement, path, places).map(({ found, names, form }) => ({
      ...at(statement.node),
      ...found,
      form,
      names,
    })),
  );
  const attributes = readAttributes(source, path, places).map(({ node, found, names }) => {
    return { ...at(node), ...found, form: 'attribute' as const, names };
  });
  const loads = readLoads(source, path, places).map(({ node, module, form, isUnclear }) => ({
    ...at(node.name === 'String' ? (node.parent?.parent ?? node) : node),
    form,
    ...(module === undefined ? {} : { module }),
    isUnclear,
    names: [],
  }));
  return [...imports, ...attributes, ...loads].sort((one, other) => one.line - other.line);
}

interface ResolvedImport {
  readonly found: NonNullable<Resolved>;
  readonly names: readonly string[];
  readonly form: 'import' | 'from' | 'star';
}

function resolveImport(
  statement: PythonImport,
  path: string,
  places: ModulePlaces,
): readonly ResolvedImport[] {
  if (statement.kind === 'import') {
    return statement.names.flatMap((entry) => {
      const found = resolveModule({ dots: 0, segments: entry.name.split('.') }, path, places);
      return found === undefined ? [] : [{ found, names: [], form: 'import' as const }];
    });
  }
  const found = resolveModule(statement, path, places);
  if (found !== undefined) {
    const names = statement.names.map(({ name }) => name);
    return [{ found, names, form: statement.isStar ? 'star' : 'from' }];
  }
  return statement.names.flatMap((entry) => {
    const inner = resolveEntry(statement, entry, { path, places });
    return inner === undefined ? [] : [{ found: inner, names: [], form: 'import' as const }];
  });
}

/** What a name of `from package import name` means: an old module, if the package is the one they lie in. */
export function resolveEntry(
  { dots, segments }: Pick<NameImport, 'dots' | 'segments'>,
  { name }: Pick<ImportedName, 'name'>,
  { path, places }: { readonly path: string; readonly places: ModulePlaces },
): Resolved {
  return resolveModule({ dots, segments: [...segments, name] }, path, places);
}
