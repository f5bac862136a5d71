import type { DatabaseSync, StatementSync } from 'node:sqlite';

import { type InboxEntry, type InboxPost, StaleWriterError } from '@jarvis/core';
import { z } from 'zod';

import { JournalUnreadableError } from './errors.ts';
import { RUN } from './schema.ts';

const entryRowsSchema = z.array(z.object({ id: z.string(), body: z.string(), atMs: z.number() }));

/** The inboxes of one journal. Each method is one statement or belongs into one transaction of the caller. */
export class SqliteInbox {
  readonly #path: string;
  readonly #add: StatementSync;
  readonly #waiting: StatementSync;
  readonly #take: StatementSync;
  readonly #remove: StatementSync;

  constructor(database: DatabaseSync, path: string) {
    this.#path = path;
    this.#add = database.prepare(
      `insert into inbox (run, id, body, at_ms) values (${RUN}, ?2, ?3, ?4) on conflict (run, id) do nothing`,
    );
    this.#waiting = database.prepare(
      `select id, body, at_ms as atMs from inbox where run = ${RUN} and is_taken = 0 order by ordinal`,
    );
    this.#take = database.prepare(
      `update inbox set is_taken = 1 where run = ${RUN} and id = ?2 and is_taken = 0`,
    );
    this.#remove = database.prepare(`delete from inbox where run = ${RUN}`);
  }

  add({ runId, id, body, atMs }: InboxPost): 'posted' | 'known' {
    return this.#add.run(runId, id, body, atMs).changes === 0 ? 'known' : 'posted';
  }

  read(runId: string): readonly InboxEntry[] {
    const parsed = entryRowsSchema.safeParse(this.#waiting.all(runId));
    if (parsed.success) return parsed.data;
    throw new JournalUnreadableError({
      path: this.#path,
      problem: 'its inbox has another shape',
      cause: parsed.error,
    });
  }

  /** @throws {@link StaleWriterError} when one of the entries does not wait. */
  take(runId: string, ids: readonly string[]): void {
    for (const id of ids) {
      if (this.#take.run(runId, id).changes === 0) {
        throw new StaleWriterError({ runId, problem: `the message ${id} does not wait in its inbox` });
      }
    }
  }

  removeOf(runId: string): void {
    this.#remove.run(runId);
  }
}
