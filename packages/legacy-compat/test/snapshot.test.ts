import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import {
  listSnapshots,
  planImports,
  recordWritten,
  renderRollback,
  renderSnapshots,
  rollBack,
  takeSnapshot,
  writeBridge,
  writeImports,
} from '../src/migrate/index.ts';
import { hashOf } from '../src/migrate/snapshot/manifest.ts';
import { OldTree } from './old-tree.ts';

let tree: OldTree;

beforeEach(() => {
  tree = new OldTree();
  symlinkSync('orchestrator.py', tree.path('agent/current.py'));
  symlinkSync('/etc', tree.path('outside'));
  mkdirSync(tree.path('empty'));
  chmodSync(tree.path('agent/llm.py'), 0o640);
  chmodSync(tree.path('docs'), 0o555);
});

afterEach(() => {
  for (const name of ['docs', 'other']) chmodIfThere(tree.path(name));
  tree.remove();
});

const snapshot = () => takeSnapshot({ folder: tree.root, stateDirectory: tree.stateDirectory });
const back = (
  snapshotId: string,
  options: { force?: boolean; isDryRun?: boolean; skipDamaged?: boolean } = {},
) => rollBack({ snapshotId, stateDirectory: tree.stateDirectory, ...options });

describe('takeSnapshot', () => {
  it('counts what it holds, names links that lead out, and gives the same tree the same id', async () => {
    mkdirSync(tree.path('.git'));

    const first = await snapshot();
    const second = await snapshot();

    expect(first).toMatchObject({ outside: ['outside'], leftOut: ['.git'] });
    expect(second).toEqual(first);
    expect(first.files).toBe(Object.values(tree.look()).filter((text) => text.startsWith('file')).length);
  });

  it('keeps nothing that a link leads to', async () => {
    const elsewhere = mkdtempSync(join(tmpdir(), 'elsewhere-'));
    writeFileSync(join(elsewhere, 'secret.txt'), 'not yours');
    symlinkSync(elsewhere, tree.path('elsewhere'));

    await snapshot();

    const kept = readdirSync(join(tree.stateDirectory, 'migration/content'), {
      recursive: true,
      encoding: 'utf8',
    });
    expect(kept.some((name) => name.endsWith(hashOf('not yours')))).toBe(false);
    rmSync(elsewhere, { recursive: true });
  });

  it('refuses a state directory inside the tree', async () => {
    const taking = takeSnapshot({ folder: tree.root, stateDirectory: tree.path('state') });

    await expect(taking).rejects.toMatchObject({ code: 'JARVIS_LEGACY_TREE' });
    await expect(taking).rejects.toThrow('--state-dir');
  });

  it('names a file it may not read, and lists no half snapshot', async () => {
    const before = await snapshot();
    renameSync(tree.path('empty'), tree.path('agent/empty'));
    rmSync(join(tree.stateDirectory, 'migration/snapshots'), { recursive: true });
    writeFileSync(join(tree.stateDirectory, 'migration/snapshots'), '');

    await expect(snapshot()).rejects.toThrow(/EEXIST|ENOTDIR/u);
    await expect(back(before.snapshotId)).rejects.toThrow();
  });
});

