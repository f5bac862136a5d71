import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { environmentIn, runIn } from './run-in.ts';

const VERDACCIO = '6.10.4';

/** How long the registry may take until it answers, in milliseconds. */
const START_PATIENCE_MS = 60_000;

/** A registry on this machine that forgets everything with its folder. */
export interface LocalRegistry {
  readonly url: string;
  readonly version: string;
  /** Ends its process and waits for the end. */
  readonly stop: () => Promise<void>;
}

export interface LocalRegistryOptions {
  /** An empty folder for the program, its configuration and what is published. */
  readonly folder: string;
  /** The registry third-party packages come from. */
  readonly upstream: string;
}

/** Installs a registry and starts it on a free port of the loopback interface. */
export async function startLocalRegistry({ folder, upstream }: LocalRegistryOptions): Promise<LocalRegistry> {
  await mkdir(folder, { recursive: true });
  // Its node-fetch is an alias that not every registry can resolve.
  const overrides = { 'node-fetch': '2.7.0' };
  const manifest = { name: 'registry', private: true, dependencies: { verdaccio: VERDACCIO }, overrides };
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
  await runIn(folder, ['npm', 'install', '--no-audit', '--no-fund', '--ignore-scripts']);

  const config = join(folder, 'config.yaml');
  await writeFile(config, JSON.stringify(toConfig({ folder, upstream })));
  const url = `http://127.0.0.1:${String(await findFreePort())}`;
  const program = join(folder, 'node_modules', '.bin', 'verdaccio');
  const child = spawn(program, ['--config', config, '--listen', url], {
    cwd: folder,
    env: environmentIn(folder),
    stdio: ['ignore', 'ignore', 'ignore'],
  });
  try {
    await untilItAnswers(url, child);
  } catch (error) {
    await stop(child);
    throw error;
  }
  return { url, version: VERDACCIO, stop: () => stop(child) };
}

/** Ours may be published by everybody who can reach the loopback interface; all others are looked up upstream. */
export function toConfig({ folder, upstream }: LocalRegistryOptions): object {
  return {
    storage: join(folder, 'storage'),
    auth: { htpasswd: { file: join(folder, 'htpasswd') } },
    uplinks: { upstream: { url: upstream } },
    packages: {
      '@jarvis/*': { access: '$all', publish: '$all' },
      '**': { access: '$all', proxy: 'upstream' },
    },
    web: { enable: false },
    log: { type: 'file', path: join(folder, 'verdaccio.log'), format: 'json', level: 'warn' },
  };
}

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (typeof address !== 'object' || address === null) throw new Error('no port is free');
  return address.port;
}

async function untilItAnswers(url: string, child: ChildProcess): Promise<void> {
  const deadline = performance.now() + START_PATIENCE_MS;
  while (!(await answers(url))) {
    if (hasEnded(child)) throw new Error('the registry ended before it answered');
    if (performance.now() > deadline) throw new Error('the registry does not answer');
    await sleep(100);
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/-/ping`)).ok;
  } catch {
    // Nothing listens there yet.
    return false;
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}
