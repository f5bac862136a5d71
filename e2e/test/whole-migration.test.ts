import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { z } from 'zod';

import { type EmptyProject, installInEmptyProject } from '../src/empty-project.ts';
import { type Desk, jarvis, layOut } from '../src/jarvis-command.ts';
import { lookAtOldProject, startOldProgram, TASK, writeOldProject } from '../src/old-project.ts';
import { requireProgram } from '../src/run-program.ts';

const listSchema = z.array(z.looseObject({ status: z.string(), task: z.string() }));

let project: EmptyProject;
let desk: Desk;

beforeAll(async () => {
  project = await installInEmptyProject({ packages: ['@jarvis/cli'], tarballs: inject('tarballs') });
  desk = await layOut(project, 'old-project');
  await writeOldProject(desk.workspace);
});

afterAll(async () => {
  await project.dispose();
});

/** A command that has to succeed; what it printed. */
async function call(...args: readonly string[]): Promise<string> {
  const { code, out, err } = await jarvis(desk, ...args);
  expect({ args, code, err: code === 0 ? '' : err }).toEqual({ args, code: 0, err: '' });
  return out;
}

it('inspects, keeps, moves and runs an old project, and brings it back byte for byte', async () => {
  const { workspace: folder } = desk;
  const before = await lookAtOldProject(folder);
  const oldProgram = await startOldProgram(folder);

  const inventory = await call('migrate', 'inspect', '.');
  const { snapshotId } = readSnapshot(await call('migrate', 'snapshot', '.', '--json'));
  const untouched = await lookAtOldProject(folder);
  await call('migrate', 'state', '.');
  const config = await call('migrate', 'config', 'project_config.json');
  await call('migrate', 'imports', '.', '--write');
  await call('migrate', 'python', '.', '--force');
  const diff = await requireProgram(['git', 'diff', '--unified=0', '--', 'app.py'], { folder });

  const newProgram = await startOldProgram(folder, {
    JARVIS_HOME: desk.stateDirectory,
    JARVIS_COMMAND: join(project.folder, 'node_modules/.bin/jarvis'),
    JARVIS_BRIDGE_SIMULATE: '1',
  });
  await writeFile(join(project.folder, 'from-python.json'), config);
  const elsewhere = { ...desk, workspace: (await layOut(project, 'new-project')).workspace };
  const byMode = await jarvis(elsewhere, 'run', '--config', join(project.folder, 'from-python.json'), TASK);
  const runs = await Promise.all(['.', 'sites/choir', 'sites/nightly'].map(listRuns));

  const rollback = await call('migrate', 'rollback', snapshotId);
  const oldProgramAgain = await startOldProgram(folder);

  expect(oldProgram).toEqual({ code: 0, out: 'the old team worked: CHOIR\nASKED FOR failed\n', err: '' });
  expect(inventory).toContain('agent/orchestrator.py');
  expect(untouched).toEqual(before);
  expect(changedLines(diff)).toEqual([
    '-from agent.orchestrator_2loop import main as build_page',
    '+from jarvis_bridge.orchestrator_2loop import main as build_page',
    '-    from agent import orchestrator as team, llm',
    '+    from jarvis_bridge import orchestrator as team',
    '+    from agent import llm',
  ]);
  expect({ code: newProgram.code, out: newProgram.out }).toEqual({ code: 0, out: 'ASKED FOR completed\n' });
  expect(newProgram.err).toContain('DeprecationWarning');
  await expect(readFile(join(folder, 'sites/choir/index.html'), 'utf8')).resolves.toContain('choir');
  expect(byMode.code).toBe(0);
  expect(runs.flat().map(({ status, task }) => `${status}: ${task}`)).toEqual(Array(3).fill(`done: ${TASK}`));
  expect(rollback).toContain('app.py');
  expect(await lookAtOldProject(folder)).toEqual(before);
  expect(oldProgramAgain).toEqual(oldProgram);
});

async function listRuns(workspace: string) {
  return listSchema.parse(JSON.parse(await call('list', '--json', '--workspace', workspace)));
}

function readSnapshot(text: string) {
  return z.looseObject({ snapshotId: z.string() }).parse(JSON.parse(text));
}

function changedLines(diff: string): readonly string[] {
  return diff.split('\n').filter((line) => /^[+-](?![+-])/u.test(line));
}
