import type { AppendRequest, Clock, Journal, Lease, SealedRecord } from '@jarvis/core';

import type { ProcessIdentity } from '../context/process-identity.ts';
import { createDatabase, databasePath, hasDatabase } from './database-file.ts';
import { keepDamagedCopy } from './damaged-copy.ts';
import { JournalClosedError, JournalUnreadableError } from './errors.ts';
import { findLoss, HeadWitness } from './head-witness.ts';
import type { Heartbeat } from './lease-owner.ts';
import { loadSqlite } from './load-sqlite.ts';
import { openStore, SqliteStore } from './sqlite-store.ts';
import { whenFree } from './when-free.ts';

const BEAT_EVERY_MS = 10_000;

/** What {@link openSqliteJournal} needs to know of the project and of this process. */
export interface SqliteJournalOptions {
  /** The folder of one project in the state directory. It and the database are made with the first lease. */
  readonly directory: string;
  /** Who takes the leases: `readProcessIdentity()`. */
  readonly identity: ProcessIdentity;
  /** Its monotonic time has to be that of the machine, so that processes can compare it: `systemClock`. */
  readonly clock: Clock;
}

/**
 * The journal of one project on disk. Reading where nothing was ever written creates nothing.
 *
 * @throws {@link SqliteTooOldError} when this Node.js has no SQLite that can be trusted.
 */
export function openSqliteJournal(options: SqliteJournalOptions): Journal {
  loadSqlite();
  return new SqliteJournal(options);
}

class SqliteJournal implements Journal {
  readonly #options: SqliteJournalOptions;
  readonly #path: string;
  readonly #witness: HeadWitness;
  /** What was acquired and not given back, also when it was taken over meanwhile: nothing may be appended then. */
  readonly #held = new Map<string, Lease>();
  #store: SqliteStore | undefined;
  #heart: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(options: SqliteJournalOptions) {
    this.#options = options;
    this.#path = databasePath(options.directory);
    this.#witness = new HeadWitness(options.directory);
  }

  async acquire(resource: string): Promise<Lease> {
    const lease = await this.#whenFree(() =>
      this.#create().acquire(resource, this.#options.identity, this.#now()),
    );
    this.#held.set(resource, lease);
    this.#heart ??= setInterval(() => {
      this.#beat();
    }, BEAT_EVERY_MS).unref();
    return lease;
  }

  async release(lease: Lease): Promise<void> {
    this.#letGo(lease);
    this.#witness.close(lease.resource.replace(/^run:/u, ''));
    await this.#whenFree(() => this.#find()?.release([lease]));
  }

  async append(request: AppendRequest): Promise<void> {
    const head = await this.#whenFree(() => this.#find()?.append(request, [...this.#held.values()]));
    if (head === undefined) throw SqliteStore.withoutLease(request.runId);
    this.#witness.write(request.runId, head);
  }

  read(runId: string): Promise<readonly SealedRecord[]> {
    return this.#whenFree(() => {
      // Asked first: a record that is added in between is not yet noted, instead of noted and not yet read.
      const witnessed = this.#witness.read(runId);
      const records = this.#find()?.read(runId) ?? [];
      const damage = findLoss(runId, records, witnessed);
      if (damage !== undefined) {
        keepDamagedCopy(this.#path, this.#options.clock.nowMs());
        throw damage;
      }
      return records;
    });
  }

  listRuns(): Promise<readonly string[]> {
    return this.#whenFree(() => this.#find()?.listRuns() ?? []);
  }

  readBlob(hash: string): Promise<string | undefined> {
    return this.#whenFree(() => this.#find()?.readBlob(hash));
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    const held = [...this.#held.values()];
    for (const lease of held) this.#letGo(lease);
    try {
      if (held.length > 0) await this.#whenFree(() => this.#store?.release(held));
    } finally {
      this.#isClosed = true;
      this.#witness.closeAll();
      this.#store?.close();
    }
  }

  #whenFree<Result>(work: () => Result): Promise<Result> {
    const path = this.#path;
    const workUnlessClosed = () => {
      if (this.#isClosed) throw new JournalClosedError({ path });
      return work();
    };
    return whenFree(workUnlessClosed, { path, clock: this.#options.clock });
  }

  #create(): SqliteStore {
    const found = this.#find();
    if (found !== undefined) return found;
    createDatabase(this.#options.directory);
    this.#store = openStore(this.#options.directory);
    return this.#store;
  }

  #find(): SqliteStore | undefined {
    if (this.#store !== undefined) return this.#store;
    if (hasDatabase(this.#options.directory)) {
      this.#store = openStore(this.#options.directory);
    } else if (this.#witness.hasAny()) {
      throw new JournalUnreadableError({ path: this.#path, problem: 'the file is missing' });
    }
    return this.#store;
  }

  #beat(): void {
    const now = this.#now();
    for (const lease of this.#held.values()) {
      try {
        this.#store?.beat(lease, now);
      } catch {
        // A beat may be missed: two more follow before anyone takes the lease for abandoned.
      }
    }
  }

  #letGo({ resource, epoch }: Lease): void {
    if (this.#held.get(resource)?.epoch === epoch) this.#held.delete(resource);
    if (this.#held.size > 0) return;
    clearInterval(this.#heart);
    this.#heart = undefined;
  }

  #now(): Heartbeat {
    const { clock } = this.#options;
    return { monotonicMs: clock.monotonicMs(), wallMs: clock.nowMs() };
  }
}
