import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { startFakeOpenAi } from '@jarvis/node/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';

const runProgram = promisify(execFile);

const BIN = fileURLToPath(new URL('../src/bin.ts', import.meta.url));
const JARVIS = ['--conditions=@jarvis/source', BIN];

let root: string;
let where: readonly string[];

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'jarvis-closed-'));
  mkdirSync(join(root, 'project'));
  where = ['--workspace', join(root, 'project'), '--state-dir', join(root, 'state')];
  return () => {
    rmSync(root, { recursive: true, force: true });
  };
});

/** The command in a shell, with the places it works in, followed by what becomes of its output. */
async function shell(pipeline: string) {
  const script = `"$0" "$@" ${pipeline}; echo "code \${PIPESTATUS[0]}"`;
  const args = ['run', 'Build a page', '--simulate', ...where];
  return runProgram('bash', ['-c', script, process.execPath, ...JARVIS, ...args], { cwd: root });
}

async function exitOf(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => {
    child.once('exit', resolve);
  });
}

describe('a reader that goes away', () => {
  it.each(['2>&1 | head -n 1', '| head -c 1', '2>&1 >/dev/null | head -c 0'])(
    'F17: does not end the run, and nothing is dumped: %s',
    async (pipeline) => {
      const { stdout, stderr } = await shell(pipeline);

      expect(stdout).toMatch(/code 0\n$/u);
      expect(stdout + stderr).not.toMatch(/Error|node:|^ +at /mu);
      expect(existsSync(join(root, 'project', 'index.html'))).toBe(true);
    },
  );

  it.runIf(existsSync('/dev/full'))('a result that cannot be written is a failure in one line', async () => {
    const { stdout, stderr } = await shell('>/dev/full');

    expect(stdout).toBe('code 1\n');
    expect(stderr).toMatch(/\njarvis: The result could not be written to standard output \(ENOSPC\)\.\n$/u);
  });
});

describe('a terminal that goes away', () => {
  it('F17: stops the run after the call in flight, with 129, and it can be resumed', async () => {
    const jarvis: ChildProcess[] = [];
    await using server = await startFakeOpenAi({
      script: () => {
        for (const child of jarvis) child.kill('SIGHUP');
        return { type: 'json', content: { steps: ['Write index.html'], acceptanceCriteria: [] } };
      },
    });
    const args = ['run', 'Build a page', '--base-url', server.baseUrl, '--model', 'gpt-4.1-mini', ...where];
    const child = spawn(process.execPath, [...JARVIS, ...args], { stdio: 'ignore' });
    jarvis.push(child);

    const code = await exitOf(child);
    const { stdout } = await runProgram(process.execPath, [...JARVIS, 'list', '--json', ...where]);

    expect(code).toBe(129);
    expect(server.requests).toHaveLength(1);
    expect(z.array(z.unknown()).parse(JSON.parse(stdout))).toMatchObject([{ status: 'parked' }]);
  });
});
