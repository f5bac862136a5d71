import type { Journal } from '../journal/journal.ts';
import type { CrashingCrashPoint } from './crashing-crash-point.ts';

/**
 * A journal that is out of reach once the crash point has crashed, so that nothing a run does while the error
 * passes through it gets on record. To resume, close the journal inside, which frees the leases of the dead, and
 * go on with it.
 */
export function withCrash(journal: Journal, crashPoint: CrashingCrashPoint): Journal {
  return {
    async acquire(resource) {
      crashPoint.throwIfCrashed();
      return journal.acquire(resource);
    },
    async findHolder(resource) {
      crashPoint.throwIfCrashed();
      return journal.findHolder(resource);
    },
    async release(lease) {
      crashPoint.throwIfCrashed();
      await journal.release(lease);
    },
    async append(request) {
      crashPoint.throwIfCrashed();
      await journal.append(request);
    },
    async read(runId, afterSeq) {
      crashPoint.throwIfCrashed();
      return journal.read(runId, afterSeq);
    },
    async post(post) {
      crashPoint.throwIfCrashed();
      return journal.post(post);
    },
    async readInbox(runId) {
      crashPoint.throwIfCrashed();
      return journal.readInbox(runId);
    },
    async forget(runId, lease) {
      crashPoint.throwIfCrashed();
      await journal.forget(runId, lease);
    },
    async listRuns() {
      crashPoint.throwIfCrashed();
      return journal.listRuns();
    },
    async readBlob(hash) {
      crashPoint.throwIfCrashed();
      return journal.readBlob(hash);
    },
    async close() {
      crashPoint.throwIfCrashed();
      await journal.close();
    },
  };
}
