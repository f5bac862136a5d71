/** A file that can be shown. */
export interface SelectableFile {
  readonly path: string;
  readonly content: string;
}

/** A file of which only this is told. */
export interface LeftOutFile {
  readonly path: string;
  /** The length of its content in UTF-8. */
  readonly bytes: number;
}

/** What counts when files are chosen. */
export interface FileSelection {
  /** What all files together may take, in tokens. */
  readonly budgetTokens: number;
  /** The tokens of a text. */
  readonly count: (text: string) => number;
  /** Task, plan, feedback: files that are named here come first. */
  readonly texts: readonly string[];
  /** Paths the run has written itself; they come first, too. */
  readonly touched: ReadonlySet<string>;
}

/** Files as they fit into a budget; the order is that of the files that were given. */
export interface SelectedFiles<File extends SelectableFile> {
  /** Those to show whole. */
  readonly whole: readonly File[];
  /** Those to name. */
  readonly listed: readonly LeftOutFile[];
  /** Those that do not fit into the list either. */
  readonly unlisted: readonly LeftOutFile[];
}

/** The part of the budget that the list of the others may take, when there are others. */
const LISTED_SHARE = 0.25;
/** What a line of that list takes besides its path: size and punctuation. */
const LINE_TOKENS = 10;

// What may be a path or the name of a file in a sentence; a full stop at the end is the sentence's.
const PATH_LIKE = /[\p{L}\p{N}_./@$+~[\]-]{1,4096}/gu;

interface Ranked<File> {
  readonly file: File;
  readonly rank: number;
  readonly tokens: number;
}

/**
 * Chooses the files a model is shown whole: all of them if they fit, else those that matter most: named with their
 * path or written by the run, named by their name alone, in a folder with such files, small. The same files and texts
 * always give the same choice.
 */
export function selectFiles<File extends SelectableFile>(
  files: readonly File[],
  { budgetTokens, count, texts, touched }: FileSelection,
): SelectedFiles<File> {
  const ranked = rankFiles(files, { texts, touched }).map(({ file, rank }) => ({
    file,
    rank,
    tokens: count(file.path) + count(file.content) + LINE_TOKENS,
  }));
  const all = ranked.reduce((sum, { tokens }) => sum + tokens, 0);
  if (all <= budgetTokens) return { whole: files, listed: [], unlisted: [] };

  const ordered = [...ranked].sort(compareRanked);
  const listBudget = Math.floor(budgetTokens * LISTED_SHARE);
  const whole = fill(ordered, budgetTokens - listBudget, ({ tokens }) => tokens);
  const rest = ordered.filter((each) => !whole.has(each));
  const listed = fill(rest, listBudget, ({ file }) => count(file.path) + LINE_TOKENS);
  return {
    whole: ranked.filter((each) => whole.has(each)).map(({ file }) => file),
    listed: ranked.filter((each) => listed.has(each)).map(toLeftOut),
    unlisted: ranked.filter((each) => !whole.has(each) && !listed.has(each)).map(toLeftOut),
  };
}

function rankFiles<File extends SelectableFile>(
  files: readonly File[],
  { texts, touched }: Pick<FileSelection, 'texts' | 'touched'>,
): readonly Omit<Ranked<File>, 'tokens'>[] {
  const names = findNames(texts);
  const ranked = files.map((file) => ({
    file,
    rank: touched.has(file.path) ? 0 : rankByName(file.path, names),
  }));
  const near = new Set(ranked.filter(({ rank }) => rank < NOT_NAMED).map(({ file }) => folderOf(file.path)));
  return ranked.map(({ file, rank }) => ({
    file,
    rank: rank === NOT_NAMED && near.has(folderOf(file.path)) ? NEAR : rank,
  }));
}

const BY_PATH = 0;
const BY_NAME = 1;
const NEAR = 2;
const NOT_NAMED = 3;

function rankByName(path: string, names: ReadonlySet<string>): number {
  if (names.has(path)) return BY_PATH;
  const components = path.split('/');
  const isNamedByEnd = components.some((_, from) => {
    return from > 0 && from < components.length - 1 && names.has(components.slice(from).join('/'));
  });
  if (isNamedByEnd) return BY_PATH;
  return names.has(components.at(-1) ?? '') ? BY_NAME : NOT_NAMED;
}

function findNames(texts: readonly string[]): ReadonlySet<string> {
  const words = texts.flatMap((text) => text.match(PATH_LIKE) ?? []);
  return new Set(words.flatMap((word) => [word, word.replace(/^\.\//u, '').replace(/[.:]+$/u, '')]));
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}

function compareRanked(a: Ranked<SelectableFile>, b: Ranked<SelectableFile>): number {
  if (a.rank !== b.rank) return a.rank - b.rank;
  if (a.tokens !== b.tokens) return a.tokens - b.tokens;
  return a.file.path < b.file.path ? -1 : 1;
}

/** Takes what fits, in order; one that does not fit keeps no smaller one out. */
function fill<Item>(
  items: readonly Item[],
  budget: number,
  tokensOf: (item: Item) => number,
): ReadonlySet<Item> {
  const taken = new Set<Item>();
  let left = budget;
  for (const item of items) {
    const tokens = tokensOf(item);
    if (tokens > left) continue;
    taken.add(item);
    left -= tokens;
  }
  return taken;
}

function toLeftOut({ file }: Ranked<SelectableFile>): LeftOutFile {
  return { path: file.path, bytes: new TextEncoder().encode(file.content).length };
}
