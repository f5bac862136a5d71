import { execFile } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';

import { CommandLine } from './command-line.ts';

const run = promisify(execFile);
const BIN = fileURLToPath(new URL('../src/bin.ts', import.meta.url));
const COMMAND = `'${process.execPath}' --conditions=@jarvis/source --no-deprecation '${BIN}'`;
const TASK = 'Make a page for a choir';

let shell: CommandLine;

beforeEach(() => {
  shell = new CommandLine();
  writeFileSync(
    join(shell.folder, 'project_config.json'),
    JSON.stringify({ task: TASK, project_subdir: 'site' }),
  );
  return () => shell.remove();
});

interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs Python code in the project folder, as an old program would use the modules there. */
async function python(code: string, variables: Readonly<Record<string, string>> = {}): Promise<Outcome> {
  const env = {
    PATH: process.env['PATH'] ?? '',
    HOME: shell.root,
    JARVIS_HOME: join(shell.root, 'state'),
    JARVIS_COMMAND: COMMAND,
    JARVIS_BRIDGE_SIMULATE: '1',
    ...variables,
  };
  try {
    const { stdout, stderr } = await run('python3', ['-W', 'always::DeprecationWarning', '-c', code], {
      cwd: shell.folder,
      env,
    });
    return { code: 0, out: stdout, err: stderr };
  } catch (error) {
    const { code: exit, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code: exit, out: stdout, err: stderr };
  }
}

/** Prints the code and the message of what a call raises. */
const CATCH = `from jarvis_bridge._call import JarvisBridgeError
from jarvis_bridge.orchestrator import main, run
try:
    run({})
except JarvisBridgeError as error:
    print(error.code, error)`;

const page = () => readFileSync(join(shell.folder, 'site/index.html'), 'utf8');

describe('calls of the Python modules at the same time', () => {
  it('each end by themselves, also with a configuration of 5 MB; one folder is worked in by one of them', async () => {
    await shell.call('migrate', 'python', '.');

    const { code, out } = await python(`from concurrent.futures import ThreadPoolExecutor
from jarvis_bridge._call import JarvisBridgeError
from jarvis_bridge.orchestrator import run


def one(folder):
    config = {"task": "${TASK}", "project_subdir": folder, "notes": "x" * 5_000_000}
    try:
        return run(config)["final_status"]
    except JarvisBridgeError as error:
        return error.code


with ThreadPoolExecutor(4) as pool:
    print(sorted(pool.map(one, ["one", "two", "shared", "shared"])))`);

    expect(code).toBe(0);
    expect([
      "['JARVIS_LEASE_HELD', 'approved', 'approved', 'approved']\n",
      `['${"approved', '".repeat(3)}approved']\n`,
    ]).toContain(out);
  }, 120_000);
});

describe('jarvis migrate python, where a folder is a link', () => {
  it.each([
    ['jarvis_bridge', []],
    ['agent', ['--agent-package']],
  ] as const)(
    'writes nothing through %s, which leads out of the tree and of its snapshot',
    async (name, flags) => {
      const elsewhere = join(shell.root, 'elsewhere');
      mkdirSync(elsewhere);
      writeFileSync(join(elsewhere, 'orchestrator.py'), 'ORIGINAL');
      symlinkSync(elsewhere, join(shell.folder, name));

      const { code, err } = await shell.call('migrate', 'python', '.', ...flags, '--force');

      expect(code).toBe(2);
      expect(err).toContain(`${name} is a link`);
      expect(readdirSync(elsewhere)).toEqual(['orchestrator.py']);
      expect(readFileSync(join(elsewhere, 'orchestrator.py'), 'utf8')).toBe('ORIGINAL');
    },
  );
});

