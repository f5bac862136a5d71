import { expect, it } from 'vitest';

import { sha256 } from '../../journal/hash.ts';
import type { WorkspaceUnderTest } from './workspace-contract.ts';

/** What is read, and what is not. */
export function workspaceReadingTests(current: () => WorkspaceUnderTest): void {
  it('proves that it can be worked in, and leaves nothing behind', async () => {
    const { workspace } = current();

    await expect(workspace.prove()).resolves.toBeUndefined();

    expect(await workspace.readFiles()).toEqual([]);
  });

  it('reads all text files in the order of their code points', async () => {
    const { workspace, write } = current();
    const paths = [
      'b.md',
      'b.md.bak',
      'a/z.md',
      'a.md',
      'B.md',
      'é.md',
      '\u{ff5e}.md',
      '🙂.md',
      '.editorconfig',
    ];
    for (const path of paths) await write(path, `content of ${path}`);

    const files = await workspace.readFiles();

    expect(files.map(({ path }) => path)).toEqual([
      '.editorconfig',
      'B.md',
      'a.md',
      'a/z.md',
      'b.md',
      'b.md.bak',
      'é.md',
      '\u{ff5e}.md',
      '🙂.md',
    ]);
    expect(files[2]).toEqual({ path: 'a.md', content: 'content of a.md', hash: sha256('content of a.md') });
  });

  it('keeps line ends, trailing blanks and empty files as they are', async () => {
    const { workspace, write } = current();
    const contents = ['a\r\nb\r\n', 'no line end', '  \n', ''];
    for (const [index, content] of contents.entries()) await write(`${String(index)}.txt`, content);

    const files = await workspace.readFiles();

    expect(files.map(({ content }) => content)).toEqual(contents);
  });

  it('hashes the files that are there and leaves out the others', async () => {
    const { workspace, write } = current();
    await write('a/there.txt', 'here I am');

    const hashes = await workspace.hashFiles(['a/there.txt', 'missing.txt', 'a']);

    expect([...hashes]).toEqual([['a/there.txt', sha256('here I am')]]);
  });

  it('tells the permissions of files that have any, and of nothing else', async () => {
    const { workspace, write } = current();
    await write('a/there.txt', 'here I am');
    const made = { path: 'made.sh', before: null, after: sha256('made'), bytes: 4, mode: 0o700 };
    await workspace.apply({ writes: [made] }, async () => 'made');

    const modes = await workspace.readModes(['a/there.txt', 'made.sh', 'missing.txt', 'a']);

    expect(modes.get('made.sh') ?? 0o700).toBe(0o700);
    expect(['a/there.txt', 'made.sh']).toEqual(expect.arrayContaining([...modes.keys()]));
  });

  leavingOutTests(current);
}

function leavingOutTests(current: () => WorkspaceUnderTest): void {
  it.each(['.git/config', 'a/.cache/x.txt', 'node_modules/x/index.js', 'a/node_modules/y.js'])(
    'does not read %s',
    async (path) => {
      const { workspace, write } = current();
      await write(path, 'hidden');

      expect(await workspace.readFiles()).toEqual([]);
    },
  );

  it.each(['.env', 'config/.env.local', 'id_rsa', 'server.pem'])(
    'does not read %s, which a model must not see',
    async (path) => {
      const { workspace, write } = current();
      await write(path, 'secret');

      expect(await workspace.readFiles()).toEqual([]);
    },
  );

  it('does not read binary files', async () => {
    const { workspace, write } = current();
    await write('picture.png', 'PNG\0\0\0');

    expect(await workspace.readFiles()).toEqual([]);
  });
}
