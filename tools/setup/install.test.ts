import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { workspaceRoot } from '../workspace/root.ts';

interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Stands in for npm: notes that it was called and installs what the lock file says. */
const FAKE_NPM = `
import { appendFileSync, copyFileSync, mkdirSync, existsSync, writeFileSync } from 'node:fs';
appendFileSync('calls.txt', process.argv.slice(2).join(' ') + '\\n');
console.log('added 1 package');
if (existsSync('npm-fails')) process.exit(7);
await new Promise((resolve) => setTimeout(resolve, 300));
mkdirSync('node_modules/.bin', { recursive: true });
if (!existsSync('no-pinned-node')) writeFileSync('node_modules/.bin/node', '');
copyFileSync('package-lock.json', 'node_modules/.package-lock.json');
`;

describe('install.mjs', () => {
  let root: string;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'jarvis-install-'));
    mkdirSync(join(root, 'tools/setup'), { recursive: true });
    mkdirSync(join(root, 'packages/node'), { recursive: true });
    cpSync(join(workspaceRoot, 'tools/setup/install.mjs'), join(root, 'tools/setup/install.mjs'));
    mkdirSync(join(root, 'fake'));
    writeFileSync(join(root, 'fake/npm-cli.js'), FAKE_NPM);
    writeFileSync(join(root, 'fake/package.json'), '{ "type": "module" }');
    writeEngines('>=20.0.0');
    writeLock('1.0.0');
  });

  afterEach(() => {
    rmSync(root, { recursive: true, force: true });
  });

  function writeEngines(node: string): void {
    writeFileSync(join(root, 'packages/node/package.json'), JSON.stringify({ engines: { node } }));
  }

  function writeLock(version: string): void {
    const packages = {
      '': { name: 'x' },
      'packages/a': { version: '0.1.0' },
      'node_modules/a': { version, integrity: `sha512-${version}` },
      'node_modules/other-platform': { version: '1.0.0', optional: true },
    };
    writeFileSync(join(root, 'package-lock.json'), JSON.stringify({ packages }));
  }

  function calls(): readonly string[] {
    const path = join(root, 'calls.txt');
    return existsSync(path) ? readFileSync(path, 'utf8').trim().split('\n') : [];
  }

  async function install(): Promise<Outcome> {
    const child = spawn(process.execPath, ['tools/setup/install.mjs'], {
      cwd: root,
      env: { ...process.env, npm_execpath: join(root, 'fake/npm-cli.js') },
    });
    const output = { stdout: '', stderr: '' };
    child.stdout.on('data', (chunk) => (output.stdout += String(chunk)));
    child.stderr.on('data', (chunk) => (output.stderr += String(chunk)));
    const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
    return { code, ...output };
  }

  it('runs npm ci when nothing is installed and keeps the standard output clean', async () => {
    const { code, stdout, stderr } = await install();

    expect(code).toBe(0);
    expect(stdout).toBe('');
    expect(stderr).toContain('Installing the dependencies');
    expect(calls()).toEqual([expect.stringMatching(/^ci /u)]);
  });

  it('does nothing and says nothing when what is installed is what the lock file asks for', async () => {
    await install();

    const second = await install();

    expect(second).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(calls()).toHaveLength(1);
  });

  it('accepts that packages of another platform are not installed', async () => {
    await install();
    const installed = { packages: { 'node_modules/a': { version: '1.0.0', integrity: 'sha512-1.0.0' } } };
    writeFileSync(join(root, 'node_modules/.package-lock.json'), JSON.stringify(installed));

    await install();

    expect(calls()).toHaveLength(1);
  });

  it('installs again when the lock file has changed', async () => {
    await install();
    writeLock('2.0.0');

    await install();

    expect(calls()).toHaveLength(2);
  });

  it('installs once when it is called twice at the same time', async () => {
    const outcomes = await Promise.all([install(), install(), install()]);

    expect(outcomes.map(({ code }) => code)).toEqual([0, 0, 0]);
    expect(calls()).toHaveLength(1);
  });

  it('takes over the lock of a process that is gone', async () => {
    mkdirSync(join(root, '.nx'));
    const gone = spawn(process.execPath, ['-e', '0']);
    await new Promise((resolve) => gone.on('close', resolve));
    writeFileSync(join(root, '.nx/install.lock'), String(gone.pid));

    const { code } = await install();

    expect(code).toBe(0);
    expect(calls()).toHaveLength(1);
    expect(existsSync(join(root, '.nx/install.lock'))).toBe(false);
  });

  it('says in one line that npm failed and gives the lock back', async () => {
    writeFileSync(join(root, 'npm-fails'), '');

    const { code, stderr } = await install();

    expect(code).toBe(1);
    expect(stderr).toContain('npm ci failed (7), nothing is installed.');
    expect(existsSync(join(root, '.nx/install.lock'))).toBe(false);
  });

  it('refuses a Node that is too old where none is pinned', async () => {
    writeFileSync(join(root, 'no-pinned-node'), '');
    writeEngines('^22.0.0 || >=999.1.0');
    const major = Number(process.versions.node.split('.')[0]);
    expect(major).not.toBe(22);

    const { code, stderr } = await install();

    expect(code).toBe(1);
    expect(stderr).toContain('Node ^22.0.0 || >=999.1.0 is needed; this is');
  });

  it('accepts the Node that is there when it is new enough', async () => {
    writeFileSync(join(root, 'no-pinned-node'), '');
    writeEngines(`^22.0.0 || ^${process.versions.node}`);

    const { code } = await install();

    expect(code).toBe(0);
  });
});
