import { LeaseHeldError, RunNotFoundError, StaleWriterError } from './journal-errors.ts';
import type { AppendRequest, InboxEntry, InboxPost, Journal } from './journal.ts';
import type { SealedRecord } from './journal-record.ts';
import type { Lease, LeaseHolder } from './lease.ts';
import { emptyHead } from './record-chain.ts';

const OWNER = 'another holder in this process';

interface HeldLease {
  readonly epoch: number;
  readonly isHeld: boolean;
}

interface WaitingEntry extends InboxEntry {
  readonly isTaken: boolean;
}

/** Records and uses are added in place: a long run must be as cheap to append to as a short one. */
interface StoredRun {
  readonly records: SealedRecord[];
  readonly inbox: readonly WaitingEntry[];
  /** Hashes of the contents this run has handed in. */
  readonly uses: Set<string>;
}

/** A journal that lives as long as the object: the reference for adapters, and the one to use in tests. */
export class MemoryJournal implements Journal {
  readonly #runs = new Map<string, StoredRun>();
  readonly #blobs = new Map<string, string>();
  readonly #leases = new Map<string, HeldLease>();
  /** What was acquired and not given back, also when it was taken over meanwhile. */
  readonly #acquired = new Map<string, Lease>();

  async acquire(resource: string): Promise<Lease> {
    const held = this.#leases.get(resource);
    if (held?.isHeld === true) {
      throw new LeaseHeldError({ resource, owner: OWNER });
    }
    const lease = this.#giveAway(resource);
    this.#acquired.set(resource, lease);
    return lease;
  }

  async findHolder(resource: string): Promise<LeaseHolder | undefined> {
    if (this.#leases.get(resource)?.isHeld !== true) return undefined;
    return { owner: OWNER, process: 'alive', heldUntilMs: Infinity, mayBeTakenOver: false };
  }

  /** Gives a lease to someone else, as happens to a process that sleeps for too long. For tests. */
  takeOver(resource: string): Lease {
    return this.#giveAway(resource);
  }

  async release({ resource, epoch }: Lease): Promise<void> {
    if (this.#acquired.get(resource)?.epoch === epoch) this.#acquired.delete(resource);
    if (this.#leases.get(resource)?.epoch === epoch) {
      this.#leases.set(resource, { epoch, isHeld: false });
    }
  }

  async append(request: AppendRequest): Promise<void> {
    const { runId, lease, previousHash, records, blobs, taken = [] } = request;
    this.#proveLeases(runId, lease);
    const run = this.#runs.get(runId) ?? { records: [], inbox: [], uses: new Set() };
    const head = run.records.at(-1) ?? emptyHead(runId);
    if (head.hash !== previousHash) {
      throw new StaleWriterError({ runId, problem: 'the journal has moved on' });
    }
    if (records.some(({ seq }, index) => seq !== head.seq + 1 + index)) {
      throw new StaleWriterError({ runId, problem: `its records do not follow record ${String(head.seq)}` });
    }
    const inbox = takeEntries(runId, run.inbox, taken);
    for (const { hash, content } of blobs) this.#blobs.set(hash, content);
    if (records.length + run.records.length === 0) return;
    for (const record of records) run.records.push(record);
    for (const { hash } of blobs) run.uses.add(hash);
    this.#runs.set(runId, { ...run, inbox });
  }

  async post({ runId, ...entry }: InboxPost): Promise<'posted' | 'known'> {
    const run = this.#runs.get(runId);
    if (run === undefined) throw new RunNotFoundError({ runId });
    if (run.inbox.some(({ id }) => id === entry.id)) return 'known';
    this.#runs.set(runId, { ...run, inbox: [...run.inbox, { ...entry, isTaken: false }] });
    return 'posted';
  }

  async readInbox(runId: string): Promise<readonly InboxEntry[]> {
    const inbox = this.#runs.get(runId)?.inbox ?? [];
    return inbox.filter(({ isTaken }) => !isTaken).map(({ id, body, atMs }) => ({ id, body, atMs }));
  }

  async forget(runId: string, lease: Lease): Promise<void> {
    this.#proveLeases(runId, lease);
    const uses = this.#runs.get(runId)?.uses ?? [];
    this.#runs.delete(runId);
    const others = [...this.#runs.values()];
    for (const hash of uses) {
      if (!others.some((other) => other.uses.has(hash))) this.#blobs.delete(hash);
    }
  }

  async read(runId: string, afterSeq = 0, limit = Infinity): Promise<readonly SealedRecord[]> {
    return (this.#runs.get(runId)?.records ?? []).slice(afterSeq, afterSeq + limit);
  }

  async readLast(runId: string): Promise<SealedRecord | undefined> {
    return this.#runs.get(runId)?.records.at(-1);
  }

  async listRuns(): Promise<readonly string[]> {
    return [...this.#runs.keys()].reverse();
  }

  async readBlob(hash: string): Promise<string | undefined> {
    return this.#blobs.get(hash);
  }

  async close(): Promise<void> {
    this.#acquired.clear();
    // The epochs stay: a lease from before must not be valid again.
    for (const [resource, { epoch }] of this.#leases) this.#leases.set(resource, { epoch, isHeld: false });
  }

  #giveAway(resource: string): Lease {
    const epoch = (this.#leases.get(resource)?.epoch ?? 0) + 1;
    this.#leases.set(resource, { epoch, isHeld: true });
    return { resource, epoch };
  }

  #proveLeases(runId: string, lease: Lease): void {
    const others = [...this.#acquired.values()].filter(({ resource }) => !resource.startsWith('run:'));
    const isOfRun = lease.resource === `run:${runId}`;
    const lost = isOfRun ? [lease, ...others].find((each) => !this.#isHeld(each)) : lease;
    if (lost !== undefined) {
      throw new StaleWriterError({ runId, problem: `the lease on ${lost.resource} was taken over` });
    }
  }

  #isHeld({ resource, epoch }: Lease): boolean {
    const held = this.#leases.get(resource);
    return held?.isHeld === true && held.epoch === epoch;
  }
}

function takeEntries(
  runId: string,
  inbox: readonly WaitingEntry[],
  taken: readonly string[],
): readonly WaitingEntry[] {
  return taken.reduce((entries, id) => {
    if (!entries.some((entry) => entry.id === id && !entry.isTaken)) {
      throw new StaleWriterError({ runId, problem: `the message ${id} does not wait in its inbox` });
    }
    return entries.map((entry) => (entry.id === id ? { ...entry, isTaken: true } : entry));
  }, inbox);
}
