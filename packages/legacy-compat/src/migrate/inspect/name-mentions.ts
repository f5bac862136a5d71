import { isOldModule, OLD_PACKAGE, type OldModule } from './old-modules.ts';

/** A place of a text that names an old module. */
export interface NameMention {
  readonly module: OldModule;
  /** Where the name stands in the text. */
  readonly from: number;
  readonly to: number;
  /** It is loaded, started or called there; a plain name in a sentence is not. */
  readonly isMeant: boolean;
  /** The path of its file is named. */
  readonly isFile: boolean;
  /** It is the plain name in something like an import, which may be a sentence as well. */
  readonly isImport: boolean;
}

/** Far enough to see what a name belongs to. */
const AROUND = 120;

const BEFORE: readonly RegExp[] = [
  /(?<![\w-])-m\s*(?:-\s+["']?)?$/u, // python -m name, also in a list of YAML
  /["']-m["'],?\s*(?:-\s+)?["']?$/u, // the same in quotes
  /(?:__import__|import_module|importorskip|find_spec|run_module)\(\s*\\?["']$/u,
];
const NAME = /(?<![\w-])orchestrator\w*(?!-\w)|(?<=(?<![\w-])-m)orchestrator\w*/gu;
const PUT_TOGETHER = /orchestrator_(?=[{%]|["']*$)|(?<=-m\s+\w+\.)(?=[{%])/gu;
const IMPORT = /import\s+\(?\s*(?:[\w.]+(?:\s+as\s+\w+)?\s*,\s*)*$/u;
const FROM = /from\s+$/u;
const IMPORT_AFTER = /^\s+import\b/u;
const ENTRY_BEFORE = /=\s*["']?$/u;
const ENTRY_AFTER = /^:[A-Za-z_]/u;
const CALL_AFTER = /^(?::|\.\w+\()/u;
const FOLDER = /(?<![\w-])(\w+)[./\\]+$/u;
const IS_FILE = /^\.py(?!\w)/u;

/** Finds the names of old modules in a text that is no code: a command, a document, a string of a program. */
export function findNames(
  text: string,
  packages: ReadonlySet<string> = new Set([OLD_PACKAGE]),
): readonly NameMention[] {
  if (!text.includes('orchestrator')) return [];
  // A line break that is written out ends a word, too.
  const clean = text.replaceAll(/\\[nrt]/gu, '  ');
  return [...clean.matchAll(NAME)].flatMap((match) => {
    const [name] = match;
    const { index: from } = match;
    if (!isOldModule(name)) return [];
    const to = from + name.length;
    const before = clean.slice(Math.max(0, from - AROUND), from);
    const after = clean.slice(to, to + AROUND);
    const isFile = IS_FILE.test(after);
    const isCertain =
      isFile || isLoaded(before) || isInside(before, packages) || isEntry(name, before, after);
    const isImported = isImportOf(before, after);
    const isImport = isImported && !isCertain && name === 'orchestrator';
    return [{ module: name, from, to, isMeant: isCertain || isImported, isFile, isImport }];
  });
}

/** Whether a text names the package of the old modules, and then something only a run can tell. */
export function isPutTogether(text: string, packages: ReadonlySet<string> = new Set([OLD_PACKAGE])): boolean {
  return [...text.matchAll(PUT_TOGETHER)].some(({ index }) => {
    const before = text.slice(Math.max(0, index - AROUND), index);
    return isLoaded(before) || isInside(before, packages);
  });
}

function isLoaded(before: string): boolean {
  return BEFORE.some((pattern) => pattern.test(before));
}

function isImportOf(before: string, after: string): boolean {
  return IMPORT.test(before) || (FROM.test(before) && IMPORT_AFTER.test(after));
}

function isInside(before: string, packages: ReadonlySet<string>): boolean {
  return packages.has(FOLDER.exec(before)?.[1] ?? '');
}

/** "orchestrator:latest" may be an image as well; the other names nobody else has. */
function isEntry(name: string, before: string, after: string): boolean {
  const isSet = ENTRY_BEFORE.test(before) && ENTRY_AFTER.test(after);
  return isSet || (name !== 'orchestrator' && CALL_AFTER.test(after));
}
