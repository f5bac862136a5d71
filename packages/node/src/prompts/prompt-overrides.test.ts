import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { promptOverridesReader } from './prompt-overrides.ts';

const PROMPT = '---\nid: employee.work\nversion: 3\n---\nWork well.\n';

describe('promptOverridesReader', () => {
  let home = '';
  let workspace = '';

  beforeEach(async () => {
    home = await realpath(await mkdtemp(join(tmpdir(), 'jarvis-prompts-')));
    workspace = join(home, 'project');
    await mkdir(workspace);
    await writeFile(join(home, 'work.md'), PROMPT);
    await writeFile(join(workspace, 'work.md'), PROMPT);
  });

  afterEach(async () => {
    await rm(home, { recursive: true });
  });

  const read = (file: string, id = 'employee.work') =>
    promptOverridesReader({ home, workspace })({ [id]: file });

  it('reads a file of the home folder', async () => {
    expect(await read('~/work.md')).toEqual([{ id: 'employee.work', version: 3, text: 'Work well.' }]);
  });

  it('reads a file by its absolute path', async () => {
    expect(await read(join(home, 'work.md'))).toHaveLength(1);
  });

  it('refuses a file of the project folder, also behind a link', async () => {
    await symlink(join(workspace, 'work.md'), join(home, 'link.md'));

    await expect(read(join(workspace, 'work.md'))).rejects.toThrow('where agents write');
    await expect(read('~/link.md')).rejects.toThrow('where agents write');
  });

  it('refuses a prompt for something else', async () => {
    await expect(read('~/work.md', 'manager.plan')).rejects.toThrow(
      'holds a prompt with the id "employee.work"',
    );
  });

  it.each([
    ['is missing', async () => undefined, 'ENOENT'],
    ['is a folder', (path: string) => mkdir(path), 'no plain file'],
    ['is too large', (path: string) => writeFile(path, 'x'.repeat(200_001)), 'larger than'],
    ['is not UTF-8', (path: string) => writeFile(path, Buffer.from([0xff, 0xfe, 0x41])), 'UTF-8'],
    ['is no prompt', (path: string) => writeFile(path, 'Work well.'), 'does not begin with ---'],
  ])('refuses a file that %s', async (_, make, problem) => {
    await make(join(home, 'other.md'));

    await expect(read('~/other.md')).rejects.toMatchObject({
      code: 'JARVIS_PROMPT_REFUSED',
      message: expect.stringContaining(problem) as string,
    });
  });
});
