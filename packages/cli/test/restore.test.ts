import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { main } from '@jarvis/cli';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';

const TASK = 'Build a landing page for a bakery called Rye & Shine';

let root: string;
let folder: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'jarvis-restore-'));
  folder = join(root, 'project');
  mkdirSync(folder);
  writeFileSync(join(folder, 'style.css'), 'mine');
});

afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

/** Calls the command as a shell would, with a state directory of its own. */
async function jarvis(...args: readonly string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const code = await main([...args, '--state-dir', join(root, 'state')], {
    out: (text) => out.push(text),
    err: (text) => err.push(text),
    folder,
    onStopSignal: () => () => undefined,
    exit: (status) => {
      throw new Error(`exit ${String(status)}`);
    },
  });
  return { code, out: out.join(''), err: err.join('') };
}

async function runSimulated(): Promise<string> {
  const { out } = await jarvis('run', TASK, '--simulate', '--json');
  return z.object({ runId: z.string() }).parse(JSON.parse(out)).runId;
}

describe('jarvis restore', () => {
  it('tells what it would do, then does it', async () => {
    const runId = await runSimulated();

    const told = await jarvis('restore', runId, '--round', '0', '--dry-run');
    const isThere = existsSync(join(folder, 'index.html'));
    const done = await jarvis('restore', runId, '--round', '0');

    expect(told.out).toContain('to restore  style.css');
    expect(isThere).toBe(true);
    expect(done).toMatchObject({ code: 0, err: '' });
    expect(done.out).toContain(`Brought the files of run ${runId} back to what they were before the run.`);
    expect(readdirSync(folder)).toEqual(['style.css']);
    expect(readFileSync(join(folder, 'style.css'), 'utf8')).toBe('mine');
  });

  it('lists the rounds it takes when none is named, and touches nothing', async () => {
    const runId = await runSimulated();

    const [listed, json, shown] = [
      await jarvis('restore', runId),
      await jarvis('restore', runId, '--json'),
      await jarvis('show', runId),
    ];

    expect(listed.code).toBe(0);
    expect(listed.out).toMatch(/\n {2}0 {2}.* UTC {2}before the run\n {2}1 {2}.* UTC {2}.*style\.css/u);
    expect(JSON.parse(json.out)).toMatchObject({ runId, snapshots: [{ round: 0 }, { round: 1 }, {}] });
    expect(shown.out).toMatch(/--round <number>:\n {2}0 .* before the run\n {2}1 /u);
    expect(existsSync(join(folder, 'index.html'))).toBe(true);
  });

  it('leaves what was changed since with exit code 7, and overwrites it only by force', async () => {
    const runId = await runSimulated();
    writeFileSync(join(folder, 'style.css'), 'changed since');

    const careful = await jarvis('restore', runId, '--round', '0', '--json');
    const kept = readFileSync(join(folder, 'style.css'), 'utf8');
    const forced = await jarvis('restore', runId, '--round', '0', '--force');

    expect(careful.code).toBe(7);
    expect(JSON.parse(careful.out)).toMatchObject({
      round: 0,
      restored: [],
      left: ['style.css'],
      isDryRun: false,
    });
    expect(kept).toBe('changed since');
    expect(forced.code).toBe(0);
    expect(readFileSync(join(folder, 'style.css'), 'utf8')).toBe('mine');
  });

  it('says what to do about what was left', async () => {
    const runId = await runSimulated();
    writeFileSync(join(folder, 'style.css'), 'changed since');

    const { out } = await jarvis('restore', runId, '--round', '1');

    expect(out).toContain('left as it is  style.css');
    expect(out).toContain('--force');
  });

  it.each([
    [['--round', '99'], 'has no files of round 99'],
    [['--round', '-1'], '--round takes the number of a round'],
    [['--force'], '--force needs to know which files to bring back'],
  ])('refuses %j', async (flags, reason) => {
    const runId = await runSimulated();

    const { code, err } = await jarvis('restore', runId, ...flags);

    expect(code).toBe(2);
    expect(err).toContain(reason);
  });

  it('asks for the id of a run', async () => {
    const { code, err } = await jarvis('restore');

    expect(code).toBe(2);
    expect(err).toContain('The id of the run is missing.');
  });
});
