import { z } from 'zod';

const count = z.int().nonnegative();

/** What is known of a project before a run. */
export const projectFactsSchema = z.object({
  /** The project's own files, without those others made. */
  files: count,
  /** What they take on disk. */
  bytes: count,
  /** The languages of its source files, the one with the most bytes first. */
  languages: z.array(z.object({ name: z.string(), files: count, bytes: count })).readonly(),
  /** Files in a programming language, tests included. */
  sourceFiles: count,
  testFiles: count,
  hasTests: z.boolean(),
  /** `dirty`: there are changes nobody has committed; `none`: it is no repository, or none that can be used. */
  git: z.enum(['clean', 'dirty', 'none']),
});

/** What is known of a project before a run. */
export type ProjectFacts = Readonly<z.infer<typeof projectFactsSchema>>;

/** A file of a listing: its path from the project folder, components separated by `/`. */
export interface ListedFile {
  readonly path: string;
  readonly bytes: number;
}

const languagesByExtension: ReadonlyMap<string, string> = new Map(
  Object.entries({
    TypeScript: 'ts tsx mts cts',
    JavaScript: 'js jsx mjs cjs',
    Python: 'py',
    HTML: 'html htm',
    CSS: 'css scss sass less',
    Java: 'java',
    Kotlin: 'kt kts',
    Go: 'go',
    Rust: 'rs',
    C: 'c h',
    'C++': 'cc cpp cxx hpp',
    'C#': 'cs',
    PHP: 'php',
    Ruby: 'rb',
    Swift: 'swift',
    Dart: 'dart',
    Scala: 'scala',
    Elixir: 'ex exs',
    SQL: 'sql',
    Shell: 'sh bash zsh',
    Vue: 'vue',
    Svelte: 'svelte',
  }).flatMap(([name, extensions]) => extensions.split(' ').map((extension) => [extension, name] as const)),
);

/** Folders with what tools and others made. */
const FOREIGN: ReadonlySet<string> = new Set(
  'node_modules .git dist build out target vendor coverage __pycache__ .venv venv .next .cache'.split(' '),
);

const TEST_FOLDER: ReadonlySet<string> = new Set(['test', 'tests', '__tests__', 'spec', 'specs', 'e2e']);
const TEST_NAME = /(?:[._-](?:test|spec)|Test|Tests)\.[^.]+$|^test_/u;

/**
 * Tells what a project is like, by the names and sizes of its files. Generated folders and those of dependencies do
 * not count.
 */
export function surveyProject(listing: readonly ListedFile[], git: ProjectFacts['git']): ProjectFacts {
  const files = listing.filter(({ path }) => !foldersOf(path).some((folder) => FOREIGN.has(folder)));
  const sources = files.flatMap(({ path, bytes }) => {
    const language = languageOf(path);
    return language === undefined ? [] : [{ path, bytes, language }];
  });
  const testFiles = sources.filter(({ path }) => isTest(path)).length;
  return {
    files: files.length,
    bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
    languages: countLanguages(sources),
    sourceFiles: sources.length,
    testFiles,
    hasTests: testFiles > 0,
    git,
  };
}

function countLanguages(
  sources: readonly { readonly bytes: number; readonly language: string }[],
): ProjectFacts['languages'] {
  const byLanguage = Map.groupBy(sources, ({ language }) => language);
  return [...byLanguage]
    .map(([name, files]) => ({
      name,
      files: files.length,
      bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
    }))
    .sort((a, b) => b.bytes - a.bytes || (a.name < b.name ? -1 : 1));
}

function languageOf(path: string): string | undefined {
  const name = nameOf(path);
  const dot = name.lastIndexOf('.');
  return dot < 1 ? undefined : languagesByExtension.get(name.slice(dot + 1).toLowerCase());
}

function isTest(path: string): boolean {
  return TEST_NAME.test(nameOf(path)) || foldersOf(path).some((folder) => TEST_FOLDER.has(folder));
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function foldersOf(path: string): readonly string[] {
  return path.split('/').slice(0, -1);
}
