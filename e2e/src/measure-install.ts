import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { type EmptyProject, installInEmptyProject, listInstalled } from './empty-project.ts';
import { packPackages } from './pack-packages.ts';
import { requireProgram } from './run-program.ts';

const SETS: readonly (readonly string[])[] = [
  ['@jarvis/loops'],
  ['@jarvis/loops', '@jarvis/node'],
  ['@jarvis/cli'],
];

/** How often each import is timed; the fastest counts. */
const TRIES = 7;

/** Prints what installing the packages brings: how many packages, how large, and how long an import takes. */
async function measure(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'jarvis-tarballs-'));
  const tarballs = await packPackages(folder);
  for (const packages of SETS) {
    const project = await installInEmptyProject({ packages, tarballs });
    const count = (await listInstalled(project)).length;
    const [size = ''] = execFileSync('du', ['-sk', 'node_modules'], {
      cwd: project.folder,
      encoding: 'utf8',
    }).split('\t');
    const times = await Promise.all(
      packages.map(async (name) => `${name} ${(await timeImport(project, name)).toFixed(0)} ms`),
    );
    process.stdout.write(
      `${packages.join(' + ')}: ${String(count)} packages, ${(Number(size) / 1024).toFixed(1)} MB; import ${times.join(', ')}\n`,
    );
    await project.dispose();
  }
  rmSync(folder, { recursive: true });
}

async function timeImport(project: EmptyProject, name: string): Promise<number> {
  const script = `const start = performance.now(); await import('${name}'); console.log(performance.now() - start);`;
  let fastest = Infinity;
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const out = await requireProgram(['node', '--input-type=module', '--eval', script], project);
    fastest = Math.min(fastest, Number(out));
  }
  return fastest;
}

await measure();
