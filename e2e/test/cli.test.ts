import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { z } from 'zod';

import { type EmptyProject, installInEmptyProject } from '../src/empty-project.ts';
import { jarvis, layOut } from '../src/jarvis-command.ts';
import { lowestNodeRelease } from '../src/lowest-node.ts';
import { runProgram } from '../src/run-program.ts';

const tarballs = inject('tarballs');
const TASK = 'Build a landing page for a bakery called Rye & Shine';

const listSchema = z.array(z.looseObject({ runId: z.string() }));

describe('the jarvis command from its tarball', () => {
  let project: EmptyProject;

  beforeAll(async () => {
    project = await installInEmptyProject({ packages: ['@jarvis/cli'], tarballs });
  });

  afterAll(async () => {
    await project.dispose();
  });

  it('ends a simulated task with a page that names the bakery', async () => {
    const desk = await layOut(project, 'bakery');

    const { code, out, err } = await jarvis(desk, 'run', TASK);

    expect({ code, err: err.split('\n')[0] }).toEqual({
      code: 0,
      err: 'Cost cap: $1.00 for this run (change it with --max-cost).',
    });
    expect(out).toContain('done: The manager approved the work.');
    expect(out).toContain('simulated: no model was used');
    await expect(readFile(join(desk.workspace, 'index.html'), 'utf8')).resolves.toContain('Rye &amp; Shine');
  });

  it('shows what it did, in a later process', async () => {
    const desk = await layOut(project, 'shown');
    await jarvis(desk, 'run', TASK);

    const list = await jarvis(desk, 'list', '--json');
    const [run] = listSchema.parse(JSON.parse(list.out));
    const shown = await jarvis(desk, 'show', run?.runId ?? '', '--json');

    expect(run).toMatchObject({ status: 'done', task: TASK, spentUsd: 0 });
    expect(JSON.parse(shown.out)).toMatchObject({ runId: run?.runId, isSimulated: true, status: 'done' });
  });

  it('keeps everything but the files of the task out of the project folder', async () => {
    const desk = await layOut(project, 'tidy');

    const { out } = await jarvis(desk, 'run', TASK, '--json');

    const { files } = z.object({ files: z.array(z.string()) }).parse(JSON.parse(out));
    const { out: found } = await runProgram(['find', '.', '-type', 'f'], { folder: desk.workspace });
    expect(found.trim().split('\n').sort()).toEqual(files.map((file) => `./${file}`).sort());
  });

  it.each(['22', '24'])('runs on the lowest Node.js release of line %s its engines name', async (line) => {
    const { version, packageName } = await lowestNodeRelease(line);
    const release = await installInEmptyProject({
      packages: [],
      tarballs,
      others: { [packageName]: version },
    });
    const node = join(release.folder, 'node_modules', packageName, 'bin/node');
    const desk = { ...(await layOut(project, `line-${line}`)), node };

    const used = await runProgram([node, '--version'], release);
    const { code, err } = await jarvis(desk, 'run', TASK);
    await release.dispose();

    expect(used.out.trim()).toBe(`v${version}`);
    expect(err).not.toContain('Warning');
    expect(code).toBe(0);
  });
});
