import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { type FileWrite, planWrites, sha256, type Workspace, type WritePlan } from '@jarvis/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { realDisk } from './disk.ts';
import { openNodeWorkspace } from './node-workspace.ts';
import { readTextFiles } from './read-files.ts';

let top: string;
let root: string;
let workspace: Workspace;

beforeEach(async () => {
  top = realpathSync(mkdtempSync(join(tmpdir(), 'jarvis-workspace-')));
  root = join(top, 'project');
  mkdirSync(root);
  workspace = await openNodeWorkspace({ root, home: join(top, 'home') });
});

afterEach(() => {
  rmSync(top, { recursive: true, force: true });
});

function put(path: string, content: string | Buffer): void {
  const absolute = join(root, path);
  mkdirSync(dirname(absolute), { recursive: true });
  writeFileSync(absolute, content);
}

function read(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

async function planFor(writes: readonly FileWrite[]): Promise<WritePlan> {
  return planWrites(writes, await workspace.hashFiles(writes.map(({ path }) => path)));
}

function contentsOf(writes: readonly FileWrite[]): (hash: string) => Promise<string> {
  const byHash = new Map(writes.map(({ content }) => [sha256(content), content]));
  return async (hash) => byHash.get(hash) ?? Promise.reject(new Error('an unknown content was asked for'));
}

async function write(...writes: readonly FileWrite[]): Promise<void> {
  await workspace.apply(await planFor(writes), contentsOf(writes));
}

describe('openNodeWorkspace', () => {
  it('follows links to the folder, once', async () => {
    symlinkSync(root, join(top, 'link'));

    const opened = await openNodeWorkspace({ root: join(top, 'link'), home: join(top, 'home') });

    expect(opened.root).toBe(root);
  });

  it('refuses a folder that does not exist', async () => {
    const opening = openNodeWorkspace({ root: join(top, 'nowhere'), home: join(top, 'home') });

    await expect(opening).rejects.toThrow(
      `The folder ${join(top, 'nowhere')} cannot be used: it does not exist.`,
    );
    await expect(opening).rejects.toMatchObject({ code: 'JARVIS_WORKSPACE_UNUSABLE' });
  });
});

describe('prove', () => {
  async function prove(options: { root: string; home?: string; stateDirectory?: string }): Promise<void> {
    const opened = await openNodeWorkspace({ home: join(top, 'home'), ...options });
    await opened.prove();
  }

  it('accepts a folder that can be worked in', async () => {
    await expect(
      prove({ root, home: join(top, 'home'), stateDirectory: join(top, 'state') }),
    ).resolves.toBeUndefined();
    await expect(prove({ root, stateDirectory: join(root, '.jarvis') })).resolves.toBeUndefined();
  });

  it('has a sentence for each folder it refuses', async () => {
    const file = join(top, 'file');
    writeFileSync(file, '');
    mkdirSync(join(top, 'home/state/deep'), { recursive: true });
    symlinkSync(join(top, 'home'), join(top, 'home-link'));

    await expect(prove({ root: file })).rejects.toThrow('it is not a folder');
    await expect(prove({ root: '/' })).rejects.toThrow('it is the root of the file system');
    await expect(prove({ root, home: root })).rejects.toThrow('it is your home folder');
    await expect(prove({ root: join(top, 'home'), home: join(top, 'home-link') })).rejects.toThrow(
      'it is your home',
    );
    await expect(prove({ root: top, home: join(top, 'home') })).rejects.toThrow(
      `your home folder ${join(top, 'home')} is in it`,
    );
    await expect(prove({ root, stateDirectory: root })).rejects.toThrow('it belongs to the state of JARVIS');
    await expect(prove({ root, stateDirectory: top })).rejects.toThrow(`the state of JARVIS in ${top}`);
  });

  it('refuses a folder that was replaced by a link after it was opened', async () => {
    rmSync(root, { recursive: true });
    symlinkSync(top, root);

    await expect(workspace.prove()).rejects.toThrow(`it became a link to ${top}`);
  });

  it.skipIf(process.getuid?.() === 0)('F23 refuses a folder its user may not write in', async () => {
    chmodSync(root, 0o555);

    await expect(workspace.prove()).rejects.toThrow('your user may not read and write in it');
  });
});

describe('readFiles', () => {
  it('gives text files by path in code-point order, with the hash of what is on disk', async () => {
    for (const path of ['a/b', 'a.txt', 'a-b', 'z', '\u{1F600}', '\uFF5E', 'a/c/d']) put(path, path);

    const files = await workspace.readFiles();

    expect(files.map(({ path }) => path)).toEqual([
      'a-b',
      'a.txt',
      'a/b',
      'a/c/d',
      'z',
      '\uFF5E',
      '\u{1F600}',
    ]);
    expect(files[0]).toEqual({ path: 'a-b', content: 'a-b', hash: sha256('a-b') });
  });

  it('keeps a byte order mark, so that content and hash agree', async () => {
    put('marked.txt', '\uFEFFtext');

    const [file] = await workspace.readFiles();

    expect(file?.hash).toBe(sha256(file?.content ?? ''));
  });

  it('leaves out what is no text, too large, hidden, installed, linked, secret or oddly named', async () => {
    put('kept.txt', 'kept');
    put('.editorconfig', 'root = true');
    put('nul.bin', Buffer.from([65, 0, 66]));
    put('latin1.txt', Buffer.from([0xe9, 0x20]));
    put('large.txt', 'x'.repeat(1024 * 1024 + 1));
    put('.github/workflow.yml', 'on: push');
    put('deep/node_modules/left.js', '');
    put('.env', 'A=b');
    put('.jarvis-0123456789abcdef.tmp', 'half');
    put('bell\u0007.txt', 'ding');
    writeFileSync(join(top, 'outside.txt'), 'outside');
    symlinkSync(join(top, 'outside.txt'), join(root, 'link.txt'));
    symlinkSync(top, join(root, 'folder-link'));

    const files = await workspace.readFiles();

    expect(files.map(({ path }) => path)).toEqual(['.editorconfig', 'kept.txt']);
  });

  it('stops at the limits, in the order of the paths', async () => {
    for (let index = 0; index < 50; index += 1) put(`many/${String(index).padStart(2, '0')}`, 'four');

    const byCount = await readTextFiles(realDisk, root, { files: 40, bytes: 1_000 });
    const bySize = await readTextFiles(realDisk, root, { files: 40, bytes: 39 });

    expect(byCount.at(-1)?.path).toBe('many/39');
    expect(bySize.at(-1)?.path).toBe('many/08');
  });
});

describe('hashFiles', () => {
  it('B62: leaves out paths without a plain file, and never looks through a link or outside', async () => {
    put('a/file.txt', 'text');
    writeFileSync(join(top, 'outside.txt'), 'outside');
    symlinkSync(join(top, 'outside.txt'), join(root, 'link.txt'));
    symlinkSync(top, join(root, 'folder-link'));
    const asked = [
      'a/file.txt',
      'a',
      'gone',
      'a/file.txt/below',
      'link.txt',
      'folder-link/outside.txt',
      '../outside.txt',
    ];

    const hashes = await workspace.hashFiles(asked);

    expect([...hashes]).toEqual([['a/file.txt', sha256('text')]]);
  });
});

describe('apply', () => {
  it('writes new files without executable bit and makes their folders', async () => {
    await write({ path: 'new/deep/page.html', content: '<p>ä</p>' });

    expect(read('new/deep/page.html')).toBe('<p>ä</p>');
    expect(statSync(join(root, 'new/deep/page.html')).mode & 0o111).toBe(0);
  });

  it('keeps the permissions of a file it replaces', async () => {
    put('run.sh', 'old');
    chmodSync(join(root, 'run.sh'), 0o750);

    await write({ path: 'run.sh', content: 'new' });

    expect(read('run.sh')).toBe('new');
    expect(statSync(join(root, 'run.sh')).mode & 0o777).toBe(0o750);
  });

  it.each([0o600, 0o640, 0o755, 0o444])(
    'keeps the permissions of a file it moves, also after a crash: %o',
    async (mode) => {
      put('from.sh', 'old');
      chmodSync(join(root, 'from.sh'), mode);
      const changes = [
        { path: 'from.sh', content: null },
        { path: 'new/to.sh', content: 'edited', movedFrom: 'from.sh' },
        { path: 'other.sh', content: 'new' },
      ];
      const plan = planWrites(changes, new Map([['from.sh', sha256('old')]]));
      const contentOf = async (hash: string) => (hash === sha256('edited') ? 'edited' : 'new');
      const dying = await openNodeWorkspace({
        root,
        home: join(top, 'home'),
        disk: { ...realDisk, rename: async () => Promise.reject(new Error('killed')) },
      });
      await expect(dying.apply(plan, contentOf)).rejects.toThrow('killed');

      await workspace.apply(plan, contentOf);

      expect(statSync(join(root, 'new/to.sh')).mode & 0o777).toBe(mode);
      expect(statSync(join(root, 'other.sh')).mode & 0o111).toBe(0);
      expect(existsSync(join(root, 'from.sh'))).toBe(false);
    },
  );

  it('lets nobody read the temporary file who may not read the file', async () => {
    put('private.txt', 'old');
    chmodSync(join(root, 'private.txt'), 0o600);
    let seen: number | undefined;
    const watching: typeof realDisk = {
      ...realDisk,
      open: async (path, flags, mode) => {
        const handle = await realDisk.open(path, flags, mode);
        if (flags === 'wx') seen = (await handle.stat()).mode & 0o777;
        return handle;
      },
    };
    const watched = await openNodeWorkspace({ root, home: join(top, 'home'), disk: watching });

    const plan = planWrites(
      [{ path: 'private.txt', content: 'new' }],
      new Map([['private.txt', sha256('old')]]),
    );
    await watched.apply(plan, async () => 'new');

    expect(seen).toBe(0o600);
  });

  it('F07 does not touch files that are already right, and keeps their time', async () => {
    const writes = [
      { path: 'done.txt', content: 'done' },
      { path: 'todo.txt', content: 'todo' },
    ];
    const plan = await planFor(writes);
    put('done.txt', 'done');
    utimesSync(join(root, 'done.txt'), 1_000, 1_000);

    await workspace.apply(plan, contentsOf(writes));

    expect(statSync(join(root, 'done.txt')).mtimeMs).toBe(1_000_000);
    expect(read('todo.txt')).toBe('todo');
  });

  it('F46 writes nothing when one file is neither as planned before nor after', async () => {
    put('a.txt', 'a');
    put('b.txt', 'b');
    const writes = [
      { path: 'a.txt', content: 'A' },
      { path: 'b.txt', content: 'B' },
      { path: 'c.txt', content: 'C' },
    ];
    const plan = await planFor(writes);
    put('b.txt', 'of the user');
    put('c.txt', 'of the user, too');

    const applying = workspace.apply(plan, contentsOf(writes));

    await expect(applying).rejects.toMatchObject({
      code: 'JARVIS_WORKSPACE_CONFLICT',
      paths: ['b.txt', 'c.txt'],
    });
    expect([read('a.txt'), read('b.txt'), read('c.txt')]).toEqual(['a', 'of the user', 'of the user, too']);
  });

  it('F46 keeps what the user writes to a file at the last moment', async () => {
    put('a.txt', 'a');
    const writes = [
      { path: '0.txt', content: '0' },
      { path: 'a.txt', content: 'A' },
    ];
    const plan = await planFor(writes);
    const racing = await openNodeWorkspace({
      root,
      home: join(top, 'home'),
      crashPoint: { reach: () => put('a.txt', 'of the user') },
    });

    const applying = racing.apply(plan, contentsOf(writes));

    await expect(applying).rejects.toMatchObject({ code: 'JARVIS_WORKSPACE_CONFLICT', paths: ['a.txt'] });
    expect(read('a.txt')).toBe('of the user');
    expect(readdirSync(root)).toEqual(['0.txt', 'a.txt']);
  });

  it('F46 does not delete what the user writes to a file at the last moment', async () => {
    put('a.txt', 'a');
    const writes = [
      { path: '0.txt', content: '0' },
      { path: 'a.txt', content: null },
    ];
    const plan = planWrites(writes, await workspace.hashFiles(['a.txt']));
    const racing = await openNodeWorkspace({
      root,
      home: join(top, 'home'),
      crashPoint: { reach: () => put('a.txt', 'of the user') },
    });

    const applying = racing.apply(plan, async () => '0');

    await expect(applying).rejects.toMatchObject({ code: 'JARVIS_WORKSPACE_CONFLICT', paths: ['a.txt'] });
    expect(read('a.txt')).toBe('of the user');
  });

  it('removes folders that lost their last file, and no others', async () => {
    put('site/old/a.txt', 'a');
    put('site/old/deep/b.txt', 'b');
    put('site/kept.txt', 'kept');
    mkdirSync(join(root, 'empty'));
    const writes = ['site/old/a.txt', 'site/old/deep/b.txt'].map((path) => ({ path, content: null }));
    const hashes = await workspace.hashFiles(writes.map(({ path }) => path));

    await workspace.apply(planWrites(writes, hashes), async () => '');

    expect(readdirSync(root).sort()).toEqual(['empty', 'site']);
    expect(readdirSync(join(root, 'site'))).toEqual(['kept.txt']);
  });

  it('leaves the other names of a hard-linked file as they are', async () => {
    writeFileSync(join(top, 'outside.txt'), 'old');
    linkSync(join(top, 'outside.txt'), join(root, 'inside.txt'));

    await write({ path: 'inside.txt', content: 'new' });

    expect(readFileSync(join(top, 'outside.txt'), 'utf8')).toBe('old');
  });

  it('writes nothing when a content cannot be had', async () => {
    const plan = await planFor([
      { path: 'a.txt', content: 'a' },
      { path: 'b.txt', content: 'b' },
    ]);

    const applying = workspace.apply(plan, contentsOf([{ path: 'a.txt', content: 'a' }]));

    await expect(applying).rejects.toThrow('an unknown content was asked for');
    expect(readdirSync(root)).toEqual([]);
  });

  it('F06 removes what a killed process left, also when it cannot go on', async () => {
    put('sub/.jarvis-0123456789abcdef.tmp', 'half');
    put('sub/.jarvis-notes.tmp', 'of the user');
    const writes = [{ path: 'sub/a.txt', content: 'a' }];
    const plan = await planFor(writes);
    put('sub/a.txt', 'of the user');

    await expect(workspace.apply(plan, contentsOf(writes))).rejects.toThrow('Changed by someone else');

    expect(readdirSync(join(root, 'sub')).sort()).toEqual(['.jarvis-notes.tmp', 'a.txt']);
  });

  it.each([
    ['../escape.txt', 'component'],
    ['/etc/passwd', 'absolute'],
    ['.git/hooks/pre-commit', 'git directory'],
    ['folder-link/a.txt', 'its folder folder-link is a link'],
    ['file-link.txt', 'file-link.txt is a link'],
    ['dangling.txt', 'dangling.txt is a link'],
    ['folder', 'folder is a folder'],
    ['pipe', 'pipe is a device, a pipe or a socket'],
    ['file.txt/below.txt', 'its folder file.txt is not a folder'],
  ])('B62: refuses the whole answer for %s', async (path, problem) => {
    put('file.txt', 'text');
    mkdirSync(join(root, 'folder'));
    writeFileSync(join(top, 'outside.txt'), 'outside');
    symlinkSync(join(top, 'outside.txt'), join(root, 'file-link.txt'));
    symlinkSync(join(top, 'nowhere'), join(root, 'dangling.txt'));
    symlinkSync(top, join(root, 'folder-link'));
    execFileSync('mkfifo', [join(root, 'pipe')]);

    const writing = write({ path: 'fine.txt', content: 'fine' }, { path, content: 'x' });

    await expect(writing).rejects.toMatchObject({ code: 'JARVIS_WORKSPACE_PATH_ESCAPE', path });
    await expect(writing).rejects.toThrow(problem);
    expect(existsSync(join(root, 'fine.txt'))).toBe(false);
    expect(readFileSync(join(top, 'outside.txt'), 'utf8')).toBe('outside');
  });

  it('B62: refuses an answer in which a file is the folder of another', async () => {
    const writing = write({ path: 'a', content: 'file' }, { path: 'a/b/c.txt', content: 'below' });

    await expect(writing).rejects.toThrow('a is written as a file by the same answer');
    expect(readdirSync(root)).toEqual([]);
  });
});