describe('jarvis migrate python', { timeout: 60_000 }, () => {
  it('writes the six modules and their package, once, and going back removes them', async () => {
    const planned = await shell.call('migrate', 'python', '.', '--dry-run');
    const untouched = existsSync(join(shell.folder, 'jarvis_bridge'));
    const written = await shell.call('migrate', 'python', '.', '--json');
    const again = await shell.call('migrate', 'python', '.');
    const files = readdirSync(join(shell.folder, 'jarvis_bridge')).sort();
    const { snapshotId } = z.object({ snapshotId: z.string() }).parse(JSON.parse(written.out));
    const back = await shell.call('migrate', 'rollback', snapshotId);

    expect(planned.out).toContain('would be written');
    expect(untouched).toBe(false);
    expect(files).toEqual([
      '__init__.py',
      '_call.py',
      'orchestrator.py',
      'orchestrator_2loop.py',
      'orchestrator_3loop_legacy.py',
      'orchestrator_context.py',
      'orchestrator_integration.py',
      'orchestrator_phase3.py',
    ]);
    expect(again.out).toContain('nothing was written');
    expect(back).toMatchObject({ code: 0 });
    expect(existsSync(join(shell.folder, 'jarvis_bridge/_call.py'))).toBe(false);
  });

  it('gives Python the old dictionary, and warns of the old name', async () => {
    await shell.call('migrate', 'python', '.');

    const { code, out, err } = await python(
      `import json
from jarvis_bridge.orchestrator import run
print(json.dumps(run({"task": ${JSON.stringify(TASK)}, "project_subdir": "site"}, "mission-1")))`,
    );

    expect({ code, err: /DeprecationWarning: (\S+)/u.exec(err)?.[1] }).toEqual({
      code: 0,
      err: 'orchestrator.run',
    });
    expect(JSON.parse(out)).toMatchObject({
      status: 'completed',
      final_status: 'approved',
      cost_summary: { num_calls: 6, total_usd: 0 },
      files_modified: ['index.html'],
    });
    expect(page()).toContain(TASK);
  });

  it.each([
    ['from jarvis_bridge.orchestrator_2loop import main\nprint(main())', 'None\n'],
    [
      'from jarvis_bridge.orchestrator_3loop_legacy import main\nsummary = {}\nmain(summary)\nprint(summary["final_status"])',
      'approved\n',
    ],
    [
      'from jarvis_bridge.orchestrator_phase3 import Phase3Orchestrator\nsummary = {}\nPhase3Orchestrator().run(summary)\nprint(summary["final_status"])',
      'completed\n',
    ],
  ])('runs the project_config.json of the folder: %s', async (code, expected) => {
    await shell.call('migrate', 'python', '.');

    const called = await python(code);

    expect(called).toMatchObject({ code: 0, out: expected });
    expect(page()).toContain('<footer>');
  });

  it('lets old imports of the package agent go on, and brings the old modules back', async () => {
    mkdirSync(join(shell.folder, 'agent'));
    writeFileSync(join(shell.folder, 'agent/__init__.py'), '');
    writeFileSync(join(shell.folder, 'agent/orchestrator_2loop.py'), 'def main():\n    return "old"\n');
    const { out: report } = await shell.call('migrate', 'python', '.', '--agent-package', '--json');
    const { snapshotId } = z.object({ snapshotId: z.string() }).parse(JSON.parse(report));

    const called = await python('from agent.orchestrator_2loop import main\nprint(main())');
    await shell.call('migrate', 'rollback', snapshotId, '--force');
    const back = await python('from agent.orchestrator_2loop import main\nprint(main())');

    expect(called).toMatchObject({ code: 0, out: 'None\n' });
    expect(back).toMatchObject({ code: 0, out: 'old\n' });
  });

  it('says why a context cannot be handed over', async () => {
    await shell.call('migrate', 'python', '.');

    const { code, err } = await python(
      'from jarvis_bridge.orchestrator_2loop import main\nmain(context=object())',
    );

    expect(code).toBe(1);
    expect(err).toContain('JarvisBridgeError: context= cannot be used from Python');
  });

  it('raises what the command says, with its code', async () => {
    await shell.call('migrate', 'python', '.');

    const refused = await python(
      `from jarvis_bridge.orchestrator_integration import check_approval_status
from jarvis_bridge._call import JarvisBridgeError
try:
    check_approval_status("gone/plan-1")
except JarvisBridgeError as error:
    print(error.code)`,
    );
    const missing = await python('from jarvis_bridge.orchestrator_2loop import main\nmain()', {
      JARVIS_COMMAND: 'no-such-command',
    });

    expect(refused).toMatchObject({ code: 0, out: 'JARVIS_RUN_NOT_FOUND\n' });
    expect(missing.err).toContain('npm install -g @jarvis/cli');
  });

  it('is Python 3.9 in every line', async () => {
    await shell.call('migrate', 'python', '.', '--agent-package');

    const { code, out } = await python(
      `import ast, glob
files = glob.glob("**/*.py", recursive=True)
for name in files:
    with open(name, encoding="utf-8") as file:
        ast.parse(file.read(), name, feature_version=(3, 9))
print(len(files))`,
    );

    expect({ code, out }).toEqual({ code: 0, out: '14\n' });
  });

  it('can be started as a module from elsewhere, and works in the project it lies in', async () => {
    const project = join(shell.root, 'mein Projekt ü');
    renameSync(shell.folder, project);
    mkdirSync(shell.folder);
    await shell.call('migrate', 'python', project, '--agent-package');

    const started = await python(
      `import runpy, sys
sys.path.insert(0, ${JSON.stringify(project)})
runpy.run_module("jarvis_bridge.orchestrator_2loop", run_name="__main__")
runpy.run_path(${JSON.stringify(join(project, 'agent/orchestrator.py'))}, run_name="__main__")`,
    );

    expect(started.code).toBe(0);
    expect(readFileSync(join(project, 'site/index.html'), 'utf8')).toContain(TASK);
    expect(readdirSync(shell.folder)).toEqual([]);
  });

  it.each([
    ['exit 3', 'JARVIS_BRIDGE_NO_ANSWER', 'exit code 3'],
    ['echo hello', 'JARVIS_BRIDGE_NO_ANSWER', 'exit code 0'],
    ['echo [1]', 'JARVIS_BRIDGE_NO_ANSWER', 'exit code 0'],
    ['echo 5; exit 2', 'JARVIS_BRIDGE_NO_ANSWER', 'exit code 2'],
    ['printf "\\377"', 'JARVIS_BRIDGE_NO_ANSWER', 'exit code 0'],
    ['echo \'{"error": 3}\'; exit 1', 'JARVIS_BRIDGE_NO_ANSWER', 'exit code 1'],
    ['kill -KILL $$', 'JARVIS_BRIDGE_NO_ANSWER', 'stopped by signal 9'],
    ['echo \'{"error": {"code": "C", "message": "M"}}\'; exit 1', 'C', 'M'],
  ])('raises one kind of error when the command does %j', async (script, code, message) => {
    await shell.call('migrate', 'python', '.');
    const command = join(shell.root, 'a command');
    writeFileSync(command, `#!/bin/sh\n${script}\n`, { mode: 0o755 });

    const { out } = await python(CATCH, { JARVIS_COMMAND: `'${command}'` });

    expect(out).toMatch(new RegExp(`^${code} `, 'u'));
    expect(out).toContain(message);
  });

  it.each([
    ['', 'JARVIS_BRIDGE_NO_COMMAND'],
    ['"open', 'JARVIS_BRIDGE_NO_COMMAND'],
    ['/etc/passwd', 'JARVIS_BRIDGE_NO_COMMAND'],
  ])('says that JARVIS_COMMAND cannot be %j', async (command, code) => {
    await shell.call('migrate', 'python', '.');

    const { out } = await python(CATCH, { JARVIS_COMMAND: command });

    expect(out).toContain(code);
  });

  it.each([
    ['run({"task": float("nan")})', 'JARVIS_LEGACY_CALL'],
    ['run({"task": object()})', 'JARVIS_LEGACY_CALL'],
    ['open("project_config.json", "w").write("{"); main()', 'JARVIS_LEGACY_CONFIG'],
    ['open("project_config.json", "wb").write(b"\\xff"); main()', 'JARVIS_LEGACY_CONFIG'],
  ])('names what cannot be handed over: %s', async (statement, code) => {
    await shell.call('migrate', 'python', '.');

    const { out } = await python(CATCH.replace('run({})', statement));

    expect(out).toMatch(new RegExp(`^${code} `, 'u'));
  });

  it('starts nothing when warnings are errors', async () => {
    await shell.call('migrate', 'python', '.');

    const { code, err } = await python(
      'import warnings\nwarnings.simplefilter("error")\nfrom jarvis_bridge.orchestrator_2loop import main\nmain()',
    );

    expect(code).toBe(1);
    expect(err).toContain('DeprecationWarning: orchestrator_2loop.main');
    expect(existsSync(join(shell.folder, 'site'))).toBe(false);
  });

  it('leaves no process and no file of arguments behind when it is interrupted', async () => {
    await shell.call('migrate', 'python', '.');
    const command = join(shell.root, 'endless');
    const told = join(shell.root, 'told');
    writeFileSync(
      command,
      `#!/bin/sh\necho "$$ $5" > '${told}.part'; mv '${told}.part' '${told}'\nexec tail -f /dev/null\n`,
      {
        mode: 0o755,
      },
    );

    const { code, out } = await python(
      `import os, signal, threading
from jarvis_bridge.orchestrator import run
def interrupt():
    while not os.path.exists(${JSON.stringify(told)}):
        pass
    os.kill(os.getpid(), signal.SIGINT)
threading.Thread(target=interrupt).start()
try:
    run({})
except KeyboardInterrupt:
    process, arguments = open(${JSON.stringify(told)}).read().split(maxsplit=1)
    print(os.path.exists("/proc/" + process), os.path.exists(arguments.strip()))`,
      { JARVIS_COMMAND: command },
    );

    expect({ code, out }).toEqual({ code: 0, out: 'False False\n' });
  });

  it('raises ApprovalRequiredException while a run waits for people', async () => {
    await shell.call('migrate', 'python', '.');

    const { code, out } = await python(
      `from jarvis_bridge.orchestrator import run
from jarvis_bridge import orchestrator_integration as integration
config = {"task": ${JSON.stringify(TASK)}, "interactive_cost_mode": "once"}
run_id = run(config)["core_run_id"]
try:
    integration.approval_checkpoint(run_id)
except integration.ApprovalRequiredException as error:
    print(error.request_id.startswith(run_id), integration.get_pause_manager().is_paused(run_id))`,
    );

    expect({ code, out }).toEqual({ code: 0, out: 'True True\n' });
  });

  it('refuses to overwrite a module somebody else wrote', async () => {
    mkdirSync(join(shell.folder, 'jarvis_bridge'));
    writeFileSync(join(shell.folder, 'jarvis_bridge/orchestrator.py'), 'mine = True\n');

    const { code, err } = await shell.call('migrate', 'python', '.');

    expect(code).toBe(2);
    expect(err).toContain('jarvis_bridge/orchestrator.py is there already');
    expect(readdirSync(join(shell.folder, 'jarvis_bridge'))).toEqual(['orchestrator.py']);
  });
});

describe('jarvis migrate call', () => {
  it.each([
    [['orchestrator_2loop.gone'], 'there is no function "orchestrator_2loop.gone"'],
    [['orchestrator.run', '--input', 'gone.json'], '--input: gone.json: it does not exist'],
    [['orchestrator.run', '--input', 'project_config.json'], 'This call cannot be made'],
  ])('%j: code 2 and what is wrong', async (args, message) => {
    const { code, err } = await shell.call('migrate', 'call', ...args);

    expect(code).toBe(2);
    expect(err).toContain(message);
  });
});
