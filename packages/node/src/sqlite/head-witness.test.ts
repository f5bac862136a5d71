import { mkdtemp, readdir, readlink, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { beforeEach, describe, expect, it } from 'vitest';

import { findLoss, HeadWitness } from './head-witness.ts';

async function openFilesIn(directory: string): Promise<readonly string[]> {
  const descriptors = await readdir('/proc/self/fd');
  const targets = await Promise.allSettled(descriptors.map((each) => readlink(`/proc/self/fd/${each}`)));
  return targets
    .flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []))
    .filter((path) => path.startsWith(directory));
}

describe('HeadWitness', () => {
  let directory: string;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'jarvis-witness-'));
    return () => rm(directory, { recursive: true, force: true });
  });

  it('remembers the last end of each run', () => {
    const witness = new HeadWitness(directory);

    witness.write('r1', { seq: 1, hash: 'a' });
    witness.write('r2', { seq: 7, hash: 'b' });
    witness.write('r1', { seq: 2, hash: 'c' });

    expect(witness.read('r1')).toEqual({ seq: 2, hash: 'c' });
    expect(witness.read('r2')).toEqual({ seq: 7, hash: 'b' });
    witness.closeAll();
  });

  it('goes on with the notes of another process', () => {
    const earlier = new HeadWitness(directory);
    earlier.write('r1', { seq: 1_000, hash: 'a'.repeat(64) });
    earlier.close('r1');
    const later = new HeadWitness(directory);

    later.write('r1', { seq: 1_001, hash: 'b'.repeat(64) });
    later.closeAll();

    expect(new HeadWitness(directory).read('r1')).toEqual({ seq: 1_001, hash: 'b'.repeat(64) });
  });

  it('notes again after a run was closed', () => {
    const witness = new HeadWitness(directory);
    witness.write('r1', { seq: 1, hash: 'a' });
    witness.close('r1');

    witness.write('r1', { seq: 2, hash: 'b' });

    expect(witness.read('r1')).toEqual({ seq: 2, hash: 'b' });
    witness.closeAll();
  });

  it.runIf(process.platform === 'linux')('leaves no file open', async () => {
    const witness = new HeadWitness(directory);
    for (let run = 0; run < 20; run += 1) witness.write(`r${String(run)}`, { seq: 1, hash: 'a' });
    const during = await openFilesIn(directory);

    witness.closeAll();

    expect(during).toHaveLength(20);
    await expect(openFilesIn(directory)).resolves.toEqual([]);
  });

  it('knows nothing, and creates nothing, before anything was written', async () => {
    const witness = new HeadWitness(directory);

    expect(witness.read('r1')).toBeUndefined();
    expect(witness.hasAny()).toBe(false);
    await expect(readdir(directory)).resolves.toEqual([]);
  });

  it('keeps run ids that are no file names inside its folder', async () => {
    new HeadWitness(directory).write('../../escaped', { seq: 1, hash: 'a' });

    await expect(readdir(directory)).resolves.toEqual(['heads']);
  });

  it.each(['', '\0\0\0\0', '{"seq":'])(
    'takes a note that a power cut left as %j for no note',
    async (left) => {
      const witness = new HeadWitness(directory);
      witness.write('r1', { seq: 1, hash: 'a' });
      const [name = ''] = await readdir(join(directory, 'heads'));

      await writeFile(join(directory, 'heads', name), left);

      expect(witness.read('r1')).toBeUndefined();
    },
  );

  it('does not fail what has been stored when it cannot note it', async () => {
    await writeFile(join(directory, 'heads'), 'a file in the way');
    const witness = new HeadWitness(directory);

    expect(() => {
      witness.write('r1', { seq: 1, hash: 'a' });
    }).not.toThrow();
  });
});

describe('findLoss', () => {
  const records = [
    { seq: 1, body: '{}', hash: 'a' },
    { seq: 2, body: '{}', hash: 'b' },
  ];

  it.each([undefined, { seq: 1, hash: 'a' }, { seq: 2, hash: 'b' }])(
    'accepts records that reach %j',
    (witnessed) => {
      expect(findLoss('r1', { records, afterSeq: 0, isCut: false }, witnessed)).toBeUndefined();
    },
  );

  it('names the records that are lost', () => {
    const loss = findLoss('r1', { records, afterSeq: 0, isCut: false }, { seq: 5, hash: 'e' });

    expect(loss).toMatchObject({ code: 'JARVIS_JOURNAL_DAMAGED', seq: 3 });
    expect(loss?.message).toContain('records 3 to 5 are lost');
  });

  it.each([1, 2, 7])('has nothing to say of what lies before the records after %i', (afterSeq) => {
    const rest = { records: records.slice(afterSeq), afterSeq, isCut: false };

    expect(findLoss('r1', rest, { seq: afterSeq, hash: 'not looked at' })).toBeUndefined();
  });

  it('names the records that are lost after those that were read before', () => {
    const loss = findLoss(
      'r1',
      { records: records.slice(1), afterSeq: 1, isCut: false },
      { seq: 3, hash: 'c' },
    );

    expect(loss).toMatchObject({ seq: 3 });
  });

  it('notices another record behind those that were read before', () => {
    const part = { records: records.slice(1), afterSeq: 1, isCut: false };

    expect(findLoss('r1', part, { seq: 2, hash: 'b' })).toBeUndefined();
    expect(findLoss('r1', part, { seq: 2, hash: 'x' })).toMatchObject({ seq: 2 });
  });

  it('does not take the end of a piece for the end of the run', () => {
    const piece = { records, afterSeq: 0, isCut: true };

    expect(findLoss('r1', piece, { seq: 3, hash: 'c' })).toBeUndefined();
    expect(findLoss('r1', piece, { seq: 2, hash: 'b' })).toBeUndefined();
    expect(findLoss('r1', piece, { seq: 2, hash: 'x' })).toMatchObject({ seq: 2 });
  });

  it('notices another record in the place of the one that was written', () => {
    expect(findLoss('r1', { records, afterSeq: 0, isCut: false }, { seq: 2, hash: 'x' })).toMatchObject({
      code: 'JARVIS_JOURNAL_DAMAGED',
      seq: 2,
    });
  });
});
