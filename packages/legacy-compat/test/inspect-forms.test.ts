import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

import { afterEach, beforeEach, expect, it } from 'vitest';

import { inspectTree, type Inventory } from '../src/migrate/index.ts';
import { OldTree } from './old-tree.ts';

let tree: OldTree;

beforeEach(() => {
  tree = new OldTree();
});

afterEach(() => {
  tree.remove();
});

function put(path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(tree.path(path)), { recursive: true });
  writeFileSync(tree.path(path), content);
}

async function inspect(path: string, content: string | Uint8Array): Promise<readonly string[]> {
  put(path, content);
  return formsIn(await inspectTree(tree.root), path);
}

/** What a file names, shortly. */
function formsIn({ references }: Pick<Inventory, 'references'>, path: string): readonly string[] {
  return references
    .filter((reference) => reference.path === path)
    .map(({ line, form, module, isUnclear }) =>
      [line, form, module ?? '?', ...(isUnclear ? ['unclear'] : [])].join(' '),
    );
}

it.each([
  ['os.system("python3 -m agent.orchestrator_2loop")', 'string orchestrator_2loop'],
  ['os.system(b"python3 -m agent.orchestrator_2loop\\n")', 'string orchestrator_2loop'],
  ['os.system(f"{PY} -m agent.orchestrator_2loop")', 'string orchestrator_2loop'],
  ['os.system(f"{PY} agent/orchestrator.py")', 'string orchestrator'],
  ['os.system(f"python3 -m agent.orchestrator_{kind}")', 'computed ? unclear'],
  ['os.system("python3 agent/orchestrator_%s.py" % kind)', 'computed ? unclear'],
  ['os.system(f"python3 -m agent.{name}")', 'computed ? unclear'],
  ['run(["python3", "-c", "import agent.orchestrator_phase3 as p; p.main()"])', 'string orchestrator_phase3'],
  ['run("python3 -m orchestrator_2loop", shell=True, cwd="agent")', 'string orchestrator_2loop'],
  ['run(["python3", "-m", "orchestrator"], cwd="agent")', 'string orchestrator'],
  ['exec("from agent.orchestrator import run\\nrun()")', 'dynamic orchestrator'],
  ['run(["python3", "-c", "import orchestrator"])', 'string orchestrator'],
  ['HINT = "import orchestrator"', 'mention orchestrator'],
  ['exec("import os\\nimport orchestrator")', 'dynamic orchestrator'],
  ['exec("from agent import llm, orchestrator")', 'dynamic orchestrator'],
  ['eval("__import__(\'agent.orchestrator\')")', 'dynamic orchestrator'],
  ['eval("__import__(\'orchestrator\')")', 'dynamic orchestrator'],
  ['@patch("orchestrator.llm")\ndef f(): pass', 'string orchestrator'],
  ['log("orchestrator_2loop has started")', 'mention orchestrator_2loop'],
  ['log("the orchestrator has started")', undefined],
  ['"""python3 -m agent.orchestrator"""', undefined],
  ['open(f"logs/orchestrator_{run_id}.log")', undefined],
])('finds what names a module in %j', async (text, expected) => {
  expect(await inspect('forms.py', text)).toEqual(expected === undefined ? [] : [`1 ${expected}`]);
});

it.each([
  ['exec("python3 -m orchestrator_2loop");', 'string orchestrator_2loop'],
  ["spawn('python3', ['-m', 'orchestrator']);", 'string orchestrator'],
  ['exec(`${python} -m agent.orchestrator`);', 'string orchestrator'],
  ['exec(\'python3 -c "from agent import orchestrator"\');', 'string orchestrator'],
  ["log('the orchestrator has started', ['-x', 'orchestrator']);", undefined],
])('finds what a script starts in %j', async (text, expected) => {
  expect(await inspect('start.ts', text)).toEqual(expected === undefined ? [] : [`1 ${expected}`]);
});

it('follows another name of a loader, and a relative name to the package it is given', async () => {
  const text = [
    'from importlib import import_module as im',
    'im("agent.orchestrator")',
    'im(".orchestrator_2loop", package="agent")',
    'im(".orchestrator_phase3", __package__)',
    'im(".orchestrator", package="other")',
  ].join('\n');

  expect(await inspect('agent/im.py', text)).toEqual([
    '2 dynamic orchestrator',
    '3 dynamic orchestrator_2loop',
    '4 dynamic orchestrator_phase3',
  ]);
});

