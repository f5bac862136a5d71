import type { Journal } from '../journal/journal.ts';
import type { CrashingCrashPoint } from './crashing-crash-point.ts';

/**
 * A journal that is out of reach once the crash point has crashed, so that nothing a run does while the error
 * passes through it gets on record. To resume, close the journal inside, which frees the leases of the dead, and
 * go on with it.
 */
export function withCrash(journal: Journal, crashPoint: CrashingCrashPoint): Journal {
  const reach = (): Journal => {
    crashPoint.throwIfCrashed();
    return journal;
  };
  return {
    acquire: async (resource) => reach().acquire(resource),
    findHolder: async (resource) => reach().findHolder(resource),
    release: async (lease) => reach().release(lease),
    append: async (request) => reach().append(request),
    read: async (runId, afterSeq, limit) => reach().read(runId, afterSeq, limit),
    readLast: async (runId) => reach().readLast(runId),
    post: async (post) => reach().post(post),
    readInbox: async (runId) => reach().readInbox(runId),
    forget: async (runId, lease) => reach().forget(runId, lease),
    listRuns: async () => reach().listRuns(),
    readBlob: async (hash) => reach().readBlob(hash),
    close: async () => reach().close(),
  };
}
