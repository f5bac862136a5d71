import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { CheckCommand } from '@jarvis/core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { commandCheck, describeCommands } from './command-check.ts';

// Processes take their time to start on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const node = process.execPath;
let root = '';

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'jarvis-commands-'));
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(root, { recursive: true, force: true });
});

function script(source: string, limits: Partial<CheckCommand> = {}): CheckCommand {
  return { name: 'tests', command: [node, '-e', source], deadlineMs: 30_000, outputBytes: 4_096, ...limits };
}

function run(commands: readonly CheckCommand[], signal?: AbortSignal) {
  const path = `.:node_modules/.bin:${process.env['PATH'] ?? ''}`;
  return commandCheck({ commands, root, path, isolate: async () => [] }).inspect([], signal);
}

describe('commandCheck', () => {
  it('has nothing to say about a command that ends well, and runs it in the project folder', async () => {
    expect(await run([script('require("fs").writeFileSync("done", "")')])).toEqual([]);

    expect(await readdir(root)).toEqual(['done']);
  });

  it('reports a command that fails, with the end of what it wrote, escaped', async () => {
    const source = String.raw`console.log('x'.repeat(9000)); console.error('\x1b[31mred\x1b[0m \u202e bad\u0007\r\nend'); process.exitCode = 3`;

    const [finding] = await run([script(source, { outputBytes: 256 })]);

    expect(finding).toMatchObject({ severity: 'error', source: 'commands', rule: 'tests' });
    expect(finding?.description).toContain('ended with exit code 3. The end of what it wrote:\nxxx');
    expect(finding?.description).toMatch(/x\nred \\u\{202e\} bad\\u\{7\}\nend$/u);
    expect(finding?.description.split('wrote:\n')[1]?.length).toBeLessThan(280);
  });

  it('is the same finding as long as the command fails, whatever it writes', async () => {
    const commands = [script('console.log(Math.random()); process.exit(1)')];

    const [before] = await run(commands);
    const [after] = await run(commands);

    expect(before?.description).not.toBe(after?.description);
    expect(before?.quote).toBe(after?.quote);
  });

  it('tells the command nothing but a search path without the folders of the project, a language and an empty home', async () => {
    vi.stubEnv('OPENAI_API_KEY', 'sk-secret');
    const source = `const { HOME, PATH } = process.env;
      console.log(JSON.stringify([Object.keys(process.env).sort(), require('fs').readdirSync(HOME), HOME, PATH]));
      process.exit(1)`;

    const [finding] = await run([script(source)]);

    const [keys, inHome, home, path] = JSON.parse(
      finding?.description.split('wrote:\n')[1] ?? '',
    ) as unknown[];
    expect(keys).toEqual(['HOME', 'LANG', 'PATH']);
    expect(inHome).toEqual([]);
    expect(
      String(path)
        .split(':')
        .every((folder) => folder.startsWith('/')),
    ).toBe(true);
    await expect(readdir(String(home))).rejects.toThrow('ENOENT');
  });

  it('hands words to the program as they are, without a shell', async () => {
    const command = [
      node,
      '-e',
      'console.log(process.argv[1]); process.exit(1)',
      '$(touch pwned); `id` && *',
    ];

    const [finding] = await run([{ ...script(''), command }]);

    expect(finding?.description).toContain('wrote:\n$(touch pwned); `id` && *');
    expect(await readdir(root)).toEqual([]);
  });

  it('ends a command that takes too long, with all it has started', async () => {
    const grandchild = `setInterval(() => require('fs').appendFileSync('alive', 'x'), 20)`;
    const source = `require('child_process').spawn(process.execPath, ['-e', ${JSON.stringify(grandchild)}], { stdio: 'inherit' });
      setInterval(() => {}, 1000)`;

    const [finding] = await run([script(source, { deadlineMs: 3_000 })]);

    expect(finding?.description).toContain('was ended as it took longer than 3 s. It wrote nothing.');
    const size = async () => (await readFile(join(root, 'alive'), 'utf8').catch(() => '')).length;
    const before = await size();
    await run([script('setTimeout(() => {}, 300)')]);
    expect(await size()).toBe(before);
  });

  it('says why a command did not come to an end of its own', async () => {
    const findings = await run([
      { ...script(''), name: 'missing', command: ['no-such-program-here'] },
      script('process.kill(process.pid, "SIGTERM"); setInterval(() => {}, 1000)', { name: 'killed' }),
    ]);

    expect(findings.map(({ description }) => description)).toEqual([
      'The command "no-such-program-here" could not be started (ENOENT). It wrote nothing.',
      expect.stringContaining('was ended by SIGTERM. It wrote nothing.') as unknown,
    ]);
  });

  it('ends with the reason of the signal, and so does the command', async () => {
    const stopping = new AbortController();
    const running = run([script('setInterval(() => {}, 1000)')], stopping.signal);
    setImmediate(() => stopping.abort(new Error('stop')));

    await expect(running).rejects.toThrow('stop');
  });

  it('says once when commands could reach the network', async () => {
    const commands = [script('process.exit(1)'), script('process.exit(2)', { name: 'lint' })];
    const check = commandCheck({ commands, root, path: '', isolate: async () => undefined });

    const findings = await check.inspect([]);

    expect(findings.map(({ description }) => description.includes('It could reach the network'))).toEqual([
      true,
      false,
    ]);
  });

  it('keeps a command from the network where this machine can, or says that it could not', async () => {
    const source = `const { networkInterfaces, userInfo } = require('os');
      console.log(JSON.stringify([Object.keys(networkInterfaces()), userInfo().uid])); process.exit(1)`;
    const check = commandCheck({ commands: [script(source)], root, path: process.env['PATH'] ?? '' });

    const [finding] = await check.inspect([]);

    const isOnline = finding?.description.includes('It could reach the network') === true;
    const isAlone = finding?.description.endsWith(`[["lo"],${String(process.getuid?.())}]`) === true;
    expect(isOnline || isAlone).toBe(true);
  });

  it('takes no program out of the project, which a model may have written', async () => {
    await mkdir(join(root, 'node_modules/.bin'), { recursive: true });
    await writeFile(join(root, 'node_modules/.bin/lint'), '#!/bin/sh\ntouch pwned\n', { mode: 0o755 });

    const findings = await run([{ ...script(''), command: ['lint'] }]);

    expect(findings[0]?.description).toContain('could not be started');
    expect(await readdir(root)).toEqual(['node_modules']);
  });
});

describe('describeCommands', () => {
  it('names what will be run, and says nothing when that is nothing', () => {
    expect(describeCommands([])).toBeUndefined();
    expect(describeCommands([{ ...script(''), command: ['npm', 'test'] }])).toBe(
      'checks.commands: these commands are run on the work of each round, with your rights: tests (npm test).',
    );
  });
});
