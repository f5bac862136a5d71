/** A path as one word of a command that a person may copy into a shell. */
export function shellWord(path: string): string {
  return /^[\w./@+:-]+$/u.test(path) ? path : `'${path.replaceAll("'", String.raw`'\''`)}'`;
}
