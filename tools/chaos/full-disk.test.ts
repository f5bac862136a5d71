import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { JarvisOrchestrator } from '@jarvis/loops';
import { nodeRunContext } from '@jarvis/node';
import { startFakeOpenAi } from '@jarvis/node/testing';
import { describe, expect, it } from 'vitest';

import { findRunId } from './evidence.ts';
import { createProject, git, readCommits, readGitFiles, readTree } from './project.ts';
import { readResult, runCommand, runWorker } from './run-worker.ts';
import { createModel } from './scenarios/create-model.ts';
import { twoLoop } from './scenarios/two-loop.ts';

const PAGE = 4_096;

/** Whether this user may have a disk of its own, which takes rights that few have. */
const canMount =
  spawnSync('unshare', ['--mount', 'mount', '-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', tmpdir()]).status === 0;

/** A project on a small disk of its own; the journal is on another one. */
async function openSmallDisk() {
  const parent = mkdtempSync(join(tmpdir(), 'jarvis-small-'));
  const disk = join(parent, 'disk');
  mkdirSync(disk);
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', disk]);
  const workspace = join(disk, 'project');
  createProject(workspace);
  const server = await startFakeOpenAi({ script: createModel(twoLoop, () => Promise.resolve()) });
  const ballast = join(disk, 'ballast');
  return {
    folders: { workspace, stateDirectory: join(parent, 'state') },
    baseUrl: server.baseUrl,
    requests: server.requests,
    fill: (freePages: number) => {
      const { bavail, bsize } = statfsSync(disk);
      writeFileSync(ballast, Buffer.alloc(bavail * bsize - freePages * PAGE));
    },
    empty: () => {
      rmSync(ballast);
    },
    files: () => readTree(workspace, [join(workspace, '.git')]),
    [Symbol.asyncDispose]: async () => {
      await server.close();
      execFileSync('umount', ['--lazy', disk]);
      rmSync(parent, { recursive: true, force: true });
    },
  };
}

const unfinished = (workspace: string) =>
  readGitFiles(workspace).filter((name) => /\.lock$|tmp_|\.git\/jarvis/u.test(name));

describe.runIf(canMount)('a run whose project is on a full disk', () => {
  it.each([
    { when: 'file write', freePages: 0, written: [] },
    { when: 'commit', freePages: 5, written: ['index.html', 'knots/knot-1.html'] },
  ])(
    'F22 $when: parks, leaves nothing half-done, and goes on when there is space',
    { timeout: 120_000 },
    async ({ freePages, written }) => {
      await using world = await openSmallDisk();
      const { folders, baseUrl } = world;
      const { workspace } = folders;
      world.fill(freePages);

      const end = readResult(await runWorker({ ...folders, baseUrl, mode: 'SIMPLE_2LOOP' }));

      expect(end).toMatchObject({ status: 'parked', reason: 'no_space' });
      expect(end.message).toMatch(/no space left on the disk for .+, which needs \d+ bytes/u);
      expect(Object.keys(world.files()).sort()).toEqual([...written, 'notes.txt', 'staged.txt'].sort());
      expect(unfinished(workspace)).toEqual([]);
      expect(readCommits(workspace)).toHaveLength(1);
      const asked = world.requests.length;

      world.empty();
      const runId = (await findRunId(folders)) ?? 'none';
      const resumed = await runCommand({ ...folders, baseUrl, mode: 'SIMPLE_2LOOP', runId, capUsd: 1 });

      expect(readResult(resumed).reason).not.toBe('no_space');
      expect(world.requests.slice(0, asked).map(({ bodySha256 }) => bodySha256)).not.toContain(
        world.requests[asked]?.bodySha256,
      );
      expect(readCommits(workspace).map(({ text }) => text.split('\t')[1])).toEqual([
        '',
        'round-1',
        'round-3',
      ]);
      expect(git(workspace, 'status', '--porcelain').split('\n')).toEqual(['M notes.txt', 'A  staged.txt']);
      expect(git(workspace, 'fsck', '--strict', '--no-dangling', '--no-progress')).toBe('');
      expect(unfinished(workspace)).toEqual([]);
    },
  );

  it(
    'F22 snapshot: what is brought back on a full disk is old or new, and can be brought back with space',
    { timeout: 120_000 },
    async () => {
      await using world = await openSmallDisk();
      const { folders, baseUrl } = world;
      await runWorker({ ...folders, baseUrl, mode: 'SIMPLE_2LOOP' });
      const runId = (await findRunId(folders)) ?? 'none';
      await runCommand({ ...folders, baseUrl, mode: 'SIMPLE_2LOOP', runId, capUsd: 1 });
      const whole = world.files();
      for (const path of ['index.html', 'knots/knot-1.html']) rmSync(join(folders.workspace, path));
      const context = await nodeRunContext(folders);
      const jarvis = new JarvisOrchestrator({ context });
      world.fill(1);

      await expect(jarvis.restore(runId, { round: 3 })).rejects.toMatchObject({
        code: 'JARVIS_WORKSPACE_NO_SPACE',
      });

      for (const [path, hash] of Object.entries(world.files())) expect(whole[path], path).toBe(hash);
      world.empty();
      await jarvis.restore(runId, { round: 3 });
      await context.journal.close();
      expect(world.files()).toEqual(whole);
    },
  );
});
