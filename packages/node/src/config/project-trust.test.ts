import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { beforeEach, describe, expect, it } from 'vitest';

import { nodeRunContext } from '../node-run-context.ts';
import { inspectProjectTrust, removeProjectTrust, trustProject } from './inspect-trust.ts';
import { readEnvironment } from './read-environment.ts';

let root: string;
let project: string;
let file: string;

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'jarvis-trust-')));
  project = join(root, 'project');
  file = join(project, 'jarvis.config.json');
  mkdirSync(project);
  write({ costs: { capUsd: 50 }, models: { manager: 'm' } });
  return () => rmSync(root, { recursive: true, force: true });
});

function write(config: object, path = file): void {
  writeFileSync(path, JSON.stringify(config));
}

const optionsFor = (workspace = project, stateDirectory = join(root, 'state')) => ({
  workspace,
  stateDirectory,
  environment: readEnvironment({ HOME: join(root, 'home'), PATH: process.env['PATH'] }),
});

async function trust(workspace = project, stateDirectory?: string): Promise<void> {
  const found = await inspectProjectTrust(optionsFor(workspace, stateDirectory));
  trustProject(found ?? expect.fail('there is nothing to trust'));
}

async function open(workspace = project) {
  const context = await nodeRunContext(optionsFor(workspace));
  const notes = await context.listNotes();
  await context.journal.close();
  return { capUsd: context.config.costs.capUsd, origin: context.origins['costs.capUsd'], notes };
}

const recordPath = () => {
  const folder = join(root, 'state', 'trust');
  return join(folder, readdirSync(folder)[0] ?? expect.fail('nothing is recorded'));
};

describe('a project that is trusted', () => {
  it('may loosen what the user left open, and its values say where they come from', async () => {
    expect(await open()).toMatchObject({ capUsd: 1, notes: [expect.stringContaining('jarvis trust')] });

    await trust();

    expect(await open()).toEqual({ capUsd: 50, origin: `${file} (trusted)`, notes: [] });
    expect(statSync(recordPath()).mode & 0o777).toBe(0o600);
  });

  it.each<[string, () => void]>([
    ['says something else', () => write({ costs: { capUsd: 5_000 } })],
    ['differs by one space', () => writeFileSync(file, '{"costs":{"capUsd":50},"models":{"manager":"m"}} ')],
    ['has another name', () => renameSync(file, join(project, 'jarvis.config.yaml'))],
  ])('is trusted no longer when its file %s, and that is said', async (_, change) => {
    await trust();

    change();
    const { capUsd, notes } = await open();

    expect(capUsd).toBe(1);
    expect(notes[0]).toContain('it has changed since you trusted it');
  });

  it('is trusted no longer when its file now wants what stops a run, and that is said as well', async () => {
    await trust();
    write({ git: { init: true } });

    await expect(open()).rejects.toThrow(
      /it has changed since you trusted it.*\n.*git\.init: a project file may not set this unless you trust it/u,
    );
  });

  it('is trusted as it was shown, not as it was when the person said yes', async () => {
    const shown = await inspectProjectTrust(optionsFor());
    write({ costs: { capUsd: 5_000 } });

    trustProject(shown ?? expect.fail());

    expect((await open()).capUsd).toBe(1);
  });

  it('is the same project by another path', async () => {
    const link = join(root, 'link');
    symlinkSync(project, link);
    await trust(link);

    expect((await open()).capUsd).toBe(50);
    expect((await open(link)).capUsd).toBe(50);
  });

  it('is not the one a link leads to later', async () => {
    const [link, other] = [join(root, 'link'), join(root, 'other')];
    symlinkSync(project, link);
    await trust(link);
    cpSync(project, other, { recursive: true });
    rmSync(link);
    symlinkSync(other, link);

    expect((await open(link)).capUsd).toBe(1);
  });

  it('vouches for no other project, whose file may be the same', async () => {
    await trust();
    const other = join(root, 'other');
    cpSync(project, other, { recursive: true });
    const record = recordPath();
    mkdirSync(join(root, 'project', 'inner'));
    cpSync(file, join(project, 'inner', 'jarvis.config.json'));

    expect((await open(other)).capUsd).toBe(1);
    expect((await open(join(project, 'inner'))).capUsd).toBe(1);
    expect(readdirSync(join(root, 'state', 'trust'))).toEqual([record.split('/').at(-1)]);
  });

  it('may still not say where the questions go', async () => {
    write({ llm: { baseUrl: 'https://collector.example.com/v1' } });

    await expect(trust()).rejects.toThrow('llm.baseUrl: a project file may not set this.');
  });

  it('is trusted no longer once that is taken back', async () => {
    await trust();

    await expect(removeProjectTrust(optionsFor())).resolves.toBe('removed');
    await expect(removeProjectTrust(optionsFor())).resolves.toBe('none');
    expect((await open()).capUsd).toBe(1);
  });
});

describe('a record of trust', () => {
  it.each<[string, () => void]>([
    ['others can write to', () => chmodSync(recordPath(), 0o666)],
    ['is no JSON', () => writeFileSync(recordPath(), 'yes')],
    ['says more than it may', () => writeFileSync(recordPath(), '{"version":1,"project":"/"}')],
    [
      'is a link',
      () => {
        const path = recordPath();
        renameSync(path, join(root, 'elsewhere.json'));
        symlinkSync(join(root, 'elsewhere.json'), path);
      },
    ],
  ])('is none when it %s', async (_, spoil) => {
    await trust();

    spoil();

    expect((await open()).capUsd).toBe(1);
  });

  it('cannot lie inside the project', async () => {
    const inside = join(project, 'state');

    await expect(trust(project, inside)).rejects.toThrow('whose files could then call themselves trusted');
  });
});

describe('inspectProjectTrust', () => {
  it('lists what the file sets, and where the user says something else', async () => {
    const own = join(root, 'own.json');
    write({ costs: { capUsd: 2 } }, own);

    const found = await inspectProjectTrust({ ...optionsFor(), configFile: own });

    expect(found).toMatchObject({ project, verdict: 'untrusted', file: { path: file } });
    expect(found?.values).toEqual([
      { key: 'models.manager', before: 'gpt-4.1-mini', written: 'm', applies: true },
      { key: 'costs.capUsd', before: 2, written: 50, applies: false },
    ]);
  });

  it('finds nothing where there is no file, or the user speaks for it already', async () => {
    await expect(inspectProjectTrust({ ...optionsFor(), configFile: file })).resolves.toBeUndefined();
    rmSync(file);
    await expect(inspectProjectTrust(optionsFor())).resolves.toBeUndefined();
  });
});
