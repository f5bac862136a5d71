import type { SyntaxNode } from '@lezer/common';

import { readAttributes } from './python-attributes.ts';
import { type ImportedName, type NameImport, type PythonImport, readImports } from './python-imports.ts';
import { type PythonLoad, readLoads, readWords } from './python-loads.ts';
import { type PythonSource, textOf } from './python-source.ts';
import { excerptAt, lineAt, MOST_SHOWN, onOneLine } from './read-source.ts';
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
  const loads = readLoads(source, path, places);
  const texts = loads.flatMap((load) =>
    toReferences(source, load).map((told) => ({ path, isTest, ...told })),
  );
  const words = readWords(source, loads).map(({ module, at: place }) => ({
    path,
    line: lineAt(source.text, place),
    statement: excerptAt(source.text, place),
    form: 'mention' as const,
    module,
    isUnclear: false,
    names: [],
    isTest,
  }));
  return [...imports, ...attributes, ...withoutTwins([...texts, ...words])].sort(
    (one, other) => one.line - other.line,
  );
}

function toReferences(source: PythonSource, load: PythonLoad): readonly Omit<Reference, 'path' | 'isTest'>[] {
  const { node, module, form, mentions } = load;
  const isUnclear = form === 'computed' || load.isBeside === true;
  const found = mentions ?? [{ ...(module === undefined ? {} : { module }), at: node.from }];
  return found.map(({ at, ...named }) => ({
    line: lineAt(source.text, at),
    statement: statementAround(source, node, at),
    form,
    ...named,
    isUnclear,
    names: [],
  }));
}

/** The call or the statement a text is in, or its own line when that is long. */
function statementAround(source: PythonSource, node: SyntaxNode, at: number): string {
  const around = node.name === 'CallExpression' ? node : aroundText(node);
  const isShort = around !== undefined && around.to - around.from <= 2 * MOST_SHOWN;
  const whole = isShort ? textOf(source, around).replaceAll(/\s+/gu, ' ').trim() : '';
  const isBlock = textOf(source, node).includes('\n') && node !== around;
  return whole === '' || whole.length > MOST_SHOWN || isBlock ? excerptAt(source.text, at) : whole;
}

function aroundText({ parent }: SyntaxNode): SyntaxNode | undefined {
  if (parent === null) return undefined;
  if (parent.name === 'ArgList') return parent.parent ?? undefined;
  if (!parent.name.endsWith('Statement')) return aroundText(parent);
  return parent.getChild('Body') === null ? parent : undefined;
}

function withoutTwins(references: readonly Reference[]): readonly Reference[] {
  const keyOf = ({ line, form, module, statement }: Reference) =>
    JSON.stringify([line, form, module, statement]);
  return [...new Map(references.map((reference) => [keyOf(reference), reference])).values()];
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
