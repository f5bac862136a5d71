import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { rollBack } from '../snapshot/roll-back.ts';
import { type BridgeOptions, writeBridge } from './write-bridge.ts';

let base = '';
let folder = '';

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'bridge-'));
  folder = join(base, 'project');
  mkdirSync(join(folder, 'agent'), { recursive: true });
});

afterEach(() => {
  rmSync(base, { recursive: true });
});

const stateDirectory = () => join(base, 'state');
const write = (options: Partial<BridgeOptions> = {}) =>
  writeBridge({ folder, stateDirectory: stateDirectory(), bridge: 'jarvis_bridge', ...options });
const back = (snapshotId = '') => rollBack({ snapshotId, stateDirectory: stateDirectory() });
const modeOf = (name: string) => lstatSync(join(folder, name)).mode & 0o7777;

describe('writeBridge', () => {
  it('keeps the mode of a module it replaces, and a rollback brings one in latin-1 back without --force', async () => {
    const old = join(folder, 'agent/orchestrator.py');
    const bytes = Buffer.from('# -*- coding: latin-1 -*-\nname = "caf\xe9"\n', 'latin1');
    writeFileSync(old, bytes);
    chmodSync(old, 0o755);

    const { snapshotId } = await write({ hasAgentPackage: true });
    const modeBetween = modeOf('agent/orchestrator.py');
    const { status, conflicts, smoke } = await back(snapshotId);

    expect({ modeBetween, status, conflicts }).toEqual({ modeBetween: 0o755, status: 'done', conflicts: [] });
    expect(smoke.every(({ isOk }) => isOk)).toBe(true);
    expect(readFileSync(old)).toEqual(bytes);
    expect(modeOf('agent/orchestrator.py')).toBe(0o755);
    expect(readdirSync(folder)).toEqual(['agent']);
  });

  it('notes the hash of the bytes that were there', async () => {
    writeFileSync(join(folder, 'agent/orchestrator.py'), Buffer.from([0x23, 0xe9, 0x0a]));

    await write({ hasAgentPackage: true });

    const log = readFileSync(join(stateDirectory(), 'migration/written.jsonl'), 'utf8');
    expect(log).toContain('"before":"ffffa47dc6d8513e3a7e4b17456fd28e6215ee1a59cdc86b52f53b9c849a9928');
  });

  it('refuses a file that is a link, also with force', async () => {
    const elsewhere = join(base, 'elsewhere.py');
    writeFileSync(elsewhere, 'mine');
    symlinkSync(elsewhere, join(folder, 'agent/orchestrator.py'));

    const writing = write({ hasAgentPackage: true, force: true });

    await expect(writing).rejects.toThrow(/agent\/orchestrator\.py is a link\. Nothing was changed/u);
    expect(readFileSync(elsewhere, 'utf8')).toBe('mine');
    expect(existsSync(join(folder, 'jarvis_bridge'))).toBe(false);
  });

  it('writes nothing through a link that lies where a draft goes', async () => {
    const elsewhere = join(base, 'elsewhere.py');
    writeFileSync(elsewhere, 'mine');
    mkdirSync(join(folder, 'jarvis_bridge'));
    symlinkSync(elsewhere, join(folder, 'jarvis_bridge/_call.py.jarvis-migrate'));

    await write();

    expect(readFileSync(elsewhere, 'utf8')).toBe('mine');
    expect(lstatSync(join(folder, 'jarvis_bridge/_call.py')).isFile()).toBe(true);
  });

  it('overwrites nothing that was changed while the snapshot was taken, and writes through no link made meanwhile', async () => {
    const old = join(folder, 'agent/orchestrator.py');
    const elsewhere = join(base, 'elsewhere');
    writeFileSync(old, 'OLD = 1\n');
    mkdirSync(elsewhere);

    const afterEdit = write({
      hasAgentPackage: true,
      onSnapshot: () => {
        writeFileSync(old, 'OLD = 1\nNEW_WORK = 1\n');
      },
    });
    await expect(afterEdit).rejects.toThrow(/ agent\/orchestrator\.py was changed meanwhile/u);
    const afterLink = write({
      bridge: 'other',
      onSnapshot: () => {
        symlinkSync(elsewhere, join(folder, 'other'));
      },
    });

    await expect(afterLink).rejects.toThrow(/ other\/__init__\.py was changed meanwhile/u);
    expect(readFileSync(old, 'utf8')).toContain('NEW_WORK');
    expect(readdirSync(elsewhere)).toEqual([]);
  });

  it('takes no file for its own that only speaks of the command', async () => {
    mkdirSync(join(folder, 'jarvis_bridge'));
    const theirs = join(folder, 'jarvis_bridge/orchestrator.py');
    writeFileSync(theirs, 'MINE = 1\n# not Written by: jarvis migrate python\n');

    await expect(write()).rejects.toThrow(/was not written by this command/u);
    expect(readFileSync(theirs, 'utf8')).toContain('MINE');
  });

  it('names what stands in the way of a file, and what is no folder', async () => {
    mkdirSync(join(folder, 'jarvis_bridge/_call.py'), { recursive: true });

    await expect(write({ force: true })).rejects.toThrow(/jarvis_bridge\/_call\.py is no file/u);
    await expect(write({ folder: join(base, 'gone') })).rejects.toThrow(/gone: it does not exist/u);
    await expect(write({ folder: join(folder, 'agent/x/y') })).rejects.toMatchObject({
      code: 'JARVIS_LEGACY_TREE',
    });
  });

  it('goes back over what a process left that died between two files', async () => {
    const { snapshotId } = await write();
    rmSync(join(folder, 'jarvis_bridge/orchestrator.py'));
    writeFileSync(join(folder, 'jarvis_bridge/orchestrator.py.jarvis-migrate'), '"""Stands');

    const { kept, removed } = await back(snapshotId);

    expect(kept).toEqual([]);
    expect(removed).toContain('jarvis_bridge/orchestrator.py.jarvis-migrate');
    expect(readdirSync(folder)).toEqual(['agent']);
  });
});
