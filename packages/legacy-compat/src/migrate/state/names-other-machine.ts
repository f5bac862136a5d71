const WINDOWS_PATH = /^[A-Za-z]:[\\/]/u;

/** Whether a text of a document, however deep it lies, begins like a path of Windows. */
export function namesOtherMachine(document: unknown): boolean {
  // No recursion: a file may be nested deeper than calls can be.
  const waiting: unknown[] = [document];
  while (waiting.length > 0) {
    const value = waiting.pop();
    if (typeof value === 'string' && WINDOWS_PATH.test(value)) return true;
    if (typeof value !== 'object' || value === null) continue;
    for (const [name, inner] of Object.entries(value)) waiting.push(name, inner);
  }
  return false;
}
