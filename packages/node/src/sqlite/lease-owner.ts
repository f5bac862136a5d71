import { z } from 'zod';

import type { ProcessIdentity } from '../context/process-identity.ts';
import { lifeOfProcess, type ProcessLife } from '../context/process-life.ts';

/** A holder that gives no sign of life for this long has lost its lease, even when its process is there. */
const SILENT_AFTER_MS = 30_000;

export const leaseOwnerSchema = z.object({
  pid: z.int().positive(),
  processStartedAt: z.string(),
  bootId: z.string(),
  host: z.string(),
  pidNamespace: z.string(),
});

/** A holder's last sign of life, on both of its clocks. */
export interface Heartbeat {
  /** Milliseconds since the start of the machine: comparable between processes of one boot. */
  readonly monotonicMs: number;
  /** Milliseconds since 1970 UTC. */
  readonly wallMs: number;
}

export interface HeldBy {
  readonly owner: ProcessIdentity;
  readonly lastBeat: Heartbeat;
}

/** What can be said of a holder without asking it. */
export interface HolderLook {
  readonly process: ProcessLife;
  /** How much longer its last sign of life counts, in milliseconds; negative when it has been silent for too long. */
  readonly remainingMs: number;
  /** It is dead for certain, or has been silent for 30 seconds. */
  readonly mayBeTakenOver: boolean;
}

/**
 * Looks at the holder of a lease.
 *
 * The process is looked up where both live in one pid namespace of one boot. The silence is measured with the
 * monotonic clock within one boot, so that a clock that is set wrong steals nothing; only across machines the wall
 * clock has to do.
 */
export function lookAtHolder(held: HeldBy, self: ProcessIdentity, now: Heartbeat): HolderLook {
  const life = lifeOfOwner(held.owner, self);
  const silentMs = isSameBoot(held.owner, self)
    ? now.monotonicMs - held.lastBeat.monotonicMs
    : now.wallMs - held.lastBeat.wallMs;
  const remainingMs = SILENT_AFTER_MS - silentMs;
  return { process: life, remainingMs, mayBeTakenOver: life === 'dead' || remainingMs < 0 };
}

function lifeOfOwner(owner: ProcessIdentity, self: ProcessIdentity): ProcessLife {
  if (!isSameBoot(owner, self)) {
    if (owner.host !== self.host) return 'unknown';
    // The machine was started again since.
    if (owner.bootId !== '' && self.bootId !== '') return 'dead';
  }
  if (owner.pidNamespace !== self.pidNamespace) return 'unknown';
  return lifeOfProcess({ pid: owner.pid, startedAt: owner.processStartedAt });
}

function isSameBoot(owner: ProcessIdentity, self: ProcessIdentity): boolean {
  return owner.bootId !== '' && owner.bootId === self.bootId;
}

/** The holder as people are told: `process 4711 on host`. */
export function renderOwner({ pid, host }: ProcessIdentity): string {
  return `process ${String(pid)} on ${host}`;
}
