import { expect, it } from 'vitest';

import { emptyHead } from '../../journal/record-chain.ts';
import type { JournalUnderTest } from './journal-contract.ts';
import { openRun } from './run-writer.ts';

/** Who may write. */
export function journalLeaseTests(current: () => JournalUnderTest): void {
  it('gives a lease to one holder at a time', async () => {
    const { journal } = current();
    await journal.acquire('run:run-a');

    await expect(journal.acquire('run:run-a')).rejects.toMatchObject({
      code: 'JARVIS_LEASE_HELD',
      resource: 'run:run-a',
    });
  });

  it('does not give a lease to a second process while the first is alive', async () => {
    const { journal, reopen } = current();
    await journal.acquire('workspace:/somewhere');
    const other = await reopen();

    await expect(other.acquire('workspace:/somewhere')).rejects.toMatchObject({ code: 'JARVIS_LEASE_HELD' });
  });

  it('gives leases on different things side by side', async () => {
    const { journal } = current();

    const leases = [await journal.acquire('run:run-a'), await journal.acquire('workspace:/somewhere')];

    expect(leases.map(({ resource }) => resource)).toEqual(['run:run-a', 'workspace:/somewhere']);
  });

  it('counts the holders up', async () => {
    const { journal } = current();
    const first = await journal.acquire('run:run-a');
    await journal.release(first);

    const second = await journal.acquire('run:run-a');

    expect(second.epoch).toBeGreaterThan(first.epoch);
  });

  holderTests(current);
  staleLeaseTests(current);
  takenOverTests(current);
}

function holderTests(current: () => JournalUnderTest): void {
  it.each(['run:run-a', 'workspace:/somewhere'])(
    'tells who holds %s, here and elsewhere',
    async (resource) => {
      const { journal, reopen } = current();
      await journal.acquire(resource);
      const other = await reopen();

      const found = await other.findHolder(resource);

      expect(found).toMatchObject({ process: 'alive', mayBeTakenOver: false });
      expect(found?.heldUntilMs).toBeGreaterThan(0);
      await expect(other.acquire(resource)).rejects.toMatchObject({ owner: found?.owner });
    },
  );

  it('finds no holder where nothing was ever acquired', async () => {
    const { journal } = current();

    expect(await journal.findHolder('run:run-a')).toBeUndefined();
  });

  it('finds no holder of what was given back', async () => {
    const { journal } = current();
    await journal.release(await journal.acquire('run:run-a'));

    expect(await journal.findHolder('run:run-a')).toBeUndefined();
  });

  it('takes nothing from the holder by a look', async () => {
    const { journal, reopen } = current();
    const writer = await openRun(journal, 'run-a');
    const other = await reopen();

    await other.findHolder('run:run-a');
    await writer.append('still mine');

    expect(await journal.read('run-a')).toEqual(writer.written);
  });
}

function takenOverTests(current: () => JournalUnderTest): void {
  it.each(['run:run-a', 'workspace:/somewhere'])(
    'refuses what is written once %s was taken over',
    async (lost) => {
      const { journal, takeOver } = current();
      await journal.acquire('workspace:/somewhere');
      const writer = await openRun(journal, 'run-a');
      await writer.append('first');
      await takeOver(lost);

      const refused = writer.append('second');

      await expect(refused).rejects.toMatchObject({ code: 'JARVIS_JOURNAL_STALE_WRITER', runId: 'run-a' });
      await expect(refused).rejects.toThrow(`the lease on ${lost} was taken over`);
      expect(await journal.read('run-a')).toEqual(writer.written);
    },
  );

  it('writes to one run when the lease on another was taken over', async () => {
    const { journal, takeOver } = current();
    const [a, b] = [await openRun(journal, 'run-a'), await openRun(journal, 'run-b')];
    await takeOver('run:run-b');

    const outcomes = await Promise.allSettled([a.append('mine'), b.append('lost')]);

    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect(await journal.read('run-a')).toEqual(a.written);
    expect(await journal.read('run-b')).toEqual([]);
  });

  it('writes again once the lost lease on a workspace was given back', async () => {
    const { journal, takeOver } = current();
    const lost = await journal.acquire('workspace:/somewhere');
    const writer = await openRun(journal, 'run-a');
    await takeOver('workspace:/somewhere');
    await expect(writer.append('refused')).rejects.toThrow();

    await journal.release(lost);
    await writer.append('elsewhere');

    expect(await journal.read('run-a')).toEqual(writer.written);
  });
}

function staleLeaseTests(current: () => JournalUnderTest): void {
  it('refuses what is written under a lease that was given back', async () => {
    const { journal } = current();
    const writer = await openRun(journal, 'run-a');
    await writer.append('first');
    await journal.release(writer.lease);

    await expect(writer.append('second')).rejects.toMatchObject({ code: 'JARVIS_JOURNAL_STALE_WRITER' });
    expect(await journal.read('run-a')).toHaveLength(1);
  });

  it('refuses what an earlier holder writes after the lease has changed hands', async () => {
    const { journal } = current();
    const earlier = await openRun(journal, 'run-a');
    await journal.release(earlier.lease);
    const later = await openRun(journal, 'run-a');

    await expect(earlier.append('too late')).rejects.toMatchObject({ code: 'JARVIS_JOURNAL_STALE_WRITER' });
    await later.append('in time');

    expect(await journal.read('run-a')).toEqual(later.written);
  });

  it('does not take a lease from its holder when an earlier one gives it back', async () => {
    const { journal } = current();
    const earlier = await journal.acquire('run:run-a');
    await journal.release(earlier);
    const later = await openRun(journal, 'run-a');

    await journal.release(earlier);

    await expect(journal.acquire('run:run-a')).rejects.toMatchObject({ code: 'JARVIS_LEASE_HELD' });
    await later.append('still mine');
  });

  it('refuses what is written under the lease of another run', async () => {
    const { journal } = current();
    const writer = await openRun(journal, 'run-a');
    const foreign = await journal.acquire('run:run-b');

    const request = { ...writer.request(emptyHead('run-a'), ['smuggled'], []), lease: foreign };

    await expect(journal.append(request)).rejects.toMatchObject({ code: 'JARVIS_JOURNAL_STALE_WRITER' });
    expect(await journal.read('run-a')).toEqual([]);
  });
}
