import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { emptyHead, type Journal, openRecords, RunRecorder } from '@jarvis/core';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';

import { readProcessIdentity } from '../src/context/process-identity.ts';
import { systemClock } from '../src/context/system-clock.ts';
import { openSqliteJournal, type SqliteJournalOptions } from '../src/sqlite/index.ts';

const MB = 2 ** 20;
const RUN = 'r1';

const reservation = { type: 'attempt.opened', data: { reservedNanoUsd: 1 } };
const answer = { type: 'attempt.closed', data: { bookedNanoUsd: 1 } };

describe('a journal on a disk that fills up', { timeout: 30_000 }, () => {
  let directory: string;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'jarvis-space-'));
    return () => rm(directory, { recursive: true, force: true });
  });

  function open(overrides: Partial<SqliteJournalOptions> = {}): Journal {
    const identity = readProcessIdentity();
    const journal = openSqliteJournal({ directory, identity, clock: systemClock, ...overrides });
    onTestFinished(() => journal.close());
    return journal;
  }

  /** Begins a run, or goes on with it as a resume does. */
  async function record(journal: Journal): Promise<RunRecorder> {
    const lease = await journal.acquire(`run:${RUN}`);
    const head = (await journal.read(RUN)).at(-1) ?? emptyHead(RUN);
    const onRecord = () => undefined;
    return new RunRecorder({ runId: RUN, journal, lease, clock: systemClock, head, onRecord });
  }

  async function typesOf(journal: Journal): Promise<readonly string[]> {
    return openRecords(RUN, await journal.read(RUN)).map(({ type }) => type);
  }

  it('F21: lets no call be announced that the reserve of 64 MB would have to hold', async () => {
    let freeBytes = 64 * MB;
    const journal = open({ readFreeBytes: () => freeBytes });
    const recorder = await record(journal);
    await recorder.append(reservation);
    freeBytes = 64 * MB - 1;

    await recorder.append(answer);
    const refused = recorder.append(reservation);

    await expect(refused).rejects.toMatchObject({
      code: 'JARVIS_JOURNAL_NO_SPACE',
      freeBytes,
      retryable: true,
    });
    await expect(refused).rejects.toThrow('Only 63 MB are left');
    expect(await typesOf(journal)).toEqual(['attempt.opened', 'attempt.closed']);
  });

  it('F21: goes on with the run once there is space again', async () => {
    let freeBytes = 0;
    const journal = open({ readFreeBytes: () => freeBytes });
    await expect((await record(journal)).append(reservation)).rejects.toThrow('left');
    await journal.close();
    freeBytes = 65 * MB;

    const later = open({ readFreeBytes: () => freeBytes });
    await (await record(later)).append(reservation);

    expect(await typesOf(later)).toEqual(['attempt.opened']);
  });

  it('asks the file system of its folder', async () => {
    const asked: string[] = [];
    const journal = open({ readFreeBytes: (folder) => (asked.push(folder), Infinity) });

    await (await record(journal)).append(reservation, answer);

    expect(asked).toEqual([directory]);
  });

  it.runIf(canMount())(
    'F21: keeps what was stored when a real disk fills up, and goes on after',
    async () => {
      const disk = join(directory, 'disk');
      mkdirSync(disk);
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=80m', 'tmpfs', disk]);
      const [journal, later] = [
        open({ directory: join(disk, 'project') }),
        open({ directory: join(disk, 'project') }),
      ];
      try {
        const recorder = await record(journal);
        await recorder.append(reservation);

        writeFileSync(join(disk, 'filler'), Buffer.alloc(20 * MB));
        await recorder.append(answer);
        await expect(recorder.append(reservation)).rejects.toMatchObject({ code: 'JARVIS_JOURNAL_NO_SPACE' });
        expect(() => {
          writeFileSync(join(disk, 'rest'), Buffer.alloc(80 * MB));
        }).toThrow('ENOSPC');
        const stored = await typesOf(later);
        for (const name of ['filler', 'rest']) rmSync(join(disk, name));
        await journal.close();
        await (await record(later)).append(reservation);

        expect(stored).toEqual(['attempt.opened', 'attempt.closed']);
        expect(await typesOf(later)).toEqual(['attempt.opened', 'attempt.closed', 'attempt.opened']);
      } finally {
        await Promise.all([journal.close(), later.close()]);
        execFileSync('umount', [disk]);
      }
    },
  );
});

/** Whether this user may mount a file system in memory, which takes rights that few have. */
function canMount(): boolean {
  const folder = join(tmpdir(), `jarvis-mount-${String(process.pid)}`);
  mkdirSync(folder);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder], { stdio: 'ignore' });
    execFileSync('umount', [folder], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
