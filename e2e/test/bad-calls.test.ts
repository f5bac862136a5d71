import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';

import { type EmptyProject, installInEmptyProject } from '../src/empty-project.ts';
import { type Desk, jarvis, layOut, listTree } from '../src/jarvis-command.ts';

const TASK = 'Build a page about knots';

/** A line of a stack trace. */
const TRACE = /^\s+at .+:\d+:\d+\)?$/mu;

interface BadCall {
  readonly args: readonly string[];
  /** What has to be on the one line: the thing that is wrong, and what to do. */
  readonly names: readonly string[];
}

/** As `docs/reference/exit-codes.md` has them. */
const USAGE = 2;

describe('a call that cannot be carried out', () => {
  let project: EmptyProject;
  let closedPort: number;

  beforeAll(async () => {
    project = await installInEmptyProject({ packages: ['@jarvis/cli'], tarballs: inject('tarballs') });
    await mkdir(join(project.folder, 'a-folder'));
    await writeFile(join(project.folder, 'a-file'), 'nothing of interest');
    await writeFile(join(project.folder, 'broken.json'), '{\n  "costs": { "capUsd": }\n}\n');
    closedPort = await findClosedPort();
  });

  afterAll(async () => {
    await project.dispose();
  });

  it.each<[string, (project: EmptyProject) => BadCall]>([
    ['an unknown command (B77)', () => ({ args: ['rnu', TASK], names: ["'rnu'", 'run', 'jarvis --help'] })],
    [
      'an unknown flag',
      () => ({ args: ['run', TASK, '--max-csot', '1'], names: ["'--max-csot'", '--max-cost'] }),
    ],
    ['a missing task', () => ({ args: ['run'], names: ['task is missing', 'jarvis run "'] })],
    ['an empty task (B24)', () => ({ args: ['run', ' '], names: ['task is empty', 'jarvis run "'] })],
    [
      'two tasks',
      () => ({ args: ['run', 'Build', 'a page'], names: ['too many arguments', 'jarvis --help'] }),
    ],
    [
      'a cap that is no number (B78)',
      () => ({ args: ['run', TASK, '--max-cost', 'abc'], names: ['--max-cost', '"abc"', 'unlimited'] }),
    ],
    [
      'a cap of nothing (B10)',
      () => ({ args: ['run', TASK, '--max-cost', '0'], names: ['--max-cost', 'unlimited'] }),
    ],
    ['a mode there is not', () => ({ args: ['run', TASK, '--mode', 'PHASE4'], names: ['PHASE4', 'PHASE3'] })],
    [
      'a configuration that is a folder',
      ({ folder }) => ({
        args: ['run', TASK, '--config', join(folder, 'a-folder')],
        names: [join(folder, 'a-folder'), 'folder'],
      }),
    ],
    [
      'a configuration that is not there',
      ({ folder }) => ({
        args: ['run', TASK, '--config', join(folder, 'none.json')],
        names: [join(folder, 'none.json'), 'no such file'],
      }),
    ],
    [
      'a configuration that is broken (B01)',
      ({ folder }) => ({
        args: ['run', TASK, '--config', join(folder, 'broken.json')],
        names: [join(folder, 'broken.json'), 'line 2, column 24'],
      }),
    ],
    [
      'a project folder that is a file (B18)',
      ({ folder }) => ({
        args: ['run', TASK, '--workspace', join(folder, 'a-file')],
        names: [join(folder, 'a-file'), '--workspace'],
      }),
    ],
    [
      'a project folder inside a file (B18)',
      ({ folder }) => ({
        args: ['run', TASK, '--workspace', join(folder, 'a-file', 'x')],
        names: [join(folder, 'a-file', 'x'), '--workspace'],
      }),
    ],
    [
      'a project folder that is not there (B18)',
      ({ folder }) => ({
        args: ['run', TASK, '--workspace', join(folder, 'none')],
        names: [join(folder, 'none'), '--workspace'],
      }),
    ],
    [
      'the root as project folder (B18)',
      () => ({ args: ['run', TASK, '--workspace', '/'], names: ['folder /', '--workspace'] }),
    ],
    [
      'a state directory that is a file',
      ({ folder }) => ({
        args: ['run', TASK, '--state-dir', join(folder, 'a-file')],
        names: [join(folder, 'a-file'), '--state-dir'],
      }),
    ],
    [
      'a state directory inside a file',
      ({ folder }) => ({
        args: ['run', TASK, '--state-dir', join(folder, 'a-file', 'x')],
        names: [join(folder, 'a-file', 'x'), '--state-dir'],
      }),
    ],
    [
      'a base URL that is none (B15)',
      () => ({ args: ['run', TASK, '--base-url', 'nonsense'], names: ['--base-url', '"nonsense"'] }),
    ],
    [
      'a run nobody knows',
      () => ({ args: ['show', '20260101-000000-abcdef'], names: ['20260101-000000-abcdef', 'jarvis list'] }),
    ],
    [
      'resuming a run nobody knows',
      () => ({
        args: ['resume', '20260101-000000-abcdef'],
        names: ['20260101-000000-abcdef', 'jarvis list'],
      }),
    ],
    [
      'a run id that is a path (B80)',
      () => ({ args: ['show', '../../x'], names: ['../../x', 'jarvis list'] }),
    ],
  ])('%s: is one line that names it and says what to do', async (name, toCall) => {
    const { args, names } = toCall(project);

    await expectRefusal(await layOut(project, toFolderName(name)), args, names);
  });

  it('a server that nobody runs: is found before anything is written', async () => {
    const desk = await layOut(project, 'refused');
    const server = `127.0.0.1:${String(closedPort)}`;

    await expectRefusal(desk, ['run', TASK, '--base-url', `http://${server}/v1`], [server, '--base-url']);
  });

  it('shows where the error comes from only with --debug', async () => {
    const desk = await layOut(project, 'debug');

    const plain = await jarvis(desk, 'run', TASK, '--max-cost', 'abc');
    const debug = await jarvis(desk, 'run', TASK, '--max-cost', 'abc', '--debug');

    expect(plain.err).not.toMatch(TRACE);
    expect(debug.err).toMatch(TRACE);
    expect(debug.err.split('\n')[0]).toBe(plain.err.trimEnd());
    expect(debug.code).toBe(USAGE);
  });

  it('tells programs the code on standard output with --json, and people the sentence all the same', async () => {
    const desk = await layOut(project, 'json');

    const { code, out, err } = await jarvis(desk, 'run', TASK, '--max-cost', 'abc', '--json');

    expect(JSON.parse(out)).toMatchObject({ error: { code: 'JARVIS_CONFIG_INVALID' } });
    expect(err).toMatch(/^jarvis: --max-cost: .+\n$/u);
    expect(code).toBe(USAGE);
  });
});

async function expectRefusal(desk: Desk, args: readonly string[], names: readonly string[]): Promise<void> {
  const { code, out, err } = await jarvis(desk, ...args);

  expect(err).toMatch(/^jarvis: [^\n]+\n$/u);
  expect({ code, out }).toEqual({ code: USAGE, out: '' });
  for (const name of names) expect(err).toContain(name);
  expect(err).not.toMatch(TRACE);
  expect(await listTree(desk.workspace)).toEqual([]);
  expect(await listTree(desk.stateDirectory)).toEqual([]);
}

function toFolderName(title: string): string {
  return title.replaceAll(/[^a-z0-9]+/giu, '-');
}

/** A port that was free a moment ago. */
async function findClosedPort(): Promise<number> {
  const server = createServer();
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
  await new Promise((resolve) => server.close(resolve));
  return port;
}
