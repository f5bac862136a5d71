import { LeaseHeldError, StaleWriterError } from './journal-errors.ts';
import type { AppendRequest, Journal, Lease } from './journal.ts';
import type { SealedRecord } from './journal-record.ts';
import { emptyHead } from './record-chain.ts';

interface HeldLease {
  readonly epoch: number;
  readonly isHeld: boolean;
}

/** A journal that lives as long as the object: the reference for adapters, and the one to use in tests. */
export class MemoryJournal implements Journal {
  readonly #runs = new Map<string, SealedRecord[]>();
  readonly #blobs = new Map<string, string>();
  readonly #leases = new Map<string, HeldLease>();

  acquire(resource: string): Promise<Lease> {
    const held = this.#leases.get(resource);
    if (held?.isHeld === true) {
      return Promise.reject(new LeaseHeldError({ resource, owner: 'another holder in this process' }));
    }
    const epoch = (held?.epoch ?? 0) + 1;
    this.#leases.set(resource, { epoch, isHeld: true });
    return Promise.resolve({ resource, epoch });
  }

  release({ resource, epoch }: Lease): Promise<void> {
    if (this.#leases.get(resource)?.epoch === epoch) {
      this.#leases.set(resource, { epoch, isHeld: false });
    }
    return Promise.resolve();
  }

  append(request: AppendRequest): Promise<void> {
    const { runId, lease, previousHash } = request;
    const held = this.#leases.get(lease.resource);
    if (lease.resource !== `run:${runId}` || held?.isHeld !== true || held.epoch !== lease.epoch) {
      return Promise.reject(new StaleWriterError({ runId, problem: 'its lease was taken over' }));
    }
    const stored = this.#runs.get(runId) ?? [];
    if ((stored.at(-1) ?? emptyHead(runId)).hash !== previousHash) {
      return Promise.reject(new StaleWriterError({ runId, problem: 'the journal has moved on' }));
    }
    this.#runs.set(runId, stored);
    stored.push(...request.records);
    for (const { hash, content } of request.blobs) this.#blobs.set(hash, content);
    return Promise.resolve();
  }

  read(runId: string): Promise<readonly SealedRecord[]> {
    return Promise.resolve([...(this.#runs.get(runId) ?? [])]);
  }

  listRuns(): Promise<readonly string[]> {
    return Promise.resolve([...this.#runs.keys()].reverse());
  }

  readBlob(hash: string): Promise<string | undefined> {
    return Promise.resolve(this.#blobs.get(hash));
  }

  close(): Promise<void> {
    // The epochs stay: a lease from before must not be valid again.
    for (const [resource, { epoch }] of this.#leases) this.#leases.set(resource, { epoch, isHeld: false });
    return Promise.resolve();
  }
}
