/** A short, lower-case, URL- and file-safe name: letters, digits and inner hyphens, at most 64 characters. */
const ID_PATTERN = /^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/;

/** Tells whether a text may serve as the id of a run or a stage. */
export function isValidId(text: string): boolean {
  return ID_PATTERN.test(text);
}
