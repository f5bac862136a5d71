import {
  type AppendRequest,
  type ChainHead,
  type Clock,
  hasErrorCode,
  type InboxEntry,
  type InboxPost,
  type Journal,
  type Lease,
  type LeaseHolder,
  RunNotFoundError,
  type SealedRecord,
} from '@jarvis/core';

import type { ProcessIdentity } from '../context/process-identity.ts';
import { createDatabase, databasePath, hasDatabase } from './database-file.ts';
import { keepDamagedCopy } from './damaged-copy.ts';
import { JournalClosedError, JournalUnreadableError } from './errors.ts';
import { findLoss, HeadWitness, type ReadPart } from './head-witness.ts';
import type { Heartbeat } from './lease-owner.ts';
import { loadSqlite } from './load-sqlite.ts';
import { openStore } from './open-store.ts';
import { type Outcome, SharedCommits } from './shared-commits.ts';
import { type LeasedAppend, type SqliteStore, withoutLease } from './sqlite-store.ts';
import { toJournalError } from './sqlite-failure.ts';
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
  /** How many bytes may still be written in a folder. Default: what the file system tells. */
  readonly readFreeBytes?: (directory: string) => number;
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
  readonly #commits = new SharedCommits((appends: readonly LeasedAppend[]) => this.#commit(appends));
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

  findHolder(resource: string): Promise<LeaseHolder | undefined> {
    return this.#whenFree(() => this.#find()?.findHolder(resource, this.#options.identity, this.#now()));
  }

  async release(lease: Lease): Promise<void> {
    this.#letGo(lease);
    this.#witness.close(lease.resource.replace(/^run:/u, ''));
    await this.#whenFree(() => this.#find()?.release([lease]));
  }

  async append(request: AppendRequest): Promise<void> {
    await this.#commits.add({ request, held: this.#heldBesidesRuns() });
  }

  async post(post: InboxPost): Promise<'posted' | 'known'> {
    const answer = await this.#whenFree(() => this.#find()?.post(post));
    if (answer === undefined) throw new RunNotFoundError({ runId: post.runId });
    return answer;
  }

  readInbox(runId: string): Promise<readonly InboxEntry[]> {
    return this.#whenFree(() => this.#find()?.readInbox(runId) ?? []);
  }

  async forget(runId: string, lease: Lease): Promise<void> {
    const store = await this.#whenFree(() => this.#find());
    if (store === undefined) throw withoutLease(runId);
    const leases = [lease, ...this.#heldBesidesRuns()];
    // Before the commit: a run that is gone and still witnessed would look like one whose records are lost.
    const removeWitness = () => {
      this.#witness.remove(runId);
    };
    await this.#whenFree(() => {
      store.forget(runId, leases, removeWitness);
    });
    await this.#whenFree(() => {
      store.sweepFiles(this.#options.clock.nowMs());
    });
  }

  read(runId: string, afterSeq = 0, limit?: number): Promise<readonly SealedRecord[]> {
    return this.#readProved(runId, () => {
      const records = this.#find()?.read(runId, afterSeq, limit) ?? [];
      return { records, afterSeq, isCut: records.length === limit };
    });
  }

  async readLast(runId: string): Promise<SealedRecord | undefined> {
    const records = await this.#readProved(runId, () => {
      const last = this.#find()?.readLast(runId);
      return { records: last === undefined ? [] : [last], afterSeq: (last?.seq ?? 1) - 1, isCut: false };
    });
    return records[0];
  }

  listRuns(): Promise<readonly string[]> {
    return this.#whenFree(() => this.#find()?.listRuns() ?? []);
  }

  readBlob(hash: string): Promise<string | undefined> {
    return this.#whenFree(() => this.#find()?.readBlob(hash));
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    await this.#commits.settled();
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

  #readProved(runId: string, read: () => ReadPart): Promise<readonly SealedRecord[]> {
    return this.#whenFree(() => {
      // Asked first: a record that is added in between is not yet noted, instead of noted and not yet read.
      const witnessed = this.#witness.read(runId);
      const part = read();
      const damage = findLoss(runId, part, witnessed);
      // No longer witnessed: the run was forgotten between the two looks.
      if (damage !== undefined && this.#witness.read(runId) !== undefined) {
        keepDamagedCopy(this.#path, this.#options.clock.nowMs());
        throw damage;
      }
      return part.records;
    });
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
    this.#store = this.#open();
    return this.#store;
  }

  #open(): SqliteStore {
    return openStore({ ...this.#options, now: this.#now() });
  }

  /** The leases an append of any run rests on. */
  #heldBesidesRuns(): readonly Lease[] {
    return [...this.#held.values()].filter(({ resource }) => !resource.startsWith('run:'));
  }

  async #commit(appends: readonly LeasedAppend[]): Promise<readonly Outcome<ChainHead>[]> {
    try {
      const outcomes = await this.#whenFree(() => this.#find()?.append(appends));
      return appends.map(({ request: { runId, records } }, index) => {
        const outcome = outcomes?.[index] ?? { error: withoutLease(runId) };
        if ('error' in outcome) return { error: toJournalError(outcome.error, this.#path) };
        if (records.length > 0) this.#witness.write(runId, outcome.result);
        return outcome;
      });
    } catch (error) {
      if (appends.length === 1 || !hasErrorCode(error, 'JARVIS_JOURNAL_NO_SPACE')) {
        return appends.map(() => ({ error }));
      }
      // What does not fit must not keep from being stored what does.
      const outcomes: Outcome<ChainHead>[] = [];
      for (const each of appends) outcomes.push(...(await this.#commit([each])));
      return outcomes;
    }
  }

  #find(): SqliteStore | undefined {
    if (this.#store !== undefined) return this.#store;
    if (hasDatabase(this.#options.directory)) {
      this.#store = this.#open();
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
