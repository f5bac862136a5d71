const ENDING = '.jarvis-migrate';

/** The name under which a file is written before it takes its place. */
export function draftPathOf(path: string): string {
  return `${path}${ENDING}`;
}

/** The file a draft was for, when a process died before it was renamed; `undefined` for any other file. */
export function draftedFile(path: string): string | undefined {
  return path.endsWith(ENDING) ? path.slice(0, -ENDING.length) : undefined;
}
