import { copyFileSync, existsSync, readdirSync } from 'node:fs';
import { basename, dirname } from 'node:path';

/**
 * Copies a damaged journal and its log beside it, once. SQLite writes what it can read of a log into the database
 * when it closes it, and then removes the log: with it would go what a person may still recover.
 */
export function keepDamagedCopy(path: string, nowMs: number): void {
  const prefix = `${basename(path)}.damaged-`;
  const stamp = new Date(nowMs).toISOString().replace(/\.\d+/u, '').replaceAll(/[-:]/gu, '');
  try {
    if (readdirSync(dirname(path)).some((name) => name.startsWith(prefix))) return;
    for (const suffix of ['', '-wal']) {
      if (existsSync(path + suffix)) copyFileSync(path + suffix, `${path}.damaged-${stamp}${suffix}`);
    }
  } catch {
    // The caller is about to report the damage, which matters more than that there is no room for a copy of it.
  }
}
