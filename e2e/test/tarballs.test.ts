import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { z } from 'zod';

import {
  type EmptyProject,
  installInEmptyProject,
  listFiles,
  listInstalled,
  listSubpaths,
} from '../src/empty-project.ts';
import { repositoryRoot } from '../src/pack-packages.ts';
import { requireProgram } from '../src/run-program.ts';

const NAMES = ['bus', 'cli', 'core', 'legacy-compat', 'loops', 'node', 'roadmap', 'stages'].map(
  (name) => `@jarvis/${name}`,
);
const CARRIED = ['LICENSE', 'README.md', 'package.json', 'src/index.ts', 'dist/index.js', 'dist/index.d.ts'];
const UNWANTED = /\.test(?:-d)?\.ts$|\.tsbuildinfo$|(?:^|\/)(?:coverage|test-results|fixtures)\//u;
const tarballs = inject('tarballs');
const reportSchema = z.object({ numPassedTests: z.int(), numTotalTests: z.int() });

describe('the packed packages', () => {
  it('are all the packages of the repository', () => {
    expect(Object.keys(tarballs).sort()).toEqual(NAMES);
  });
});

describe('the packed packages, installed in an empty project', () => {
  let project: EmptyProject;

  beforeAll(async () => {
    // vitest is an optional peer of the contract suites.
    project = await installInEmptyProject({ packages: NAMES, tarballs, others: { vitest: '5.1.1' } });
  });

  afterAll(async () => {
    await project.dispose();
  });

  it.each(NAMES)('%s: every subpath can be imported', async (name) => {
    const subpaths = await listPlainSubpaths(project, name);
    const script = subpaths
      .map((subpath) => `await import(${quote(subpath)}${attributes(subpath)});`)
      .join('\n');

    await requireProgram(['node', '--input-type=module', '--eval', script], project);

    expect(subpaths).toContain(name);
  });

  it.each(NAMES)('%s: every subpath can be required', async (name) => {
    const subpaths = await listPlainSubpaths(project, name);
    const script = subpaths.map((subpath) => `require(${quote(subpath)});`).join('\n');

    await requireProgram(['node', '--input-type=commonjs', '--eval', script], project);

    expect(subpaths).toContain(name);
  });

  it('@jarvis/core/testing/contracts: a suite runs in a vitest of the user', async () => {
    await writeFile(join(project.folder, 'journal.test.mjs'), CONTRACT_TEST);

    const vitest = join(project.folder, 'node_modules/.bin/vitest');
    const report = join(project.folder, 'report.json');
    await requireProgram(
      [vitest, 'run', '--reporter=json', '--outputFile', report, 'journal.test.mjs'],
      project,
    );

    const { numPassedTests, numTotalTests } = reportSchema.parse(JSON.parse(await readFile(report, 'utf8')));
    expect(numPassedTests).toBeGreaterThan(10);
    expect(numPassedTests).toBe(numTotalTests);
  });

  it.each(NAMES)('%s: carries its licence, its README and its sources, but no test', async (name) => {
    const files = await listFiles(project, name);

    expect(CARRIED.filter((file) => !files.includes(file))).toEqual([]);
    expect(files.filter((file) => UNWANTED.test(file))).toEqual([]);
  });

  it.each(NAMES)('%s: is accepted by publint and by attw', async (name) => {
    const tarball = tarballs[name] ?? '';
    const bin = join(repositoryRoot, 'node_modules/.bin');

    await expect(
      requireProgram([join(bin, 'publint'), 'run', tarball, '--strict'], project),
    ).resolves.toContain('All good');
    await requireProgram([join(bin, 'attw'), tarball, '--profile', 'esm-only'], project);
  });

  it('gives its types to a strict program', async () => {
    await writeFile(join(project.folder, 'typed.mts'), TYPED_PROGRAM);
    const tsc = join(repositoryRoot, 'node_modules/.bin/tsc');
    const flags = ['--noEmit', '--strict', '--skipLibCheck', '--module', 'nodenext', '--target', 'es2024'];

    await requireProgram([tsc, ...flags, 'typed.mts'], project);
  });
});

