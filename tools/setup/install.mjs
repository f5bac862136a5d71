/**
 * Installs the dependencies when they are missing or differ from the lock file; otherwise does nothing and
 * says nothing. Runs before the scripts of the root on whatever Node is there, with nothing installed: hence
 * plain JavaScript for Node 20 and no library.
 */
import { spawn } from 'node:child_process';
import {
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath, URL } from 'node:url';

const ROOT = realpathSync(fileURLToPath(new URL('../..', import.meta.url)));
const LOCK = join(ROOT, '.nx', 'install.lock');
const POLL_MS = 200;
const PATIENCE_MS = 15 * 60_000;

await main();

async function main() {
  try {
    await installIfNeeded();
    requireNode();
  } catch (error) {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}

async function installIfNeeded() {
  if (isInstalled()) {
    return;
  }
  await takeLock();
  try {
    // Whoever held the lock may have installed in the meantime.
    if (!isInstalled()) {
      await install();
    }
  } finally {
    rmSync(LOCK, { force: true });
  }
}

/** Compares what npm installed last with what the lock file asks for, package by package. */
function isInstalled() {
  const wanted = readPackages(join(ROOT, 'package-lock.json'));
  const installed = readPackages(join(ROOT, 'node_modules', '.package-lock.json'));
  return (
    installed !== undefined &&
    Object.entries(wanted ?? {}).every(([path, entry]) => isSame(installed[path], entry)) &&
    Object.keys(installed).every((path) => wanted?.[path] !== undefined)
  );
}

function readPackages(path) {
  if (!existsSync(path)) {
    return undefined;
  }
  const packages = Object.entries(JSON.parse(readFileSync(path, 'utf8')).packages ?? {});
  return Object.fromEntries(packages.filter(([name]) => name.includes('node_modules/')));
}

function isSame(installed, wanted) {
  if (installed === undefined) {
    // Packages for another platform are in the lock file and never installed.
    return wanted.optional === true || wanted.devOptional === true;
  }
  return installed.version === wanted.version && installed.integrity === wanted.integrity;
}

/** Creates the lock with its content in one step, so that a reader never sees it without its owner. */
async function takeLock() {
  mkdirSync(join(ROOT, '.nx'), { recursive: true });
  const own = `${LOCK}.${process.pid}`;
  writeFileSync(own, String(process.pid));
  try {
    for (let waitedMs = 0; !tryLink(own); waitedMs += POLL_MS) {
      if (waitedMs >= PATIENCE_MS) {
        throw new Error(
          `Another installation holds ${LOCK} for too long. If none is running, delete that file.`,
        );
      }
      dropLockOfTheDead();
      await delay(POLL_MS);
    }
  } finally {
    rmSync(own, { force: true });
  }
}

function tryLink(own) {
  try {
    linkSync(own, LOCK);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') {
      return false;
    }
    throw error;
  }
}

function dropLockOfTheDead() {
  const owner = existsSync(LOCK) ? Number(readFileSync(LOCK, 'utf8')) : process.pid;
  try {
    process.kill(owner, 0);
  } catch (error) {
    if (error.code === 'ESRCH') {
      rmSync(LOCK, { force: true });
    }
  }
}

async function install() {
  process.stderr.write('Installing the dependencies, once: npm ci\n');
  const npm = process.env.npm_execpath;
  const [command, ...first] = npm?.endsWith('npm-cli.js') ? [process.execPath, npm] : ['npm'];
  const code = await run(command, [...first, 'ci', '--no-audit', '--no-fund', '--loglevel=error']);
  if (code !== 0) {
    throw new Error(`npm ci failed (${code}), nothing is installed. See above, then run it yourself: npm ci`);
  }
}

/** What npm prints goes to the standard error: the standard output belongs to the script that comes next. */
function run(command, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: ROOT,
      stdio: ['ignore', 2, 2],
      shell: process.platform === 'win32',
    });
    child.on('error', reject);
    child.on('exit', (code, signal) => resolve(code ?? signal));
  });
}

/** The next script runs on the pinned Node, or on this one where no Node is pinned for the platform. */
function requireNode() {
  const bin = join(ROOT, 'node_modules', '.bin');
  const isPinned = existsSync(bin) && readdirSync(bin).some((name) => /^node(?:\.cmd|\.exe)?$/u.test(name));
  const range = JSON.parse(readFileSync(join(ROOT, 'packages', 'node', 'package.json'), 'utf8')).engines.node;
  if (!isPinned && !range.split('||').some((part) => accepts(part.trim(), process.versions.node))) {
    throw new Error(
      `Node ${range} is needed; this is ${process.versions.node}, and none is pinned for ` +
        `${process.platform}-${process.arch}. Install a newer Node and run the command again.`,
    );
  }
}

function accepts(range, version) {
  const [, sign, least] = /^(\^|>=)(.+)$/u.exec(range) ?? [];
  const wanted = (least ?? range).split('.').map(Number);
  const actual = version.split('.').map(Number);
  const isSameMajor = actual[0] === wanted[0];
  const first = wanted.findIndex((part, index) => part !== actual[index]);
  const isAtLeast = first === -1 || actual[first] > wanted[first];
  return isAtLeast && (sign === '>=' || isSameMajor);
}
