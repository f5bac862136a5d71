import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';

import { CommandLine } from './command-line.ts';

const BIN = fileURLToPath(new URL('../src/bin.ts', import.meta.url));
const API = 'from agent.orchestrator_2loop import main\n';

let shell: CommandLine;

beforeEach(() => {
  shell = new CommandLine();
  mkdirSync(join(shell.folder, 'agent'));
  writeFileSync(join(shell.folder, 'agent/orchestrator_2loop.py'), 'def main():\n    return None\n');
  writeFileSync(join(shell.folder, 'api.py'), API);
});

afterEach(() => {
  vi.unstubAllEnvs();
  shell.remove();
});

const api = () => readFileSync(join(shell.folder, 'api.py'), 'utf8');

async function takeSnapshot(): Promise<string> {
  const { out } = await shell.call('migrate', 'snapshot', '.', '--json');
  return z.object({ snapshotId: z.string() }).parse(JSON.parse(out)).snapshotId;
}

describe('jarvis migrate', () => {
  it('tells what an old tree consists of, as Markdown or JSON', async () => {
    const text = await shell.call('migrate', 'inspect', '.');
    const json = await shell.call('migrate', 'inspect', '.', '--json');

    expect(text).toMatchObject({ code: 0, err: '' });
    expect(text.out).toMatch(/^# The old orchestrators in /u);
    expect(JSON.parse(json.out)).toMatchObject({
      version: 1,
      modules: [{ module: 'orchestrator_2loop' }],
      references: [{ path: 'api.py', line: 1, form: 'from' }],
    });
  });

  it('shows a diff, writes it when it is told to, and goes back', async () => {
    const snapshotId = await takeSnapshot();

    const shown = await shell.call('migrate', 'imports', '.');
    const untouched = api();
    const written = await shell.call('migrate', 'imports', '.', '--write', '--json');
    const rewritten = api();
    const back = await shell.call('migrate', 'rollback', snapshotId);

    expect(shown.out).toContain('+from jarvis_bridge.orchestrator_2loop import main');
    expect(untouched).toBe(API);
    expect(JSON.parse(written.out)).toMatchObject({ isWritten: true, written: ['api.py'], snapshotId });
    expect(rewritten).toBe('from jarvis_bridge.orchestrator_2loop import main\n');
    expect(back).toMatchObject({ code: 0, err: '' });
    expect(back.out).toContain('ok: the old orchestrators are back');
    expect(api()).toBe(API);
  });

  it('translates a configuration for the module and the models that are named', async () => {
    writeFileSync(join(shell.folder, 'old.yaml'), 'max_cost_usd: 1\n');
    vi.stubEnv('DEFAULT_MANAGER_MODEL', 'gpt-4o');
    vi.stubEnv('DEFAULT_SUPERVISOR_MODEL', ' ');

    const { code, out, err } = await shell.call(
      'migrate',
      'config',
      'old.yaml',
      '--module',
      'orchestrator_phase3',
    );

    expect({ code, config: JSON.parse(out) as unknown }).toMatchObject({
      code: 0,
      config: { mode: 'PHASE3', models: { manager: 'gpt-4o', supervisor: 'gpt-4o-mini' } },
    });
    expect(err).toBe(
      'DEFAULT_MANAGER_MODEL: "gpt-4o" in the environment; it is now written out as models.manager.\n',
    );
  });

  it.each([
    ['Build "this" page', `jarvis run --config <the new file> 'Build "this" page'`],
    ["It's\nlong", 'jarvis run --config <the new file> "<task>"'],
  ])('says how the task %j is given now', async (task, told) => {
    writeFileSync(join(shell.folder, 'old.json'), JSON.stringify({ task, max_cost_usd: 1, mode: '2loop' }));

    const { code, err } = await shell.call('migrate', 'config', 'old.json');

    expect(code).toBe(0);
    expect(err).toBe(`task: not part of a configuration; give it to the run: ${told}\n`);
  });

  it('takes the module that is named for the answer, and asks no more', async () => {
    writeFileSync(join(shell.folder, 'old.json'), '{"orchestrator": {"type": "phase3"}, "max_cost_usd": 1}');

    const { err } = await shell.call('migrate', 'config', 'old.json', '--module', 'orchestrator_2loop');

    expect(err).toBe(
      'orchestrator.type: "phase3" is not what orchestrator_2loop was. orchestrator_2loop is taken, as you say.\n',
    );
  });

  it('sends imports to the package that is named', async () => {
    await shell.call('migrate', 'imports', '.', '--write', '--package', 'lib.bridge');

    expect(api()).toBe('from lib.bridge.orchestrator_2loop import main\n');
  });

  it('answers 7 and names what is newer than the snapshot, and overwrites it with --force', async () => {
    const snapshotId = await takeSnapshot();
    writeFileSync(join(shell.folder, 'api.py'), 'newer\n');

    const refused = await shell.call('migrate', 'rollback', snapshotId);
    const planned = await shell.call('migrate', 'rollback', snapshotId, '--force', '--dry-run');
    const untouched = api();
    const forced = await shell.call('migrate', 'rollback', snapshotId, '--force', '--json');

    expect(refused.code).toBe(7);
    expect(refused.out).toContain('changed since by others:\n    api.py');
    expect(planned.out).toContain('would be restored:\n    api.py');
    expect(untouched).toBe('newer\n');
    expect(JSON.parse(forced.out)).toMatchObject({ status: 'done', restored: ['api.py'] });
    expect(api()).toBe(API);
  });

  it('goes back without --force when it was killed between two files, and again with nothing to do', async () => {
    const files = Array.from({ length: 400 }, (_, index) => join(shell.folder, `u${String(index)}.py`));
    for (const file of files) writeFileSync(file, API);
    const snapshotId = await takeSnapshot();
    const state = join(shell.root, 'state');
    const args = [
      '--conditions=@jarvis/source',
      BIN,
      'migrate',
      'imports',
      '.',
      '--write',
      '--state-dir',
      state,
    ];
    const child = spawn(process.execPath, args, { cwd: shell.folder, stdio: ['ignore', 'ignore', 'pipe'] });
    const told: string[] = [];
    child.stderr.setEncoding('utf8').on('data', (text: string) => told.push(text));
    const ended = once(child, 'close');
    while (child.exitCode === null && api() === API) await setImmediate();
    child.kill('SIGKILL');
    await ended;

    const back = await shell.call('migrate', 'rollback', snapshotId);
    const again = await shell.call('migrate', 'rollback', snapshotId);

    expect(told.join('')).toContain(`jarvis migrate rollback ${snapshotId}\n`);
    expect(back).toMatchObject({ code: 0, err: '' });
    expect(back.out).toContain('restored:\n    api.py');
    expect(new Set([...files.map((file) => readFileSync(file, 'utf8')), api()])).toEqual(new Set([API]));
    expect(again).toMatchObject({ code: 0, err: '' });
    expect(again.out).toContain('nothing to roll back, it is what the snapshot holds: ');
  }, 60_000);

  it('answers 7 and names a rewritten file that somebody has worked on since', async () => {
    const written = await shell.call('migrate', 'imports', '.', '--write', '--json');
    const { snapshotId } = z.object({ snapshotId: z.string() }).parse(JSON.parse(written.out));
    writeFileSync(join(shell.folder, 'api.py'), `${api()}mine = True\n`);

    const refused = await shell.call('migrate', 'rollback', snapshotId);

    expect(refused.code).toBe(7);
    expect(refused.out).toContain('changed since by others:\n    api.py\nNothing was touched.');
    expect(api()).toContain('mine = True');
  });

  it('answers 8 when one byte of a snapshot was flipped, and touches nothing', async () => {
    const snapshotId = await takeSnapshot();
    const store = join(shell.root, 'state/migration/content');
    const kept = readdirSync(store, { recursive: true, encoding: 'utf8' }).find((name) => name.length > 10);
    const content = readFileSync(join(store, kept ?? ''));
    content[0] = (content[0] ?? 0) ^ 1;
    writeFileSync(join(store, kept ?? ''), content);
    writeFileSync(join(shell.folder, 'api.py'), 'newer\n');

    const { code, err } = await shell.call('migrate', 'rollback', snapshotId, '--force');

    expect(code).toBe(8);
    expect(err).toContain('is missing or was changed');
    expect(api()).toBe('newer\n');
  });

  it('answers 8 when a snapshot is damaged', async () => {
    const snapshotId = await takeSnapshot();
    rmSync(join(shell.root, 'state/migration/content'), { recursive: true });

    const { code, err } = await shell.call('migrate', 'rollback', snapshotId);

    expect(code).toBe(8);
    expect(err).toContain('is damaged');
  });

  it('lists every snapshot for who has lost the id of one', async () => {
    const written = await shell.call('migrate', 'imports', '.', '--write', '--json');
    const { snapshotId } = z.object({ snapshotId: z.string() }).parse(JSON.parse(written.out));

    const text = await shell.call('migrate', 'rollback');
    const json = await shell.call('migrate', 'rollback', '--json');
    const wrong = await shell.call('migrate', 'rollback', 'deadbeefdeadbeef');

    expect(text).toMatchObject({ code: 0, err: '' });
    expect(text.out).toContain(`${snapshotId}  `);
    expect(text.out).toContain('2 files; changed right after by jarvis migrate imports (1 files)');
    expect(JSON.parse(json.out)).toMatchObject({ snapshots: [{ snapshotId, files: 2 }] });
    expect(wrong.err).toContain(`there are ${snapshotId}.`);
    expect(wrong.err).toContain('See all of them, with their folders, with: jarvis migrate rollback');
  });

  it.each([[['imports', '.', '--write']], [['python', '.', '--json']]])(
    '%j tells the way back on standard error',
    async (args) => {
      const { code, err } = await shell.call('migrate', ...args);

      expect(code).toBe(0);
      expect(err).toMatch(
        /^The tree as it is now is kept; back to it: jarvis migrate rollback [0-9a-f]{16}\n$/u,
      );
    },
  );

  it('answers 1 when what others have added needs what is gone now', async () => {
    const snapshotId = await takeSnapshot();
    writeFileSync(join(shell.folder, 'mine.py'), 'import jarvis_bridge\n');

    const { code, out } = await shell.call('migrate', 'rollback', snapshotId);

    expect(code).toBe(1);
    expect(out).toContain('NOT OK: no file that was added since needs what the migration had put there');
  });

  it.each([
    [['inspect'], 'It needs the folder of the old project'],
    [['inspect', ''], 'It needs the folder of the old project'],
    [['config', 'gone'], '/gone: it does not exist. Nothing was changed.'],
    [['config', '.'], 'it is a folder; name the file in it'],
    [['config', 'empty.json'], 'it is empty'],
    [['config', 'list.json'], 'it holds a list, not an object'],
    [['config', 'api.py'], 'it is no valid JSON'],
    [['config', 'loop'], 'it is a link that leads back to itself'],
    [['config', 'list.json', '--module', 'phase9'], '--module: "phase9" is none of the old modules'],
    [['inspect', '.', '--module', 'orchestrator'], '--module means nothing to "inspect"'],
    [['inspect', 'gone'], '/gone: it does not exist. Nothing was changed.'],
    [['inspect', 'api.py'], 'it is a file, not a folder'],
    [['inspect', 'loop'], 'it is a link that leads back to itself'],
    [['inspect', '.', '--write'], '--write means nothing to "inspect"'],
    [['snapshot', 'gone'], '/gone: it does not exist'],
    [['snapshot', 'list.json'], 'it is a file, not a folder'],
    [['snapshot', '.', '--dry-run'], '--dry-run means nothing to "snapshot"'],
    [['imports', 'gone'], '/gone: it does not exist'],
    [['imports', 'list.json'], 'it is a file, not a folder'],
    [['python', 'gone'], '/gone: it does not exist'],
    [['python', 'list.json'], 'it is a file, not a folder'],
    [['imports', '.', '--dry-run'], '--dry-run means nothing to "imports"'],
    [['imports', '.', '--package', 'a b'], 'is no name of a Python package'],
    [['rollback', ''], 'It needs the id of a snapshot'],
    [
      ['rollback', '--force'],
      '--force needs the id of a snapshot. See all of them with: jarvis migrate rollback',
    ],
    [['inspect', '.', '--skip-damaged'], '--skip-damaged means nothing to "inspect"'],
    [['rollback', '../../etc'], 'There is no snapshot "../../etc"'],
    [['frobnicate', '.'], 'That cannot be migrated'],
  ])('%j: one line that names the thing, code 2', async (args, message) => {
    writeFileSync(join(shell.folder, 'empty.json'), '');
    writeFileSync(join(shell.folder, 'list.json'), '[1]');
    symlinkSync('loop', join(shell.folder, 'loop'));

    const { code, out, err } = await shell.call('migrate', ...args);

    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(message);
    expect(err).toMatch(/^jarvis: [^\n]+\n$/u);
  });
});
