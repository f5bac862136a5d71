import type { DatabaseSync } from 'node:sqlite';

import { z } from 'zod';

import { VERSION_2 } from './schema.ts';

const HASH = /[0-9a-f]{64}/gu;

const recordRowSchema = z.object({ runId: z.string(), body: z.string() });
const contentRowSchema = z.object({ content: z.instanceof(Uint8Array) });

/**
 * Adds inboxes, and notes which run uses which content: what its records name, and what those contents name in turn.
 * A content nobody names belongs to no run and is never removed.
 */
export function migrateV1ToV2(database: DatabaseSync): void {
  database.exec(VERSION_2);
  const find = database.prepare('select content from blobs where hash = ?');
  const use = database.prepare('insert or ignore into blob_uses (hash, run_id) values (?, ?)');
  const records = database.prepare('select run_id as runId, body from records');

  const noteUses = (runId: string, text: string): void => {
    for (const [hash] of text.matchAll(HASH)) {
      const row = find.get(hash);
      if (row === undefined || use.run(hash, runId).changes === 0) continue;
      noteUses(runId, Buffer.from(contentRowSchema.parse(row).content).toString());
    }
  };
  for (const row of records.iterate()) {
    const { runId, body } = recordRowSchema.parse(row);
    noteUses(runId, body);
  }
}
