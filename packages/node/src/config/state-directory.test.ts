import { execFileSync } from 'node:child_process';
import { chmod, chown, mkdir, mkdtemp, readdir, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { beforeEach, describe, expect, it } from 'vitest';

import { readEnvironment } from './read-environment.ts';
import { findStateDirectory } from './state-directory.ts';

describe('findStateDirectory', () => {
  let root: string;
  let workspace: string;

  beforeEach(async () => {
    root = await realpath(await mkdtemp(join(tmpdir(), 'jarvis-state-')));
    workspace = join(root, 'bakery');
    await mkdir(workspace);
    return () => rm(root, { recursive: true, force: true });
  });

  function environment(variables: Readonly<Record<string, string>> = {}) {
    return readEnvironment({ HOME: root, PATH: process.env['PATH'], ...variables });
  }

  function git(...parts: readonly string[]): void {
    execFileSync('git', ['-C', workspace, ...parts], {
      env: { PATH: process.env['PATH'], HOME: root },
      stdio: 'pipe',
    });
  }

  const find = (override?: string) => findStateDirectory({ environment: environment(), workspace, override });

  interface PlaceCase {
    readonly title: string;
    readonly platform?: NodeJS.Platform;
    readonly variables?: Readonly<Record<string, string>>;
    readonly expected: string;
  }

  const xdg = { XDG_STATE_HOME: '~/xdg' };
  const mine = { JARVIS_HOME: '~/mine' };

  it.each<PlaceCase>([
    { title: 'the XDG default on Linux', expected: '.local/state/jarvis' },
    { title: '$XDG_STATE_HOME', variables: xdg, expected: 'xdg/jarvis' },
    {
      title: 'the default when $XDG_STATE_HOME is relative',
      variables: { XDG_STATE_HOME: 'xdg' },
      expected: '.local/state/jarvis',
    },
    {
      title: 'the Library on macOS',
      platform: 'darwin',
      variables: xdg,
      expected: 'Library/Application Support/jarvis',
    },
    { title: '$JARVIS_HOME before all of them', variables: { ...xdg, ...mine }, expected: 'mine' },
    { title: '$JARVIS_HOME on macOS', platform: 'darwin', variables: mine, expected: 'mine' },
  ])('uses $title', async ({ platform = 'linux', variables = {}, expected }) => {
    const set = Object.fromEntries(
      Object.entries(variables).map(([name, value]) => [name, value.replace('~', root)]),
    );

    const found = findStateDirectory({ environment: environment(set), workspace, platform });

    await expect(found).resolves.toBe(join(root, expected));
    await expect(readdir(root)).resolves.toEqual(['bakery']);
  });

  it('uses --state-dir before $JARVIS_HOME', async () => {
    const found = findStateDirectory({
      environment: environment({ JARVIS_HOME: join(root, 'mine') }),
      workspace,
      override: join(root, 'other'),
    });

    await expect(found).resolves.toBe(join(root, 'other'));
  });

  it('gives the real path behind a link, also for what does not exist yet', async () => {
    await mkdir(join(root, 'disk'));
    await symlink(join(root, 'disk'), join(root, 'link'));

    await expect(find(join(root, 'link', 'a', 'b'))).resolves.toBe(join(root, 'disk', 'a', 'b'));
  });

  it('refuses a relative $JARVIS_HOME, which would be another folder in every folder', async () => {
    const found = findStateDirectory({ environment: environment({ JARVIS_HOME: 'state' }), workspace });

    await expect(found).rejects.toMatchObject({
      code: 'JARVIS_STATE_DIRECTORY_REFUSED',
      path: 'state',
      origin: 'JARVIS_HOME',
    });
  });

  it('refuses a file', async () => {
    await writeFile(join(root, 'file'), '');

    await expect(find(join(root, 'file'))).rejects.toThrow('it is not a folder');
  });

  it.runIf(process.platform === 'linux').each(['/proc/jarvis', '/proc/self/a/b', '/sys/jarvis'])(
    'refuses %s at once, where no folder can be made',
    async (folder) => {
      await expect(find(folder)).rejects.toThrow('it is no disk, the system shows itself there');
    },
  );

  it.each(['.', 'bakery'])('B18: refuses a folder that holds the project: %s', async (folder) => {
    await expect(find(join(root, folder))).rejects.toThrow('the project lies inside it');
  });

  it('accepts a folder beside the project whose name begins like it', async () => {
    await expect(find(join(root, 'bakery-state'))).resolves.toBe(join(root, 'bakery-state'));
    await expect(find(join(root, '..bakery'))).resolves.toBe(join(root, '..bakery'));
  });

  describe('inside the project', () => {
    const refusal = /it lies inside the project, and git does not ignore it/u;

    it('accepts it where there is no git', async () => {
      await expect(find(join(workspace, 'state'))).resolves.toBe(join(workspace, 'state'));
    });

    it('refuses what git would take in', async () => {
      git('init', '-q');

      await expect(find(join(workspace, 'state'))).rejects.toThrow(refusal);
    });

    it.each(['state/', 'state', '/state/', '*'])(
      'accepts what %j in .gitignore keeps out',
      async (pattern) => {
        git('init', '-q');
        await writeFile(join(workspace, '.gitignore'), `${pattern}\n`);

        await expect(find(join(workspace, 'state'))).resolves.toBe(join(workspace, 'state'));
      },
    );

    it('refuses what is ignored but was added before', async () => {
      git('init', '-q');
      await mkdir(join(workspace, 'state'));
      await writeFile(join(workspace, 'state', 'old.db'), 'x');
      git('add', '.');
      await writeFile(join(workspace, '.gitignore'), 'state/\n');

      await expect(find(join(workspace, 'state'))).rejects.toThrow(refusal);
    });

    it('sees the repository around the project', async () => {
      execFileSync('git', ['-C', root, 'init', '-q'], { env: { PATH: process.env['PATH'], HOME: root } });

      await expect(find(join(workspace, 'state'))).rejects.toThrow(refusal);
    });

    it('sees through a link that leads into the project', async () => {
      git('init', '-q');
      await symlink(workspace, join(root, 'link'));

      await expect(find(join(root, 'link', 'state'))).rejects.toThrow(refusal);
    });

    it('applies to $JARVIS_HOME as well', async () => {
      git('init', '-q');
      const inside = environment({ JARVIS_HOME: join(workspace, 'state') });

      await expect(findStateDirectory({ environment: inside, workspace })).rejects.toThrow(refusal);
    });

    it('refuses when there is a repository and no git to ask', async () => {
      git('init', '-q');
      await writeFile(join(workspace, '.gitignore'), 'state/\n');
      const found = findStateDirectory({
        environment: environment({ PATH: '/nowhere' }),
        workspace,
        override: join(workspace, 'state'),
      });

      await expect(found).rejects.toThrow(refusal);
    });

    it.runIf(process.getuid?.() === 0)('refuses what belongs to another user', async () => {
      await mkdir(join(workspace, 'state'));
      await chown(join(workspace, 'state'), 12_345, 12_345);

      await expect(find(join(workspace, 'state'))).rejects.toThrow('belongs to another user');
    });
  });

  describe('when a path cannot be followed', () => {
    async function circle(): Promise<string> {
      await symlink(join(root, 'circle'), join(root, 'circle'));
      return join(root, 'circle');
    }

    it('refuses links that lead in a circle', async () => {
      await expect(find(join(await circle(), 'state'))).rejects.toMatchObject({
        code: 'JARVIS_STATE_DIRECTORY_REFUSED',
        message: expect.stringContaining('its links lead in a circle. Choose a folder') as string,
      });
    });

    it('refuses a name that is too long', async () => {
      const found = find(join(root, 'x'.repeat(300)));

      await expect(found).rejects.toMatchObject({ code: 'JARVIS_STATE_DIRECTORY_REFUSED' });
    });

    it('refuses what lies in a folder of somebody else', async () => {
      const hidden = join(root, 'hidden');
      await mkdir(join(hidden, 'state'), { recursive: true });
      await chmod(hidden, 0);
      await chmod(root, 0o755);

      const found = withoutPowers(() => find(join(hidden, 'state')));

      await expect(found).rejects.toMatchObject({
        code: 'JARVIS_STATE_DIRECTORY_REFUSED',
        message: expect.stringContaining('your user may not use it') as string,
      });
    });

    it('says so of the folder of the project, too', async () => {
      const found = findStateDirectory({ environment: environment(), workspace: await circle() });

      await expect(found).rejects.toMatchObject({ code: 'JARVIS_WORKSPACE_UNUSABLE' });
    });
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
