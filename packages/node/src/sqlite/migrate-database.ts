import type { DatabaseSync } from 'node:sqlite';

import { pragma } from './connection.ts';
import { placeDurably } from './durable-file.ts';
import { loadSqlite } from './load-sqlite.ts';
import { SCHEMA_VERSION } from './schema.ts';
import { migrateV1ToV2 } from './v1-to-v2.ts';
import { inTransaction } from './when-free.ts';

/** Where a test may end the process, to prove that a migration leaves the old layout or the new one. */
export type MigrationPlace = 'backed-up' | 'changed' | 'committed';

export interface Migration {
  readonly database: DatabaseSync;
  readonly path: string;
  /** Throws when a process of the older release is at work, which would go on in the old way. */
  readonly proveUnused: (database: DatabaseSync) => void;
  readonly reach?: (place: MigrationPlace) => void;
}

/** Each step leads from its version to the next. */
const STEPS: Readonly<Record<number, (database: DatabaseSync) => void>> = { 1: migrateV1ToV2 };

/**
 * Brings the tables of an older release to today's layout, in one transaction, after a copy of the database was put
 * beside it: `journal.db.v1`. Records are not touched; they are lifted when they are read.
 */
export function migrateDatabase({ database, path, proveUnused, reach = () => undefined }: Migration): void {
  if (versionOf(database) >= SCHEMA_VERSION) return;
  inTransaction(database, () => {
    // Another process may have been first.
    const from = versionOf(database);
    if (from >= SCHEMA_VERSION) return;
    proveUnused(database);
    backUp(path, from);
    reach('backed-up');
    for (let version = from; version < SCHEMA_VERSION; version += 1) STEPS[version]?.(database);
    database.exec(`pragma user_version = ${String(SCHEMA_VERSION)}`);
    reach('changed');
  });
  reach('committed');
}

/** The caller holds the write lock, so this is the database as it is before the migration, with all of its log. */
function backUp(path: string, version: number): void {
  const { DatabaseSync } = loadSqlite();
  placeDurably(`${path}.v${String(version)}`, (draft) => {
    const reader = new DatabaseSync(path, { readOnly: true });
    try {
      reader.prepare('vacuum into ?').run(draft);
    } finally {
      reader.close();
    }
  });
}

function versionOf(database: DatabaseSync): number {
  return Number(pragma(database, 'user_version'));
}
