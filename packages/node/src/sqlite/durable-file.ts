import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';

const DRAFT = '.new';

/**
 * Makes a file appear under its name whole and to stay, or not at all: `fill` writes it under another name. A file
 * that had the name before is replaced.
 */
export function placeDurably(path: string, fill: (draft: string) => void): void {
  const draft = `${path}.${String(process.pid)}-${randomBytes(4).toString('hex')}${DRAFT}`;
  try {
    closeSync(openSync(draft, 'wx', 0o600));
    fill(draft);
    syncPath(draft);
    renameSync(draft, path);
    syncPath(dirname(path));
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Whether a name is that of a file which is being made, or whose maker has died. */
export function isDraft(name: string): boolean {
  return name.endsWith(DRAFT);
}

/** Waits until a file, or the names in a folder, survive a power cut. */
export function syncPath(path: string): void {
  const handle = openSync(path, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
