import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { planWrites, refusePath, sha256 } from '@jarvis/core';
import { nodeRunContext, readEnvironment } from '@jarvis/node';

import type { Bench } from './bench.ts';
import { inFolder } from './bench-context.ts';
import { renderMs, timeOf } from './figures.ts';

/** How many files the project has, how many of them one answer changes, and how many paths are judged. */
export interface ManyFilesSize {
  readonly files: number;
  readonly changed: number;
  readonly paths: number;
}

/** What many files cost: looking at them, writing an answer, committing it; and the gate each path passes. */
export const manyFilesBench: Bench = {
  name: 'files',
  summary:
    'a project of 10,000 files and an answer of 200; to be had: start 3 s, snapshot 10 s, 10 git processes',
  run: () => measureManyFiles({ files: 10_000, changed: 200, paths: 500_000 }),
};

/** Measures each step once, in the order of a run. */
export function measureManyFiles({ files, changed, paths }: ManyFilesSize): Promise<readonly string[]> {
  return inFolder(async (folder) => {
    const all = Array.from({ length: files }, (_, index) => pathOf(index));
    const project = createProject(folder, all);
    const { git, workspace, journal, countGit } = await openProject(folder, project);

    const startMs = await timeOf(async () => {
      await workspace.prove();
      await git.inspect();
      await workspace.readFiles();
    });
    const answer = all.slice(0, changed).map((path) => ({ path, content: `changed ${path}\n` }));
    const contents = new Map(answer.map(({ content }) => [sha256(content), content]));
    const contentOf = (hash: string) => Promise.resolve(contents.get(hash) ?? '');
    const snapshotMs = await timeOf(async () => {
      await workspace.hashFiles(all);
    });
    const plan = planWrites(answer, await workspace.hashFiles(answer.map(({ path }) => path)));
    const applyMs = await timeOf(() => workspace.apply(plan, contentOf));
    const commitPlan = commitPlanOf(project, answer);
    const before = countGit();
    const commitMs = await timeOf(() => git.commit(commitPlan, contentOf));
    await journal.close();
    return [
      `start with ${files.toLocaleString('en')} files: ${renderMs(startMs)}`,
      `snapshot of all of them: ${renderMs(snapshotMs)}`,
      `${String(changed)} files of one answer: written in ${renderMs(applyMs)}, committed in ${renderMs(commitMs)}`,
      `git processes of the commit: ${String(countGit() - before)}`,
      `file gate: ${measureGate(paths)} paths/s`,
    ];
  });
}

function pathOf(index: number): string {
  return `src/part-${String(index % 100)}/page-${String(index)} of many.html`;
}

function createProject(folder: string, paths: readonly string[]): string {
  const project = join(folder, 'project');
  for (let part = 0; part < 100; part += 1)
    mkdirSync(join(project, `src/part-${String(part)}`), { recursive: true });
  for (const path of paths) writeFileSync(join(project, path), `<p>${path}</p>\n`.repeat(20));
  const git = (...args: readonly string[]) =>
    execFileSync('git', ['-C', project, '-c', 'user.name=A', '-c', 'user.email=a@example.org', ...args], {
      env: { PATH: process.env['PATH'], HOME: folder },
    });
  git('init', '--quiet');
  git('symbolic-ref', 'HEAD', 'refs/heads/main');
  git('add', '--all');
  git('commit', '--quiet', '--message', 'Begin');
  return project;
}

/** The real parts, with a git that is counted. */
async function openProject(folder: string, project: string) {
  const programs = join(folder, 'programs');
  const log = join(folder, 'calls');
  mkdirSync(programs);
  writeFileSync(log, '');
  const real = execFileSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim();
  writeFileSync(join(programs, 'git'), `#!/bin/sh\necho >> '${log}'\nexec '${real}' "$@"\n`);
  chmodSync(join(programs, 'git'), 0o755);
  const environment = readEnvironment({ PATH: `${programs}:${process.env['PATH'] ?? ''}`, HOME: folder });
  const context = await nodeRunContext({
    workspace: project,
    stateDirectory: join(folder, 'state'),
    environment,
  });
  return { ...context, countGit: () => readFileSync(log, 'utf8').length };
}

function commitPlanOf(
  project: string,
  answer: readonly { readonly path: string; readonly content: string }[],
) {
  const parent = execFileSync('git', ['-C', project, 'rev-parse', 'HEAD'], { encoding: 'utf8' }).trim();
  return {
    branch: 'refs/heads/main',
    parent,
    subject: 'Change many files',
    trailers: {},
    author: { name: 'A', email: 'a@example.org' },
    atSeconds: 1_700_000_000,
    files: answer.map(({ path, content }) => ({ path, hash: sha256(content) })),
  };
}

function measureGate(count: number): string {
  const paths = Array.from({ length: count }, (_, index) => pathOf(index));
  const startedMs = performance.now();
  const refused = paths.filter((path) => refusePath(path) !== undefined).length;
  const seconds = (performance.now() - startedMs) / 1_000;
  if (refused > 0) throw new Error(`${String(refused)} paths were refused`);
  return Math.round(count / seconds).toLocaleString('en');
}
