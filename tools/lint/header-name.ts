const NAME = String.raw`(?:[\w@.-]+\/)*[\w.-]+\.(?:[cm]?[jt]sx?|sh)`;
const LABEL = String.raw`@file(?:overview)?\s+|(?:file|filename|path)\s*:\s*`;
const LABELLED = new RegExp(`^(?:${LABEL})\`?(${NAME})`, 'iu');
const BARE = new RegExp(`^\`?(${NAME})\`?(?=[\\s:,–—-]|$)`, 'iu');

/** A header comment that speaks of another file than the one it stands in. */
export interface ForeignHeader {
  /** The name in the comment. */
  readonly named: string;
  /** 1-based line in the file. */
  readonly line: number;
}

/**
 * Finds a file name in a header comment that is not the name of the file itself: what is left when a file
 * was copied or renamed. A header names a file when its text begins with the name, or after a label (`File:`).
 *
 * @param comment the text of the first comment, with its marks (`//`, `#`, `*`)
 * @param path the path of the file from the root of the repository, with forward slashes
 */
export function findForeignHeader(comment: string, path: string): ForeignHeader | undefined {
  const lines = comment.split('\n').map(withoutMarks);
  const first = lines.findIndex((line) => line !== '');
  for (const [index, line] of lines.entries()) {
    const named = (LABELLED.exec(line) ?? (index === first ? BARE.exec(line) : null))?.[1];
    if (named !== undefined && !isSameFile(named, path)) {
      return { named, line: index + 1 };
    }
  }
  return undefined;
}

function withoutMarks(line: string): string {
  return line.replace(/^\s*(?:\/\*+|\*+\/?|\/\/+|#+|<!--)?\s*/u, '').trimEnd();
}

function isSameFile(named: string, path: string): boolean {
  const relative = named.replace(/^\.?\//u, '');
  return path === relative || path.endsWith(`/${relative}`);
}