describe('a single package in an empty project', () => {
  it('brings nothing it does not need: roadmap has no client, no git and no database', async () => {
    const project = await installInEmptyProject({ packages: ['@jarvis/roadmap'], tarballs });

    const installed = await listInstalled(project);
    await project.dispose();

    expect(installed).toEqual(['@jarvis/core', '@jarvis/roadmap', 'zod']);
  });

  it('says what is missing when the orchestrator has no adapters', async () => {
    const project = await installInEmptyProject({ packages: ['@jarvis/loops'], tarballs });
    const script = `
      import { JarvisOrchestrator } from '@jarvis/loops';
      await new JarvisOrchestrator().run({ task: 'Build a page' }).catch((error) => console.log(error.code, error.message));`;

    const out = await requireProgram(['node', '--input-type=module', '--eval', script], project);
    const installed = await listInstalled(project);
    await project.dispose();

    expect(out).toContain('JARVIS_ADAPTER_MISSING');
    expect(out).toContain('npm i @jarvis/node');
    expect(installed).toEqual([
      '@jarvis/bus',
      '@jarvis/core',
      '@jarvis/loops',
      '@jarvis/roadmap',
      '@jarvis/stages',
      'zod',
    ]);
  });
});

const CONTRACT_TEST = `
import { MemoryJournal } from '@jarvis/core';
import { journalContract } from '@jarvis/core/testing/contracts';

journalContract('MemoryJournal', async () => {
  const journal = new MemoryJournal();
  const takeOver = async (resource) => void journal.takeOver(resource);
  return { journal, reopen: async () => journal, takeOver, dispose: () => journal.close() };
});
`;

// The directive fails the compilation when there is nothing to expect: when the types are lost and all is \`any\`.
const TYPED_PROGRAM = `
import { JarvisOrchestrator, type RunResult } from '@jarvis/loops';
import { nodeRunContext } from '@jarvis/node';
import { startFakeOpenAi } from '@jarvis/node/testing';
import { exitCodes } from '@jarvis/cli';
import { createBus, agentCatalog } from '@jarvis/bus';
import { createRoadmap } from '@jarvis/roadmap';
import { deriveVerdict } from '@jarvis/stages';
import { fromLegacyConfig } from '@jarvis/legacy-compat';

export const result: Promise<RunResult> = new JarvisOrchestrator().run({ task: 'Build a page' });
// @ts-expect-error A mode that does not exist.
export const wrongMode = new JarvisOrchestrator({ mode: 'FAST' });
// @ts-expect-error A context needs a folder.
export const wrongContext = nodeRunContext({});
// @ts-expect-error A server needs a script.
export const wrongServer = startFakeOpenAi({});
// @ts-expect-error The code is a number.
export const wrongCode: string = exitCodes.done;
// @ts-expect-error A bus needs to know the time.
export const wrongBus = createBus({ catalog: agentCatalog });
// @ts-expect-error A stage needs a brief.
export const wrongRoadmap = createRoadmap([{ id: 'shop' }]);
// @ts-expect-error Findings are not numbers.
export const wrongVerdict = deriveVerdict([1]);
// @ts-expect-error What it gives is no text.
export const wrongConfig: string = fromLegacyConfig({});
`;

/** The contract suites call vitest and cannot be imported outside of it; a test of their own imports them. */
async function listPlainSubpaths(project: EmptyProject, name: string): Promise<readonly string[]> {
  const subpaths = await listSubpaths(project, name);
  return subpaths.filter((subpath) => !subpath.endsWith('/contracts'));
}

function attributes(subpath: string): string {
  return subpath.endsWith('.json') ? `, { with: { type: 'json' } }` : '';
}

function quote(text: string): string {
  return JSON.stringify(text);
}
