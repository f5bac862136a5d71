import type { DatabaseSync, StatementSync } from 'node:sqlite';

import { type Lease, LeaseHeldError, type LeaseHolder } from '@jarvis/core';
import { z } from 'zod';

import type { ProcessIdentity } from '../context/process-identity.ts';
import { JournalUnreadableError } from './errors.ts';
import { type Heartbeat, leaseOwnerSchema, lookAtHolder, renderOwner } from './lease-owner.ts';

const leaseRowSchema = z.object({
  epoch: z.int().positive(),
  owner: z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(leaseOwnerSchema),
  monotonicMs: z.number(),
  wallMs: z.number(),
  released: z.union([z.literal(0), z.literal(1)]),
});

const resourceRowsSchema = z.array(z.object({ resource: z.string() }));

type LeaseRow = z.infer<typeof leaseRowSchema>;

/** The leases of one journal. Each method is one statement or belongs into one transaction of the caller. */
export class SqliteLeases {
  readonly #path: string;
  readonly #find: StatementSync;
  readonly #held: StatementSync;
  readonly #take: StatementSync;
  readonly #beat: StatementSync;
  readonly #release: StatementSync;
  readonly #isHeld: StatementSync;

  constructor(database: DatabaseSync, path: string) {
    this.#path = path;
    this.#find = database.prepare(
      'select epoch, owner, beat_monotonic_ms as monotonicMs, beat_wall_ms as wallMs, released from leases where resource = ?',
    );
    this.#held = database.prepare('select resource from leases where released = 0');
    this.#take = database.prepare('insert or replace into leases values (?, ?, ?, ?, ?, 0)');
    this.#beat = database.prepare(
      'update leases set beat_monotonic_ms = ?, beat_wall_ms = ? where resource = ? and epoch = ? and released = 0',
    );
    this.#release = database.prepare('update leases set released = 1 where resource = ? and epoch = ?');
    this.#isHeld = database.prepare('select 1 from leases where resource = ? and epoch = ? and released = 0');
  }

  /**
   * Gives the lease to `self` with the next epoch.
   *
   * @throws {@link LeaseHeldError} when another holder, or this process itself, is alive and has it.
   */
  take(resource: string, self: ProcessIdentity, now: Heartbeat): Lease {
    const held = this.#read(resource);
    proveFree(resource, held, { self, now });
    const epoch = (held?.epoch ?? 0) + 1;
    this.#take.run(resource, epoch, JSON.stringify(self), now.monotonicMs, now.wallMs);
    return { resource, epoch };
  }

  /** Who has the lease, as `Journal.findHolder` tells it. */
  findHolder(resource: string, self: ProcessIdentity, now: Heartbeat): LeaseHolder | undefined {
    const held = this.#read(resource);
    if (held?.released !== 0) return undefined;
    const { remainingMs, ...found } = lookAtHolder({ owner: held.owner, lastBeat: held }, self, now);
    return { owner: renderOwner(held.owner), ...found, heldUntilMs: now.wallMs + remainingMs };
  }

  /** @throws {@link LeaseHeldError} when any lease has a living holder. */
  proveAllFree(self: ProcessIdentity, now: Heartbeat): void {
    for (const { resource } of resourceRowsSchema.parse(this.#held.all())) {
      proveFree(resource, this.#read(resource), { self, now });
    }
  }

  /** Notes that the holder is alive, if it still is the holder. */
  beat({ resource, epoch }: Lease, now: Heartbeat): void {
    this.#beat.run(now.monotonicMs, now.wallMs, resource, epoch);
  }

  isHeld({ resource, epoch }: Lease): boolean {
    return this.#isHeld.get(resource, epoch) !== undefined;
  }

  release({ resource, epoch }: Lease): void {
    this.#release.run(resource, epoch);
  }

  #read(resource: string): LeaseRow | undefined {
    const row = this.#find.get(resource);
    if (row === undefined) return undefined;
    try {
      return leaseRowSchema.parse(row);
    } catch (cause) {
      throw new JournalUnreadableError({
        path: this.#path,
        problem: `its lease on ${resource} is damaged`,
        cause,
      });
    }
  }
}

function proveFree(
  resource: string,
  held: LeaseRow | undefined,
  { self, now }: { readonly self: ProcessIdentity; readonly now: Heartbeat },
): void {
  if (held?.released !== 0) return;
  if (lookAtHolder({ owner: held.owner, lastBeat: held }, self, now).mayBeTakenOver) return;
  throw new LeaseHeldError({ resource, owner: renderOwner(held.owner) });
}
