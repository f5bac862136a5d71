import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmdirSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describe, expect, inject, it } from 'vitest';

import { openBench } from '../src/fault-bench.ts';

const MB = 2 ** 20;

/** A file system in memory, of which the 64 MB that have to be free are less than the half. */
class Disk implements Disposable {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
    mkdirSync(folder, { recursive: true });
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=150m', 'tmpfs', folder], { stdio: 'ignore' });
  }

  [Symbol.dispose](): void {
    execFileSync('umount', [this.folder], { stdio: 'ignore' });
  }
}

/** Whether this user may mount a file system, which takes rights that few have. */
function canMount(): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'jarvis-mount-'));
  try {
    new Disk(folder)[Symbol.dispose]();
    return true;
  } catch {
    return false;
  } finally {
    rmdirSync(folder);
  }
}

describe('a run whose journal is on a disk that fills up', () => {
  it.runIf(canMount())('F21: ends with 9 before the next call, and goes on when there is space', async () => {
    using disk = new Disk(join(inject('installed'), 'state', 'full-disk'));
    const filler = join(disk.folder, 'filler');
    await using bench = await openBench(inject('installed'), 'full-disk', {
      beforeAnswer: async ({ n }) => {
        if (n === 2) await writeFile(filler, Buffer.alloc(100 * MB));
      },
    });

    const stopped = await bench.startRun().ended;
    const asked = bench.countRequests();
    const kept = await bench.readRecords();
    const again = await (await bench.startResume()).ended;
    rmSync(filler);
    const resumed = await bench.resume();

    expect(bench.desk.stateDirectory).toBe(disk.folder);
    expect(stopped.code).toBe(9);
    expect(stopped.err).toMatch(/Only \d+ MB are left/u);
    expect(stopped.err + stopped.out).not.toMatch(/^ +at /mu);
    expect(asked).toEqual([1, 1]);
    expect(kept.filter(({ type }) => type === 'attempt.closed')).toHaveLength(2);
    expect(again.code).toBe(9);
    expect(resumed).toMatchObject({ code: 0, status: 'done', cost: { calls: 3, inDoubtCalls: 0 } });
    expect(bench.countRequests()).toEqual([1, 1, 1]);
  });
});
