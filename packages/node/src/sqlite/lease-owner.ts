import { z } from 'zod';

import type { ProcessIdentity } from '../context/process-identity.ts';
import { lifeOfProcess } from '../context/process-life.ts';

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

/**
 * Tells whether a lease may be taken over: its holder is dead for certain, or has been silent for 30 seconds.
 *
 * The process is looked up where both live in one pid namespace of one boot. The silence is measured with the
 * monotonic clock within one boot, so that a clock that is set wrong steals nothing; only across machines the wall
 * clock has to do.
 */
export function mayTakeOver({ owner, lastBeat }: HeldBy, self: ProcessIdentity, now: Heartbeat): boolean {
  const isSameBoot = owner.bootId !== '' && owner.bootId === self.bootId;
  if (isSameBoot) {
    return isGone(owner, self) || now.monotonicMs - lastBeat.monotonicMs > SILENT_AFTER_MS;
  }
  const isSameMachine = owner.host === self.host;
  if (isSameMachine && owner.bootId !== '' && self.bootId !== '') return true;
  return (isSameMachine && isGone(owner, self)) || now.wallMs - lastBeat.wallMs > SILENT_AFTER_MS;
}

function isGone(owner: ProcessIdentity, self: ProcessIdentity): boolean {
  if (owner.pidNamespace !== self.pidNamespace) return false;
  return lifeOfProcess({ pid: owner.pid, startedAt: owner.processStartedAt }) === 'dead';
}

/** The holder as people are told: `process 4711 on host`. */
export function renderOwner({ pid, host }: ProcessIdentity): string {
  return `process ${String(pid)} on ${host}`;
}