it('tells the line of the text itself, and the statement around it', async () => {
  const text = `${'import os\n'.repeat(8)}ENTRY = "agent.orchestrator_phase3:main_phase3"\nNAMES = [\n    "agent.orchestrator",\n]\nSCRIPT = """\nset -e\npython3 -m agent.orchestrator_2loop\n"""\n`;
  put('scripts/sub.py', text);

  const { references } = await inspectTree(tree.root);

  const told = references.filter(({ path }) => path === 'scripts/sub.py');
  expect(told.map(({ line, statement }) => [line, statement])).toEqual([
    [9, 'ENTRY = "agent.orchestrator_phase3:main_phase3"'],
    [11, 'NAMES = [ "agent.orchestrator", ]'],
    [15, 'python3 -m agent.orchestrator_2loop'],
  ]);
});

it('takes a pattern without values for Python', async () => {
  put(
    'match.py',
    'match x:\n    case dict():\n        import orchestrator\n    case {"a": int()}:\n        pass\n',
  );

  const inventory = await inspectTree(tree.root);

  expect(inventory.unread.map(({ path }) => path)).not.toContain('match.py');
  expect(formsIn(inventory, 'match.py')).toEqual(['3 import orchestrator']);
});

it.each([
  ['bin/start', '#!/bin/sh\nexec python3 -m agent.orchestrator_2loop\n', ['2 mention orchestrator_2loop']],
  ['bin/run', '#!/usr/bin/env python3\nfrom agent import orchestrator\n', ['2 import orchestrator']],
  ['bin/web', "#!/usr/bin/env node\nimport '../agent/orchestrator.py';\n", ['2 import orchestrator']],
  ['Justfile', 'go:\n    python -m orchestrator\n', ['2 mention orchestrator']],
  ['crontab', '@daily cd agent && python3 -c "import orchestrator"\n', ['1 mention orchestrator']],
  ['gui.pyw', 'import orchestrator\n', ['1 import orchestrator']],
  ['Dockerfile', 'CMD ["python", "-m", "orchestrator"]\n', ['1 mention orchestrator']],
  ['k8s.yaml', 'args:\n  - -m\n  - orchestrator\n', ['3 mention orchestrator']],
  ['setup.cfg', 'console_scripts =\n  jarvis = orchestrator:main\n', ['2 mention orchestrator']],
  ['nb.ipynb', '{"source": ["from agent import orchestrator as o\\n"]}', ['1 mention orchestrator']],
  [
    'start.ps1',
    Buffer.from('\uFEFFpython agent\\orchestrator.py\r\n', 'utf16le'),
    ['1 mention orchestrator'],
  ],
  ['LIESMICH', Buffer.from('f\xfcr agent/orchestrator.py', 'latin1'), ['1 mention orchestrator']],
  ['unit.xml', '<a>orchestrator_2loop orchestrator_2loop</a>', ['1 mention orchestrator_2loop']],
  ['compose.yml', 'image: orchestrator:latest\n', []],
  ['app.sqlite', 'SQLite\0agent/orchestrator.py', []],
  ['run.log', 'agent/orchestrator.py failed\n', []],
])('reads %s, whatever it is called', async (path, content, expected) => {
  expect(await inspect(path, content)).toEqual(expected);
});

it('shows the part of a long line that names a module', async () => {
  put(
    'long.json',
    `{"a": "${'x'.repeat(500)}", "b": "python -m agent.orchestrator", "c": "${'y'.repeat(500)}"}`,
  );

  const { references } = await inspectTree(tree.root);

  const told = references.find(({ path }) => path === 'long.json');
  expect(told?.statement).toContain('"b": "python -m agent.orchestrator"');
  expect(told?.statement.length).toBeLessThanOrEqual(160);
});

it.each([
  ['latin-1', 'latin1'],
  ['iso-8859-15', 'latin1'],
  ['cp1252', 'latin1'],
  ['windows-1252', 'latin1'],
] as const)('reads Python in %s by its coding line', async (name, encoding) => {
  const text = `#!/usr/bin/env python\n# vim: set fileencoding=${name} :\nNAME = "caf\xe9"\nimport orchestrator\n`;
  put('enc.py', Buffer.from(text, encoding));

  const inventory = await inspectTree(tree.root);

  expect(formsIn(inventory, 'enc.py')).toEqual(['4 import orchestrator']);
  expect(inventory.unread.map(({ path }) => path)).not.toContain('enc.py');
});

it.each([
  ['# coding: cp437\n', 'it is written in cp437, which cannot be read here'],
  ['# coding: utf-8\n', 'it is not UTF-8'],
  ['x = 1\ny = 2\n# coding: latin-1\n', 'it is not UTF-8'],
])('names Python that its first lines %j do not explain', async (head, problem) => {
  put('enc.py', Buffer.from(`${head}NAME = "caf\xe9"\n`, 'latin1'));

  const { unread } = await inspectTree(tree.root);

  expect(unread).toContainEqual({ path: 'enc.py', problem });
});
