import type { DatabaseSync } from 'node:sqlite';

import { z } from 'zod';

import { CHANGED_IN_2 } from './schema.ts';

const HASH = /[0-9a-f]{64}/gu;

const recordRowSchema = z.object({ runId: z.string(), body: z.string() });
const contentRowSchema = z.object({ content: z.instanceof(Uint8Array) });

/** A hash that is none any more stays what it is, for whoever proves the record. */
const MOVE = `
  insert or ignore into runs (run_id) select distinct run_id from records_1;
  insert into records
    select (ordinal << 32) + seq, body, coalesce(unhex(hash), cast(hash as blob))
    from records_1 join runs using (run_id);
  insert or ignore into blobs select coalesce(unhex(hash), cast(hash as blob)), content from blobs_1;
`;

const DROP = 'drop table records_1; drop table blobs_1;';

/**
 * Brings records and contents to their new places, and notes which run uses which content: what its records name, and
 * what those contents name in turn. A content nobody names belongs to no run and is never removed.
 */
export function migrateV1ToV2(database: DatabaseSync): void {
  database.exec('alter table records rename to records_1; alter table blobs rename to blobs_1;');
  database.exec(CHANGED_IN_2);
  database.exec(MOVE);
  noteUses(database);
  database.exec(DROP);
}

function noteUses(database: DatabaseSync): void {
  const find = database.prepare('select content from blobs_1 where hash = ?');
  const use = database.prepare(
    `insert or ignore into blob_uses (hash, run)
     select unhex(?), ordinal from runs where run_id = ?`,
  );
  const records = database.prepare('select run_id as runId, body from records_1');

  const noteIn = (runId: string, text: string): void => {
    for (const [hash] of text.matchAll(HASH)) {
      const row = find.get(hash);
      if (row === undefined || use.run(hash, runId).changes === 0) continue;
      noteIn(runId, Buffer.from(contentRowSchema.parse(row).content).toString());
    }
  };
  for (const row of records.iterate()) {
    const { runId, body } = recordRowSchema.parse(row);
    noteIn(runId, body);
  }
}
