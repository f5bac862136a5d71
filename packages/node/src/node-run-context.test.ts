import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { beforeEach, describe, expect, it } from 'vitest';

import { readEnvironment } from './config/read-environment.ts';
import { type NodeRunContext, nodeRunContext } from './node-run-context.ts';

const { PATH = '' } = process.env;

let top: string;
let home: string;

beforeEach(() => {
  top = realpathSync(mkdtempSync(join(tmpdir(), 'jarvis-context-')));
  home = join(top, 'home');
  mkdirSync(join(home, 'project'), { recursive: true });
  return () => rmSync(top, { recursive: true, force: true });
});

function open(workspace: string, variables: Readonly<Record<string, string>> = {}): Promise<NodeRunContext> {
  const environment = readEnvironment({ HOME: home, PATH, ...variables });
  return nodeRunContext({ workspace, stateDirectory: join(top, 'state'), environment });
}

describe('nodeRunContext', () => {
  it('lets git read the configuration of the home folder it is given', async () => {
    writeFileSync(join(home, '.gitconfig'), '[user]\n\tname = Ada\n\temail = ada@example.org\n');

    const { git } = await open(join(home, 'project'));

    await expect(git.author()).resolves.toEqual({ name: 'Ada', email: 'ada@example.org' });
  });

  it('looks for git where the environment it is given says', async () => {
    const project = join(home, 'project');
    execFileSync('git', ['init', '-q', project], { env: { PATH, HOME: home } });

    const { git } = await open(project, { PATH: join(top, 'no-programs') });

    const state = await git.inspect();

    expect(state).toMatchObject({
      type: 'none',
      obstacle: expect.stringContaining('there is no git') as unknown,
    });
  });

  it('takes the home folder it is given for no project', async () => {
    const { workspace } = await open(home);

    await expect(workspace.prove()).rejects.toThrow('it is your home folder');
  });
});
