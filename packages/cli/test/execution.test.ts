import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { type FakeOpenAiServer, startFakeOpenAi } from '@jarvis/node/testing';
import { beforeEach, describe, expect, it, vi } from 'vitest';

import { CommandLine } from './command-line.ts';

// Threads and processes take their time to start on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

let shell: CommandLine;
let trace: string;
let traps: Readonly<Record<string, string>>;

beforeEach(() => {
  shell = new CommandLine();
  trace = join(shell.root, 'somebody-ran-this');
  const payload = `touch ${trace}`;
  traps = {
    'package.json': JSON.stringify({
      name: 'a',
      scripts: { test: payload, pretest: payload, prestart: payload },
    }),
    Makefile: `all:\n\t${payload}\n$(shell ${payload})\n`,
    'build.sh': `#!/bin/sh\n${payload}\necho "key: $OPENAI_API_KEY"\nexit 4\n`,
    'conftest.py': `import os\nos.system("${payload}")\n`,
    'vitest.config.js': `require("child_process").execSync("${payload}");\n`,
    'postcss.config.cjs': `require("child_process").execSync("${payload}");\n`,
    'style.css': '@import "x.css";\n/*# sourceMappingURL=build.sh */\n',
  };
  return () => {
    vi.unstubAllEnvs();
    shell.remove();
  };
});

const flagsFor = ({ baseUrl }: FakeOpenAiServer) => ['--base-url', baseUrl, '--model', 'gpt-4.1-mini'];
const json = (content: unknown) => ({ type: 'json', content }) as const;
const plan = json({ steps: ['Write it'], acceptanceCriteria: ['It is there'] });
const work = (files: Readonly<Record<string, string>>) =>
  json({ summary: 'Wrote it', files: Object.entries(files).map(([path, content]) => ({ path, content })) });
const review = (approved: boolean) => json({ approved, feedback: approved ? [] : ['Write it again'] });

describe('what a model wrote', () => {
  it('is never run: scripts of packages, hooks of git, make files, files that tools load', async () => {
    execFileSync('git', ['init', '-q', shell.folder]);
    await using server = await startFakeOpenAi({
      script: [
        plan,
        work({ '.git/hooks/pre-commit': `#!/bin/sh\ntouch ${trace}\n`, 'notes.txt': 'Rye\n' }),
        work({ 'package.json': JSON.stringify({ scripts: { postinstall: `touch ${trace}` } }) }),
        work(traps),
        review(true),
      ],
    });

    const run = await shell.call('run', 'Write notes', ...flagsFor(server), '--json');

    expect(run).toMatchObject({ code: 0 });
    expect(readFileSync(join(shell.folder, 'build.sh'), 'utf8')).toBe(traps['build.sh']);
    expect(statSync(join(shell.folder, 'build.sh')).mode & 0o111).toBe(0);
    expect(existsSync(join(shell.folder, '.git/hooks/pre-commit'))).toBe(false);
    expect(existsSync(trace)).toBe(false);
  });

  it('is run by a command the user allowed, which knows no key and whose failure prevents approval', async () => {
    vi.stubEnv('OPENAI_API_KEY', 'sk-test-0123456789abcdefghij');
    const config = join(shell.root, 'mine.json');
    const commands = [{ name: 'build', command: ['sh', 'build.sh'] }];
    writeFileSync(config, JSON.stringify({ checks: { commands }, loop: { maxRounds: 1 } }));
    await using server = await startFakeOpenAi({ script: [plan, work(traps), review(true)] });

    const run = await shell.call('run', 'Write notes', ...flagsFor(server), '--config', config);

    expect(run).toMatchObject({ code: 5 });
    expect(run.err).toContain(
      'these commands are run on the work of each round, with your rights: build (sh build.sh)',
    );
    expect(existsSync(trace)).toBe(true);
    const reviewed = JSON.stringify(server.requests[2]?.body);
    expect(reviewed).toContain('ended with exit code 4');
    expect(reviewed).toContain('key: ');
    expect(reviewed).not.toContain('sk-test');
  });

  it('cannot allow a command: a project file that was not trusted names none', async () => {
    const commands = [{ name: 'build', command: ['sh', 'build.sh'] }];
    writeFileSync(join(shell.folder, 'jarvis.config.json'), JSON.stringify({ checks: { commands } }));
    await using server = await startFakeOpenAi({ script: [plan] });

    const run = await shell.call('run', 'Write notes', ...flagsFor(server));

    expect(run).toMatchObject({ code: 2 });
    expect(run.err).toContain('checks.commands: a project file may not set this unless you trust it');
  });
});
