import { describe, expect, it } from 'vitest';

import { MemoryJournal } from '../journal/memory-journal.ts';
import { journalContract } from './contracts/journal-contract.ts';
import { CrashingCrashPoint, SimulatedCrash } from './crashing-crash-point.ts';
import { withCrash } from './with-crash.ts';

journalContract('a journal that could crash and does not', async () => {
  const inside = new MemoryJournal();
  const journal = withCrash(inside, new CrashingCrashPoint());
  const takeOver = async (resource: string) => void inside.takeOver(resource);
  return { journal, reopen: async () => journal, takeOver, dispose: () => inside.close() };
});

describe('withCrash', () => {
  it('is out of reach after the crash, and its journal can be gone on with', async () => {
    const inside = new MemoryJournal();
    const crashPoint = new CrashingCrashPoint({ place: 'run.accepted' });
    const journal = withCrash(inside, crashPoint);
    const lease = await journal.acquire('run:run-1');
    expect(() => {
      crashPoint.reach('run.accepted');
    }).toThrow(SimulatedCrash);

    const request = { runId: 'run-1', lease, previousHash: '', records: [], blobs: [] };
    const outcomes = await Promise.allSettled([
      journal.acquire('run:run-2'),
      journal.release(lease),
      journal.append(request),
      journal.read('run-1'),
      journal.readLast('run-1'),
      journal.post({ runId: 'run-1', id: 'entry-1', body: '', atMs: 0 }),
      journal.readInbox('run-1'),
      journal.forget('run-1', lease),
      journal.listRuns(),
      journal.readBlob(''),
      journal.close(),
    ]);
    await inside.close();

    expect(outcomes).toEqual(outcomes.map(() => ({ status: 'rejected', reason: crashPoint.crash })));
    expect((await inside.acquire('run:run-1')).epoch).toBe(2);
  });
});