describe('rollBack', () => {
  it('brings back what is missing: files, folders and links, with their modes', async () => {
    const { snapshotId } = await snapshot();
    const before = tree.look();
    chmodSync(tree.path('docs'), 0o755);
    for (const name of ['docs', 'empty', 'agent', 'outside']) rmSync(tree.path(name), { recursive: true });

    const { status, restored, smoke } = await back(snapshotId);

    expect(status).toBe('done');
    expect(tree.look()).toEqual(before);
    expect(restored).toContain('agent/orchestrator_2loop.py');
    expect(smoke.every(({ isOk }) => isOk)).toBe(true);
  });

  it('does nothing to a tree that is as it was', async () => {
    const { snapshotId } = await snapshot();

    const outcome = await back(snapshotId);

    expect(outcome).toMatchObject({ status: 'done', restored: [], removed: [] });
    expect(outcome.undoId).toBeUndefined();
  });

  it('restores what a migration wrote and removes what it added, but nothing others have added', async () => {
    const { snapshotId } = await snapshot();
    const before = tree.look();
    await migrationWrites('agent/api.py', 'import jarvis_bridge\n');
    mkdirSync(tree.path('jarvis_bridge'));
    await migrationWrites('jarvis_bridge/__init__.py', '# bridge\n');
    writeFileSync(tree.path('mine.txt'), 'mine');

    const outcome = await back(snapshotId);

    expect(outcome).toMatchObject({
      status: 'done',
      restored: ['agent/api.py'],
      removed: ['jarvis_bridge/__init__.py'],
      kept: ['mine.txt'],
    });
    rmSync(tree.path('mine.txt'));
    expect(tree.look()).toEqual(before);
  });

  it.each<[string, string, (place: string) => void]>([
    [
      'content',
      'agent/api.py',
      (place) => {
        writeFileSync(place, 'newer\n');
      },
    ],
    [
      'mode',
      'agent/llm.py',
      (place) => {
        chmodSync(place, 0o600);
      },
    ],
    [
      'link',
      'agent/current.py',
      (place) => {
        rmSync(place);
        symlinkSync('llm.py', place);
      },
    ],
    [
      'file in place of a link',
      'outside',
      (place) => {
        rmSync(place);
        writeFileSync(place, 'x');
      },
    ],
    [
      'link in place of a folder',
      'empty',
      (place) => {
        rmSync(place, { recursive: true });
        symlinkSync('agent', place);
      },
    ],
    [
      'empty folder in place of a file',
      'project_config.json',
      (place) => {
        rmSync(place);
        mkdirSync(place);
      },
    ],
  ])('refuses to overwrite a newer %s, names it, and does so with force', async (_, name, change) => {
    const { snapshotId } = await snapshot();
    const before = tree.look();
    change(tree.path(name));
    const changed = tree.look();

    const refused = await back(snapshotId);
    const untouched = tree.look();
    const forced = await back(snapshotId, { force: true });

    expect(refused).toMatchObject({ status: 'refused', conflicts: [name], restored: [] });
    expect(untouched).toEqual(changed);
    expect(forced).toMatchObject({ status: 'done', restored: [name] });
    expect(tree.look()).toEqual(before);
  });

  it('goes on where a process died, and clears away the draft that was left', async () => {
    const { snapshotId } = await snapshot();
    const before = tree.look();
    await migrationWrites('agent/api.py', 'import jarvis_bridge\n');
    await migrationWrites('agent/cli.py', 'import jarvis_bridge\n');
    writeFileSync(
      tree.path('agent/cli.py'),
      Buffer.from(before['agent/cli.py']?.split(' ')[2] ?? '', 'base64'),
    );
    writeFileSync(tree.path('agent/api.py.jarvis-migrate'), 'impo');

    const { restored, removed } = await back(snapshotId);

    expect({ restored, removed }).toEqual({
      restored: ['agent/api.py'],
      removed: ['agent/api.py.jarvis-migrate'],
    });
    expect(tree.look()).toEqual(before);
  });

  it('keeps what it overwrites, so that it can be undone', async () => {
    const { snapshotId } = await snapshot();
    writeFileSync(tree.path('agent/api.py'), 'a day of work\n');
    const changed = tree.look();
    const { undoId = '' } = await back(snapshotId, { force: true });

    await back(undoId, { force: true });

    expect(tree.look()).toEqual(changed);
  });

  it('takes a file for newer that was changed after the migration wrote it', async () => {
    const { snapshotId } = await snapshot();
    await migrationWrites('agent/api.py', 'import jarvis_bridge\n');
    await migrationWrites('added.py', 'import jarvis_bridge\n');
    writeFileSync(tree.path('agent/api.py'), 'import jarvis_bridge  # and mine\n');
    writeFileSync(tree.path('added.py'), 'import jarvis_bridge  # and mine\n');

    const refused = await back(snapshotId);
    const forced = await back(snapshotId, { force: true });

    expect(refused).toMatchObject({ status: 'refused', conflicts: ['agent/api.py'], kept: ['added.py'] });
    expect(forced.smoke.filter(({ isOk }) => !isOk)).toMatchObject([{ paths: ['added.py'] }]);
  });

  it('never writes through a link that took the place of a folder', async () => {
    const { snapshotId } = await snapshot();
    const before = tree.look();
    renameSync(tree.path('web'), join(tree.root, '..', 'web-elsewhere'));
    symlinkSync('../web-elsewhere', tree.path('web'));
    writeFileSync(join(tree.root, '..', 'web-elsewhere', 'server.ts'), 'theirs');

    await back(snapshotId, { force: true });

    expect(tree.look()).toEqual(before);
    expect(readFileSync(join(tree.root, '..', 'web-elsewhere', 'server.ts'), 'utf8')).toBe('theirs');
  });

  it('only tells what it would do in a dry run', async () => {
    const { snapshotId } = await snapshot();
    rmSync(tree.path('agent/api.py'));
    const changed = tree.look();

    const outcome = await back(snapshotId, { isDryRun: true });

    expect(outcome).toMatchObject({ status: 'planned', restored: ['agent/api.py'], smoke: [] });
    expect(tree.look()).toEqual(changed);
  });

  it.each([
    [
      'a content is cut',
      (state: string) => {
        writeFileSync(someContent(state), '');
      },
    ],
    [
      'a content is missing',
      (state: string) => {
        rmSync(someContent(state));
      },
    ],
    [
      'its list is changed',
      (state: string) => {
        editManifest(state);
      },
    ],
  ])('leaves the tree alone when %s', async (_, damage) => {
    const { snapshotId } = await snapshot();
    rmSync(tree.path('agent/api.py'));
    const changed = tree.look();
    damage(tree.stateDirectory);

    await expect(back(snapshotId)).rejects.toMatchObject({ code: 'JARVIS_LEGACY_SNAPSHOT_DAMAGED' });
    expect(tree.look()).toEqual(changed);
  });

  it('names the snapshot that was asked for and what it has lost, and brings back the rest when it is told to', async () => {
    const { snapshotId } = await snapshot();
    const lostText = tree.read('agent/llm.py');
    for (const name of ['agent/api.py', 'agent/llm.py', 'docs/README.md']) {
      chmodSync(tree.path('docs'), 0o755);
      rmSync(tree.path(name));
    }
    rmSync(contentOf(tree.stateDirectory, lostText));
    const changed = tree.look();

    const refused = back(snapshotId, { force: true });
    await expect(refused).rejects.toMatchObject({ snapshotId, paths: ['agent/llm.py'] });
    await expect(refused).rejects.toThrow(
      `Snapshot ${snapshotId} is damaged: what it kept of agent/llm.py is missing or was changed; agent/llm.py cannot be ` +
        'brought back. No file of the old tree was changed. Restore the state directory from a backup, or bring back ' +
        `everything else: jarvis migrate rollback ${snapshotId} --skip-damaged.`,
    );
    expect(tree.look()).toEqual(changed);
    const planned = await back(snapshotId, { skipDamaged: true, isDryRun: true, force: true });
    expect(planned).toMatchObject({ status: 'planned', lost: ['agent/llm.py'] });
    const done = await back(snapshotId, { skipDamaged: true, force: true });

    expect(done).toMatchObject({
      lost: ['agent/llm.py'],
      restored: ['agent/api.py', 'docs', 'docs/README.md'],
    });
    expect(done.smoke[0]).toMatchObject({ isOk: false, paths: ['agent/llm.py'] });
    expect(renderRollback(done)).toContain(
      'NOT brought back, the snapshot has lost it; it stays as it is:\n    agent/llm.py\n',
    );
  });

  it('says that nothing is lost when the tree still has what a damaged snapshot lost', async () => {
    const { snapshotId } = await snapshot();
    rmSync(contentOf(tree.stateDirectory, tree.read('agent/llm.py')));
    mkdirSync(contentOf(tree.stateDirectory, tree.read('agent/llm.py')));
    rmSync(tree.path('agent/api.py'));

    await expect(back(snapshotId)).rejects.toThrow('the tree still has all of these as they were');
    rmSync(contentOf(tree.stateDirectory, tree.read('agent/llm.py')), { recursive: true });
    const done = await back(snapshotId, { skipDamaged: true });
    const again = await back(snapshotId);

    expect(done).toMatchObject({ lost: [], restored: ['agent/api.py'] });
    expect(again.smoke.every(({ isOk }) => isOk)).toBe(true);
  });

  it('removes what Python compiled from modules that go away, and nothing else beside it', async () => {
    mkdirSync(tree.path('agent/__pycache__'));
    writeFileSync(tree.path('agent/__pycache__/llm.cpython-312.pyc'), 'theirs');
    const before = tree.look();
    const { snapshotId = '' } = await bridge();
    mkdirSync(tree.path('jarvis_bridge/__pycache__'));
    const compiled = ['__init__.cpython-312', '_call.cpython-39.opt-2', 'orchestrator.pypy310'].map(
      (name) => `jarvis_bridge/__pycache__/${name}.pyc`,
    );
    for (const path of compiled) writeFileSync(tree.path(path), 'compiled');

    const planned = await back(snapshotId, { isDryRun: true });
    const outcome = await back(snapshotId);

    expect(planned.compiled).toEqual(compiled);
    expect(outcome.compiled).toEqual(compiled);
    expect(tree.look()).toEqual(before);
  });

  it('leaves what was compiled from other modules, and what lies behind a link', async () => {
    const { snapshotId = '' } = await bridge();
    mkdirSync(tree.path('jarvis_bridge/__pycache__'));
    writeFileSync(tree.path('jarvis_bridge/__pycache__/mine.cpython-312.pyc'), 'theirs');
    writeFileSync(tree.path('jarvis_bridge/__pycache__/_call.txt'), 'theirs');
    writeFileSync(tree.path('jarvis_bridge/mine.py'), 'mine = True\n');

    const outcome = await back(snapshotId);

    expect(outcome).toMatchObject({ compiled: [], kept: ['jarvis_bridge/mine.py'] });
    expect(readdirSync(tree.path('jarvis_bridge/__pycache__')).sort()).toEqual([
      '_call.txt',
      'mine.cpython-312.pyc',
    ]);

    const elsewhere = mkdtempSync(join(tmpdir(), 'elsewhere-'));
    writeFileSync(join(elsewhere, '_call.cpython-312.pyc'), 'theirs');
    rmSync(tree.path('jarvis_bridge'), { recursive: true });
    const second = await bridge();
    symlinkSync(elsewhere, tree.path('jarvis_bridge/__pycache__'));
    await back(second.snapshotId ?? '');
    expect(readdirSync(elsewhere)).toEqual(['_call.cpython-312.pyc']);
    rmSync(elsewhere, { recursive: true });
  });

  it('also clears away what was compiled when a rollback before was killed half way', async () => {
    const { snapshotId = '', written } = await bridge();
    mkdirSync(tree.path('jarvis_bridge/__pycache__'));
    writeFileSync(tree.path('jarvis_bridge/__pycache__/_call.cpython-312.pyc'), 'compiled');
    for (const path of written) rmSync(tree.path(path));

    const outcome = await back(snapshotId);

    expect(outcome.compiled).toEqual(['jarvis_bridge/__pycache__/_call.cpython-312.pyc']);
    expect(readdirSync(tree.root)).not.toContain('jarvis_bridge');
  });

  it('tells names of the tree on one line each', async () => {
    const { snapshotId } = await snapshot();
    writeFileSync(tree.path('a\n\u001b[31mb.txt'), 'mine');

    const text = renderRollback(await back(snapshotId));

    expect(text).toContain('    a\\u{a}\\u{1b}[31mb.txt\n');
    expect(text).not.toContain('\u001b');
  });

  it('names the snapshots there are when there is none of that id', async () => {
    const { snapshotId } = await snapshot();

    const going = back('../../etc/passwd');

    await expect(going).rejects.toMatchObject({
      code: 'JARVIS_LEGACY_SNAPSHOT_NOT_FOUND',
      known: [snapshotId],
    });
  });

  it('says so when a full folder stands where a file was, and when the tree is gone', async () => {
    const { snapshotId } = await snapshot();
    rmSync(tree.path('project_config.json'));
    mkdirSync(tree.path('project_config.json/node_modules'), { recursive: true });

    await expect(back(snapshotId, { force: true })).rejects.toThrow(/project_config\.json/u);
    renameSync(tree.root, `${tree.root}-moved`);
    await expect(back(snapshotId)).rejects.toMatchObject({ code: 'JARVIS_LEGACY_TREE' });
    renameSync(`${tree.root}-moved`, tree.root);
  });
});

