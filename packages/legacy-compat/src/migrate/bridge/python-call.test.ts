import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync, watch, writeFileSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { writeBridge } from './write-bridge.ts';

const run = promisify(execFile);

let base = '';
let folder = '';

beforeEach(async () => {
  base = mkdtempSync(join(tmpdir(), 'python-call-'));
  folder = join(base, 'project');
  mkdirSync(folder);
  mkdirSync(join(base, 'tmp'));
  await writeBridge({ folder, stateDirectory: join(base, 'state'), bridge: 'jarvis_bridge' });
});

afterEach(() => {
  rmSync(base, { recursive: true });
});

/** A command in the place of jarvis, and what Python is started with to call it. */
function useCommand(script: string) {
  const command = join(base, 'command');
  writeFileSync(command, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  const env = { PATH: process.env['PATH'], JARVIS_COMMAND: command, TMPDIR: join(base, 'tmp') };
  return { cwd: folder, env, encoding: 'utf8' as const };
}

describe('a call of the Python modules', () => {
  it.each([['SIGTERM'], ['SIGHUP']] as const)(
    'ends the command and removes its arguments when Python gets %s, and dies of it',
    async (signal) => {
      const [started, ended] = [join(base, 'started'), join(base, 'ended')];
      const options = useCommand(
        `trap ': > "${ended}"; exit 143' TERM\n: > "${started}"\nwhile :; do sleep 0.05; done`,
      );
      const code = 'from jarvis_bridge.orchestrator_integration import wait_for_approval as w\nw("r/plan-1")';
      const seen = waitForFile(started);
      const python = spawn('python3', ['-c', code], options);
      const exit = once(python, 'exit');

      await seen;
      const during = readdirSync(options.env.TMPDIR);
      python.kill(signal);

      expect(await exit).toEqual([null, signal]);
      expect(during).toHaveLength(1);
      expect(existsSync(ended)).toBe(true);
      expect(readdirSync(options.env.TMPDIR)).toEqual([]);
    },
  );

  it('leaves the signals of its caller as they were', async () => {
    const options = useCommand(`echo '{"result": 1}'`);

    const { stdout } = await run(
      'python3',
      [
        '-c',
        `import signal
from jarvis_bridge._call import call
mine = lambda number, frame: None
signal.signal(signal.SIGTERM, mine)
print(call("x", {}), signal.getsignal(signal.SIGTERM) is mine, signal.getsignal(signal.SIGHUP) == signal.SIG_DFL)`,
      ],
      options,
    );

    expect(stdout).toBe('1 True True\n');
  });

  it.each([['request_approval'], ['approval_checkpoint'], ['wait_for_approval']])(
    '%s says where a run is looked for that is not there',
    async (name) => {
      const options = useCommand(
        `echo '{"error": {"code": "JARVIS_RUN_NOT_FOUND", "message": "No run"}}'; exit 2`,
      );

      const { stdout } = await run(
        'python3',
        [
          '-c',
          `from jarvis_bridge import orchestrator_integration, _call
try:
    orchestrator_integration.${name}("r")
except _call.JarvisBridgeError as error:
    print(error)`,
        ],
        options,
      );

      expect(stdout).toMatch(
        /^No run\. It is looked for in the project_subdir of config=.* \(JARVIS_RUN_NOT_FOUND\)\n$/u,
      );
    },
  );
});

describe('a warning', () => {
  it.each([
    ['orchestrator_context', 'OrchestratorContext.create_default()', 'JARVIS_DEP011'],
    ['orchestrator_context', 'OrchestratorContext()', 'JARVIS_DEP011'],
    ['orchestrator_integration', 'ApprovalRequiredException("r/1")', 'JARVIS_DEP019'],
    ['orchestrator_integration', 'approval_checkpoint("r")', 'JARVIS_DEP019'],
    ['orchestrator_integration', 'request_approval("r")', 'JARVIS_DEP013'],
  ])('of %s.%s names the line of the caller, so that Python shows it', async (module, expression, dep) => {
    const options = useCommand(`echo '{"result": "r/1"}'`);
    const program = join(folder, 'program.py');
    writeFileSync(
      program,
      `from jarvis_bridge import ${module} as m\ntry:\n    m.${expression}\nexcept Exception:\n    pass\n`,
    );

    const { stderr } = await run('python3', [program], options);

    const shown = stderr.split('\n').find((line) => line.includes(dep));
    expect(shown).toContain('program.py:3: DeprecationWarning');
    expect(stderr).not.toContain('jarvis_bridge/');
  });
});

async function waitForFile(path: string): Promise<void> {
  const changes = watch(base);
  while (!existsSync(path)) await once(changes, 'change');
  changes.close();
}
