import { spawn } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

import { startFakeOpenAi } from '@jarvis/node/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { createModel } from './scenarios/create-model.ts';
import { API_KEY } from './scenarios/scenario.ts';
import { twoLoop } from './scenarios/two-loop.ts';

const COMMAND = fileURLToPath(new URL('../../packages/cli/src/bin.ts', import.meta.url));

/** Permissions mean nothing to root, so the command runs as nobody. */
const NOBODY = 65_534;
const asNobody = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};

let parent: string;
let workspace: string;
let state: string;

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'jarvis-read-only-'));
  chmodSync(parent, 0o755);
  [workspace, state] = [join(parent, 'project'), join(parent, 'state')];
  for (const folder of [workspace, state, join(parent, 'home')]) {
    mkdirSync(folder);
    if (process.getuid?.() === 0) chownSync(folder, NOBODY, NOBODY);
  }
});

afterEach(() => {
  for (const folder of [workspace, state]) setMode(folder, 0o755);
  rmSync(parent, { recursive: true, force: true });
});

/** The mode of the folder and of everything in it. */
function setMode(folder: string, mode: number): void {
  chmodSync(folder, mode);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) setMode(path, mode);
    else chmodSync(path, mode & 0o666);
  }
}

async function jarvis(baseUrl: string, ...args: readonly string[]) {
  const where = ['--workspace', workspace, '--state-dir', state];
  const child = spawn(process.execPath, ['--conditions=@jarvis/source', COMMAND, ...args, ...where], {
    ...asNobody,
    cwd: parent,
    env: {
      PATH: process.env['PATH'],
      HOME: join(parent, 'home'),
      OPENAI_API_KEY: API_KEY,
      OPENAI_BASE_URL: baseUrl,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exit = new Promise<number | null>((resolve) => child.on('close', resolve));
  const [output, errors, exitCode] = await Promise.all([text(child.stdout), text(child.stderr), exit]);
  return { output, errors, exitCode };
}

describe('a place nobody may write in', () => {
  it(
    'F23 workspace: is refused before the first call, and runs can still be looked at',
    { timeout: 60_000 },
    async () => {
      const server = await startFakeOpenAi({ script: createModel(twoLoop, () => Promise.resolve()) });
      const before = await jarvis(server.baseUrl, 'run', twoLoop.task, '--max-cost', '1');
      const asked = server.requests.length;
      setMode(workspace, 0o555);

      const run = await jarvis(server.baseUrl, 'run', twoLoop.task, '--max-cost', '1');
      const list = await jarvis(server.baseUrl, 'list');
      const [, row = '', ...more] = list.output.trim().split('\n');
      const [runId = ''] = row.split(' ');
      const show = await jarvis(server.baseUrl, 'show', runId);
      await server.close();

      expect(asked, before.errors).toBeGreaterThan(0);
      expect(run).toMatchObject({ exitCode: 2, output: '' });
      expect(run.errors).toContain(
        `The folder ${workspace} cannot be used: your user may not read and write in it.`,
      );
      expect(server.requests).toHaveLength(asked);
      expect([list.exitCode, more]).toEqual([0, []]);
      expect([show.exitCode, show.output.includes(twoLoop.task)]).toEqual([0, true]);
    },
  );

  it.each([['run', twoLoop.task], ['list'], ['show', 'last']])(
    'F23 state directory: is refused before the first call, with what to do: %s',
    { timeout: 60_000 },
    async (...args) => {
      const server = await startFakeOpenAi({ script: createModel(twoLoop, () => Promise.resolve()) });
      await jarvis(server.baseUrl, 'run', twoLoop.task, '--max-cost', '1');
      const asked = server.requests.length;
      setMode(state, 0o555);

      const { exitCode, errors } = await jarvis(server.baseUrl, ...args);
      await server.close();

      expect(exitCode).toBe(2);
      expect(errors).toContain(state);
      expect(errors).toContain('--state-dir');
      expect(errors).not.toMatch(/^\s+at /mu);
      expect(server.requests).toHaveLength(asked);
    },
  );
});
