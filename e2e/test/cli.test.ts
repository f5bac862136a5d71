import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';

import { type EmptyProject, installInEmptyProject } from '../src/empty-project.ts';
import { lowestNodeRelease } from '../src/lowest-node.ts';
import { runProgram } from '../src/run-program.ts';

const tarballs = inject('tarballs');
const TASK = 'Build a landing page for a bakery called Rye & Shine';

describe('the jarvis command from its tarball', () => {
  let project: EmptyProject;

  beforeAll(async () => {
    project = await installInEmptyProject({ packages: ['@jarvis/cli'], tarballs });
  });

  afterAll(async () => {
    await project.dispose();
  });

  it('ends a simulated task with a page that names the bakery', async () => {
    const workspace = await newFolder(project, 'bakery');

    const { code, out, err } = await jarvis(project, 'run', TASK, '--workspace', workspace);

    expect({ code, err: err.split('\n')[0] }).toEqual({
      code: 0,
      err: 'Cost cap: $1.00 for this run (change it with --max-cost).',
    });
    expect(out).toContain('done: The manager approved the work.');
    expect(out).toContain('simulated: no model was used');
    await expect(readFile(join(workspace, 'index.html'), 'utf8')).resolves.toContain('Rye &amp; Shine');
  });

  it('shows what it did, in a later process', async () => {
    const workspace = await newFolder(project, 'shown');
    await jarvis(project, 'run', TASK, '--workspace', workspace);

    const { out } = await jarvis(project, 'list', '--workspace', workspace, '--json');
    const [run] = JSON.parse(out);
    const shown = await jarvis(project, 'show', run.runId, '--workspace', workspace, '--json');

    expect(run).toMatchObject({ status: 'done', task: TASK, spentUsd: 0 });
    expect(JSON.parse(shown.out)).toMatchObject({ runId: run.runId, isSimulated: true, status: 'done' });
  });
});

describe('the lowest Node.js release the packages name', () => {
  it.each(['22', '24'])('runs a task: line %s', async (line) => {
    const { version, packageName } = await lowestNodeRelease(line);
    const project = await installInEmptyProject({
      packages: ['@jarvis/cli'],
      tarballs,
      others: { [packageName]: version },
    });
    const node = join(project.folder, 'node_modules', packageName, 'bin/node');
    const bin = join(project.folder, 'node_modules/@jarvis/cli/dist/bin.js');
    const workspace = await newFolder(project, 'bakery');

    const end = await runProgram([node, bin, 'run', TASK, '--workspace', workspace, ...stateOf(project)], project);
    await project.dispose();

    expect(end.err).not.toContain('Warning');
    expect(end.code).toBe(0);
  });
});

function jarvis(project: EmptyProject, ...args: readonly string[]) {
  const bin = join(project.folder, 'node_modules/.bin/jarvis');
  return runProgram([bin, ...args, ...stateOf(project)], project);
}

function stateOf({ folder }: EmptyProject): readonly string[] {
  return ['--state-dir', join(folder, 'state')];
}

async function newFolder({ folder }: EmptyProject, name: string): Promise<string> {
  const path = join(folder, 'work', name);
  await mkdir(path, { recursive: true });
  return path;
}
