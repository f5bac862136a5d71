import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const TASK = 'Build a landing page for a bakery called Rye & Shine';

/** Runs one task with the built-in simulation, in a new folder below `demo/`. No key, no network, no cost. */
function runDemo(): number {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const workspace = newFolder(join(root, 'demo'), 'rye-and-shine');
  const jarvis = join(root, 'packages/cli/src/bin.ts');
  const flags = [
    '--simulate',
    '--git',
    'off',
    '--workspace',
    workspace,
    '--state-dir',
    join(root, 'demo/state'),
  ];
  const { status } = spawnSync(
    process.execPath,
    ['--conditions=@jarvis/source', jarvis, 'run', TASK, ...flags],
    { stdio: 'inherit' },
  );
  if (status === 0) process.stdout.write(`\nOpen it: ${join(workspace, 'index.html')}\n`);
  return status ?? 1;
}

function newFolder(parent: string, name: string): string {
  const candidates = [name, ...Array.from({ length: 998 }, (_, index) => `${name}-${String(index + 2)}`)];
  const free = candidates.map((candidate) => join(parent, candidate)).find((path) => !existsSync(path));
  if (free === undefined) throw new Error(`${parent} is full of demos; delete some of its folders.`);
  mkdirSync(free, { recursive: true });
  return free;
}

process.exitCode = runDemo();
