import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';

import { type EmptyProject, installInEmptyProject, listFiles, listInstalled, listSubpaths } from '../src/empty-project.ts';
import { repositoryRoot } from '../src/pack-packages.ts';
import { requireProgram } from '../src/run-program.ts';

const NAMES = ['bus', 'cli', 'core', 'legacy-compat', 'loops', 'node', 'roadmap', 'stages'].map((name) => `@jarvis/${name}`);
const tarballs = inject('tarballs');

describe('the packed packages, installed in an empty project', () => {
  let project: EmptyProject;

  beforeAll(async () => {
    // vitest is an optional peer of the contract suites and has to be there to import them.
    project = await installInEmptyProject({ packages: NAMES, tarballs, others: { vitest: '5.1.1' } });
  });

  afterAll(async () => {
    await project.dispose();
  });

  it.each(NAMES)('%s: every subpath can be imported', async (name) => {
    const subpaths = (await listSubpaths(project, name)).filter((subpath) => !isContracts(subpath));

    const script = subpaths.map((subpath) => `await import(${quote(subpath)}${attributes(subpath)});`).join('\n');

    await requireProgram(['node', '--input-type=module', '--eval', script], project);
    expect(subpaths.length).toBeGreaterThan(1);
  });

  it.each(NAMES)('%s: every subpath can be required', async (name) => {
    const subpaths = (await listSubpaths(project, name)).filter((subpath) => !isContracts(subpath));

    const script = subpaths.map((subpath) => `require(${quote(subpath)});`).join('\n');

    await requireProgram(['node', '--input-type=commonjs', '--eval', script], project);
  });

  it.each(NAMES)('%s: carries its licence, its README and its sources, but no test', async (name) => {
    const files = await listFiles(project, name);

    expect(files).toEqual(expect.arrayContaining(['LICENSE', 'README.md', 'package.json', 'src/index.ts', 'dist/index.js']));
    expect(files.filter((file) => /\.test(?:-d)?\.ts$|\.tsbuildinfo$/u.test(file))).toEqual([]);
  });

  it.each(NAMES)('%s: is accepted by publint and by attw', async (name) => {
    const tarball = tarballs[name] ?? '';
    expect(existsSync(tarball)).toBe(true);

    const bin = join(repositoryRoot, 'node_modules/.bin');
    await requireProgram([join(bin, 'publint'), 'run', tarball, '--strict'], project);
    await requireProgram([join(bin, 'attw'), tarball, '--profile', 'esm-only'], project);
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
    expect(installed).not.toContain('openai');
  });
});

function isContracts(subpath: string): boolean {
  // The suites call vitest's `describe`, so they can be imported in a vitest run only; see contracts.test.ts.
  return subpath.endsWith('/contracts');
}

function attributes(subpath: string): string {
  return subpath.endsWith('.json') ? `, { with: { type: 'json' } }` : '';
}

function quote(text: string): string {
  return JSON.stringify(text);
}
