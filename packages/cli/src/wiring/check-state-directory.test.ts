import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { beforeEach, describe, expect, it } from 'vitest';

import { checkStateDirectory, judgeSpace } from './check-state-directory.ts';

const MB = 2 ** 20;

describe('judgeSpace', () => {
  it.each([
    { freeBytes: 64 * MB - 1, verdict: 'problem' },
    { freeBytes: 64 * MB, verdict: 'warning' },
    { freeBytes: 1024 * MB, verdict: 'ok' },
    { freeBytes: undefined, verdict: 'ok' },
  ])('finds $freeBytes bytes: $verdict', ({ freeBytes, verdict }) => {
    expect(judgeSpace(freeBytes).verdict).toBe(verdict);
  });
});

describe('checkStateDirectory', () => {
  let root: string;

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'jarvis-doctor-'));
    return () => rm(root, { recursive: true, force: true });
  });

  const check = () =>
    checkStateDirectory({
      stateDirectory: join(root, 'state'),
      journalDirectory: join(root, 'state', 'projects', 'bakery'),
    });

  it('has nothing to say against one that is not there yet', async () => {
    const found = await check();

    expect(found.map(({ about }) => about)).toEqual(['state', 'privacy', 'space']);
    expect(found.slice(0, 2).map(({ verdict }) => verdict)).toEqual(['ok', 'ok']);
  });

  it.each(['', 'state', 'state/projects', 'state/projects/bakery'])(
    'finds that nothing can be written in "%s", and names the folder',
    async (place) => {
      const folder = join(root, place);
      await mkdir(folder, { recursive: true });
      await chmod(root, 0o755);
      await chmod(folder, 0o555);

      const [found] = await withoutPowers(check);
      await chmod(folder, 0o755);

      expect(found).toMatchObject({ about: 'state', verdict: 'problem' });
      expect(found?.text).toContain(`${folder}: your user may not write in it`);
    },
  );

  it('finds that it may not even be looked into', async () => {
    const folder = join(root, 'state', 'projects');
    await mkdir(join(folder, 'bakery'), { recursive: true });
    await chmod(root, 0o755);
    await chmod(folder, 0);

    const found = await withoutPowers(check);
    await chmod(folder, 0o755);

    expect(found.map(({ verdict }) => verdict)).toEqual(['problem', 'problem', 'warning']);
  });
});

/** Does something as a user who may not do everything, also where the tests run as root. */
async function withoutPowers<Result>(work: () => Promise<Result>): Promise<Result> {
  if (process.geteuid?.() !== 0) return work();
  process.seteuid?.(65_534);
  try {
    return await work();
  } finally {
    process.seteuid?.(0);
  }
}