describe('listSnapshots', () => {
  it('names every snapshot with its tree, its files and what changed the tree right after', async () => {
    const first = await snapshot();
    await bridge();
    const { undoId = '' } = await back(first.snapshotId);

    const listed = await listSnapshots(tree.stateDirectory);

    const [one, other] = listed;
    expect(listed.map(({ snapshotId }) => snapshotId)).toEqual([first.snapshotId, undoId]);
    expect(one).toMatchObject({ root: tree.root, files: first.files, usedBy: [{ by: 'python', files: 8 }] });
    expect(other?.usedBy).toEqual([{ by: 'rollback', files: 8 }]);
    expect(Number.isNaN(Date.parse(one?.takenAt ?? ''))).toBe(false);
    const text = renderSnapshots(listed);
    expect(text).toMatch(new RegExp(`^${undoId} {2}\\S+ {2}${tree.root}\n`, 'u'));
    expect(text).toContain('files; changed right after by jarvis migrate python (8 files)\n');
  });

  it('is told of by whatever writes, before the first file is written', async () => {
    const { root: folder, stateDirectory } = tree;
    const before = tree.look();
    const seen: unknown[] = [];
    const onSnapshot = (snapshotId: string) => seen.push(snapshotId, tree.look());

    const bridged = await writeBridge({ folder, stateDirectory, bridge: 'jarvis_bridge', onSnapshot });
    const between = tree.look();
    const imported = await writeImports(await planImports({ folder }), { stateDirectory, onSnapshot });

    expect(seen).toEqual([bridged.snapshotId, before, imported.snapshotId, between]);
  });

  it('also lists one whose list of files was changed, and says so when there is none', async () => {
    const empty = renderSnapshots(await listSnapshots(tree.stateDirectory));
    const { snapshotId } = await snapshot();
    editManifest(tree.stateDirectory);

    const listed = await listSnapshots(tree.stateDirectory);

    expect(empty).toContain('Take one with: jarvis migrate snapshot');
    expect(listed).toMatchObject([{ snapshotId, root: null, files: null }]);
    expect(renderSnapshots(listed)).toContain('damaged: the list of its files was changed');
  });
});

function bridge() {
  const { root, stateDirectory } = tree;
  return writeBridge({ folder: root, stateDirectory, bridge: 'jarvis_bridge' });
}

async function migrationWrites(path: string, content: string): Promise<void> {
  const before = Object.hasOwn(tree.look(), path) ? hashOf(tree.read(path)) : null;
  await recordWritten(tree.stateDirectory, [{ root: tree.root, path, before, after: hashOf(content) }]);
  writeFileSync(tree.path(path), content);
}

function contentOf(state: string, text: string): string {
  const hash = hashOf(text);
  return join(state, 'migration/content', hash.slice(0, 2), hash);
}

function someContent(state: string): string {
  const folder = join(state, 'migration/content');
  const found = readdirSync(folder, { recursive: true, encoding: 'utf8' }).find((name) => name.length > 10);
  return join(folder, found ?? '');
}

function editManifest(state: string): void {
  const folder = join(state, 'migration/snapshots');
  const file = join(folder, readdirSync(folder)[0] ?? '');
  writeFileSync(file, readFileSync(file, 'utf8').replace('agent/api.py', 'agent/apj.py'));
}

function chmodIfThere(place: string): void {
  try {
    chmodSync(place, 0o755);
  } catch {
    // it was never made
  }
}
