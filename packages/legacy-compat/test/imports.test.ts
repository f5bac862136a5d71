import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { isBridgeName, planImports, renderImports, writeImports } from '../src/migrate/index.ts';
import { OldTree } from './old-tree.ts';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'imports-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** What becomes of one file of a project that has nothing else. */
async function rewrite(name: string, text: string): Promise<string> {
  mkdirSync(join(folder, 'agent'), { recursive: true });
  writeFileSync(join(folder, name), text);
  const { files } = await planImports({ folder });
  return files.find(({ path }) => path === name)?.after ?? text;
}

describe('modules that are reached through their package', () => {
  it('are left to a person, at the place and once', async () => {
    const text = 'import agent\n\n\ndef go():\n    agent.orchestrator.run({}); agent.orchestrator.main()\n';
    mkdirSync(join(folder, 'agent'), { recursive: true });
    writeFileSync(join(folder, 'agent/orchestrator.py'), 'def run(): pass\n');

    const after = await rewrite('uses.py', text);
    const again = await rewrite('uses.py', after);

    expect(after).toBe(
      'import agent\n\n\ndef go():\n    # jarvis-migrate: this reaches an old module through its package; ' +
        'import the module from the bridge and use that\n' +
        '    agent.orchestrator.run({}); agent.orchestrator.main()\n',
    );
    expect(again).toBe(after);
  });
});

describe('Python imports', () => {
  it.each([
    ['import orchestrator', 'import jarvis_bridge.orchestrator as orchestrator'],
    ['import orchestrator as o', 'import jarvis_bridge.orchestrator as o'],
    ['import agent.orchestrator_2loop as two', 'import jarvis_bridge.orchestrator_2loop as two'],
    ['import os, orchestrator, sys', 'import os, jarvis_bridge.orchestrator as orchestrator, sys'],
    ['from orchestrator import main', 'from jarvis_bridge.orchestrator import main'],
    [
      'from agent.orchestrator import run as b, main',
      'from jarvis_bridge.orchestrator import run as b, main',
    ],
    [
      'from .orchestrator_phase3 import main',
      'from jarvis_bridge.orchestrator_phase3 import main',
      'agent/x.py',
    ],
    ['from.orchestrator import main', 'from jarvis_bridge.orchestrator import main', 'agent/x.py'],
    ['from . import orchestrator', 'from jarvis_bridge import orchestrator', 'agent/x.py'],
    ['from .import orchestrator', 'from jarvis_bridge import orchestrator', 'agent/x.py'],
    ['from agent import orchestrator', 'from jarvis_bridge import orchestrator'],
    [
      'from agent import orchestrator as o, llm',
      'from jarvis_bridge import orchestrator as o\nfrom agent import llm',
    ],
    ['from agent import llm, orchestrator', 'from jarvis_bridge import orchestrator\nfrom agent import llm'],
    [
      'from agent import a, orchestrator, b, orchestrator_2loop, orchestrator_context',
      'from jarvis_bridge import orchestrator, orchestrator_2loop, orchestrator_context\nfrom agent import a, b',
    ],
    [
      'from agent import (\n    orchestrator,\n    llm,\n)',
      'from jarvis_bridge import orchestrator\nfrom agent import (\n    llm,\n)',
    ],
    [
      'def f():\n    from agent import llm, orchestrator\n    return llm',
      'def f():\n    from jarvis_bridge import orchestrator\n    from agent import llm\n    return llm',
    ],
    [
      'if x: from agent import llm, orchestrator',
      'if x: from jarvis_bridge import orchestrator; from agent import llm',
    ],
    ['import_module("agent.orchestrator")', 'import_module("jarvis_bridge.orchestrator")'],
    [
      "importlib.import_module('orchestrator_2loop')",
      "importlib.import_module('jarvis_bridge.orchestrator_2loop')",
    ],
    [
      "__import__('orchestrator', fromlist=['main'])",
      "__import__('jarvis_bridge.orchestrator', fromlist=['main'])",
    ],
    [
      "__import__('orchestrator', {}, {}, ['main'])",
      "__import__('jarvis_bridge.orchestrator', {}, {}, ['main'])",
    ],
    ["runpy.run_module('agent.orchestrator')", "runpy.run_module('jarvis_bridge.orchestrator')"],
    ['import_module(name="agent.orchestrator")', 'import_module(name="jarvis_bridge.orchestrator")'],
    ['\fimport orchestrator', '\fimport jarvis_bridge.orchestrator as orchestrator'],
    [
      '\ffrom agent import llm, orchestrator',
      'from jarvis_bridge import orchestrator\n\ffrom agent import llm',
    ],
    [
      'if x: \\\n    from agent import llm, orchestrator',
      'if x: \\\n    from jarvis_bridge import orchestrator; from agent import llm',
    ],
  ])('%j becomes %j', async (before, after, name = 'x.py') => {
    expect(await rewrite(name, `${before}\n`)).toBe(`${after}\n`);
  });

  it.each([
    ['import agent.orchestrator'],
    ['from agent.orchestrator_2loop import choose_model'],
    ['from agent.orchestrator import (  # some\n    main,  # it\n    llm,\n)'],
    ['from orchestrator import *'],
    ['from orchestrator import _private'],
    ['from agent import (  # both\n    orchestrator,  # the team\n    llm,\n)'],
    ['importlib.import_module("agent.orchestrator_" + name)'],
    ['importlib.import_module(f"agent.orchestrator_{name}")'],
    ['importlib.import_module(".orchestrator", package="agent")'],
    ['x = __import__("orchestrator")'],
    ['runpy.run_path("agent/orchestrator.py")'],
    ['mock.patch("orchestrator.llm")'],
    ['START = "python agent/orchestrator.py --fast"'],
    ['x = __import__("agent", fromlist=["orchestrator"])'],
    ['x = __import__("agent", {}, {}, ("llm", "orchestrator"))'],
    ['f = im("agent.orchestrator_phase3")'],
    ['x = sys.modules["agent.orchestrator"]'],
    ['if x: \\\n    import agent.orchestrator'],
    ['y = 1; \\\nimport agent.orchestrator'],
    ['z = """a\nb"""; import agent.orchestrator'],
  ])('%j is left to a person', async (before) => {
    const after = await rewrite('x.py', `${before}\n`);

    expect(after).toMatch(/^# jarvis-migrate: [^\n]+\n/u);
    expect(after.slice(after.indexOf('\n') + 1)).toBe(`${before}\n`);
    expect(await rewrite('x.py', after)).toBe(after);
  });

  it.each([
    ['from . import orchestrator', 'a package of its own'],
    ['from mine.orchestrator import main', 'a package of its own'],
    ['from .orchestrator import main', 'a package of its own'],
    ['import orchestrators', 'a longer name'],
    ['from mine import orchestration', 'another word'],
    ['log = getLogger("orchestrator")', 'the name of a logger'],
    ['x = "import orchestrator"', 'a text'],
    ['# import orchestrator', 'a comment'],
    ['"""import orchestrator"""', 'a docstring'],
  ])('%j is left alone: %s', async (before) => {
    mkdirSync(join(folder, 'mine'));

    expect(await rewrite('mine/x.py', `${before}\n`)).toBe(`${before}\n`);
  });

  it('names a file that is too large to read, and goes on with the rest', async () => {
    writeFileSync(join(folder, 'huge.py'), '');
    truncateSync(join(folder, 'huge.py'), 3 * 1024 ** 3);

    await expect(rewrite('a.py', 'import orchestrator\n')).resolves.toContain('jarvis_bridge');

    const { unread } = await planImports({ folder });
    expect(unread).toEqual([{ path: 'huge.py', problem: 'it is larger than 64 MB' }]);
  });

  it('puts a comment before the whole statement, with its indentation', async () => {
    const text = 'def f():\n    if a:\n        pass\n    elif b: import agent.orchestrator\n';

    expect(await rewrite('x.py', text)).toBe(
      text.replace(
        '    if a',
        '    # jarvis-migrate: this binds the package; import the module under a name of its own and use that\n    if a',
      ),
    );
  });

  it('keeps the byte order mark and the ends of the lines', async () => {
    const after = await rewrite(
      'x.py',
      '\uFEFFfrom agent import llm, orchestrator\r\nimport agent.orchestrator\r\n',
    );

    expect(after).toMatch(
      /^\uFEFFfrom jarvis_bridge import orchestrator\r\nfrom agent import llm\r\n# [^\r\n]+\r\nimport/u,
    );
    expect(after.replaceAll('\r\n', '')).not.toContain('\n');
  });

  it('sends them to the package that is named, and leaves that package alone', async () => {
    mkdirSync(join(folder, 'lib/bridge'), { recursive: true });
    writeFileSync(join(folder, 'lib/bridge/x.py'), 'import orchestrator\n');
    writeFileSync(join(folder, 'y.py'), 'import orchestrator\n');

    const { files, left } = await planImports({ folder, bridge: 'lib.bridge' });

    expect(files.map(({ path, after }) => [path, after])).toEqual([
      ['y.py', 'import lib.bridge.orchestrator as orchestrator\n'],
    ]);
    expect(left).toEqual(['lib/bridge/x.py']);
  });
});

describe('imports of JavaScript and TypeScript', () => {
  it.each([
    [
      "import { main } from './agent/orchestrator_2loop';",
      "import { main } from '@jarvis/legacy-compat/orchestrator_2loop';",
    ],
    [
      'import * as o from "../agent/orchestrator.js"',
      'import * as o from "@jarvis/legacy-compat/orchestrator"',
    ],
    [
      "import type { LegacyResult } from 'agent/orchestrator'",
      "import type { LegacyResult } from '@jarvis/legacy-compat/orchestrator'",
    ],
    ["import './agent/orchestrator_phase3.py'", "import '@jarvis/legacy-compat/orchestrator_phase3'"],
    [
      "export * from './agent/orchestrator_context'",
      "export * from '@jarvis/legacy-compat/orchestrator_context'",
    ],
    [
      "export { main as run } from 'orchestrator_2loop'",
      "export { main as run } from '@jarvis/legacy-compat/orchestrator_2loop'",
    ],
    [
      "const a = await import('./agent/orchestrator')",
      "const a = await import('@jarvis/legacy-compat/orchestrator')",
    ],
    [
      "import a = require('./agent/orchestrator')",
      "import a = require('@jarvis/legacy-compat/orchestrator')",
    ],
    [
      "type A = typeof import('./agent/orchestrator')",
      "type A = typeof import('@jarvis/legacy-compat/orchestrator')",
    ],
    [
      "vi.mock('./agent/orchestrator_2loop', () => ({}))",
      "vi.mock('@jarvis/legacy-compat/orchestrator_2loop', () => ({}))",
    ],
    [
      "import { JarvisOrchestrator, OrchestratorMode } from './agent/orchestrator'",
      "import { JarvisOrchestrator, OrchestratorMode } from '@jarvis/loops'",
    ],
    [
      "import { RoadmapManager as R } from './agent/orchestrator'",
      "import { RoadmapManager as R } from '@jarvis/roadmap'",
    ],
    [
      "const { main: run } = require('./agent/orchestrator_2loop')",
      "const { main: run } = require('@jarvis/legacy-compat/orchestrator_2loop')",
    ],
    [
      "import * as o from './agent/orchestrator'\no.run({})",
      "import * as o from '@jarvis/legacy-compat/orchestrator'\no.run({})",
    ],
    ['const a = require(`./agent/orchestrator`)', 'const a = require(`@jarvis/legacy-compat/orchestrator`)'],
    [
      "jest.requireMock('./agent/orchestrator_2loop')",
      "jest.requireMock('@jarvis/legacy-compat/orchestrator_2loop')",
    ],
    ["declare module './agent/orchestrator' {}", "declare module '@jarvis/legacy-compat/orchestrator' {}"],
    [
      "import './agent/orchestrator'\n@dec class K { accessor q = 1; }",
      "import '@jarvis/legacy-compat/orchestrator'\n@dec class K { accessor q = 1; }",
    ],
    [
      "import './agent/orchestrator'\nclass K { constructor(@Inject() a: A) {} }",
      "import '@jarvis/legacy-compat/orchestrator'\nclass K { constructor(@Inject() a: A) {} }",
    ],
  ])('%j becomes %j', async (before, after) => {
    expect(await rewrite('x.ts', `${before}\n`)).toBe(`${after}\n`);
  });

  it.each([
    ["import main from './agent/orchestrator_2loop';"],
    ["import { main } from 'orchestrator';"],
    ["export { default } from './agent/orchestrator_2loop';"],
    ['const a = import(`./agent/orchestrator_${mode}`);'],
    ["spawn('python3', ['agent/orchestrator.py']);"],
    ["const f = import('./agent/orchestrator_' + x);"],
    ["const g = require('./agent/' + 'orchestrator');"],
    ["const a = 1; spawn('python3', ['agent/orchestrator.py']);"],
    ["const a = `\n`; spawn('python3 agent/orchestrator.py');"],
    ["/* why */ spawn('python3 agent/orchestrator.py');"],
    ["spawn('python3', ['-m', 'agent.orchestrator_2loop']);"],
    ["import { StagePicker, run } from './agent/orchestrator_phase3';"],
    ["import { JarvisOrchestrator, main } from './agent/orchestrator';"],
    ["export { choose_model } from './agent/orchestrator_2loop';"],
    ["const { choose_model } = await import('./agent/orchestrator_2loop');"],
    ["const { choose_model: c } = require('./agent/orchestrator_2loop');"],
    ["const c = (await import('./agent/orchestrator_2loop')).choose_model;"],
    ["import('./agent/orchestrator_2loop').then(({ choose_model }) => choose_model());"],
    ["import('./agent/orchestrator_2loop').then((two) => two.choose_model());"],
    ["import * as two from './agent/orchestrator_2loop';\ntwo.choose_model();"],
    ["import two = require('./agent/orchestrator_2loop');\ntwo?.choose_model();"],
    ["let two;\ntwo = require('./agent/orchestrator_2loop');\ntwo.choose_model();", 1],
    ["import type * as two from './agent/orchestrator_2loop';\nlet a: two.Choice;"],
    ["let a: import('./agent/orchestrator_2loop').Choice;"],
  ])('%j is left to a person', async (before, line = 0) => {
    const after = await rewrite('x.ts', `${before}\n`);

    const lines = after.split('\n');
    expect(lines[line]).toMatch(/^\/\/ jarvis-migrate: [^\n]+$/u);
    expect(lines.toSpliced(line, 1).join('\n')).toBe(`${before}\n`);
    expect(await rewrite('x.ts', after)).toBe(after);
  });

  it('leaves a script of the project alone that has the name of an old module', async () => {
    writeFileSync(join(folder, 'orchestrator.ts'), 'export const a = 1;\n');
    const text = "import { a } from './orchestrator.js';\n// import './agent/orchestrator_2loop'\n";

    expect(await rewrite('x.ts', text)).toBe(text);
  });

  it('puts a comment below the line that names the interpreter', async () => {
    const text = "#!/usr/bin/env node\n/* why */ spawn('python3 agent/orchestrator.py');\n";

    const after = await rewrite('x.mjs', text);

    expect(after).toMatch(/^#![^\n]+\n\/\/ jarvis-migrate: [^\n]+\n\/\* why/u);
    expect(await rewrite('x.mjs', after)).toBe(after);
  });

  it('reads the types of Flow', async () => {
    const text = "import type { LegacyResult } from './agent/orchestrator'\nlet x: number = 3\n";

    const after = await rewrite('x.js', text);

    expect(after).toBe(text.replace('./agent', '@jarvis/legacy-compat'));
  });

  it('reads markup, and names what no engine would read', async () => {
    writeFileSync(join(folder, 'half.ts'), "import './agent/orchestrator'\nconst a = {;\nlet b = <;\n");
    const after = await rewrite(
      'x.tsx',
      "import { main } from './agent/orchestrator';\nexport const b = <A>{main}</A>;\n",
    );

    const { unread } = await planImports({ folder });

    expect(after).toContain('@jarvis/legacy-compat/orchestrator');
    expect(unread.map(({ path }) => path)).toEqual(['half.ts']);
  });
});

describe('writeImports', () => {
  let tree: OldTree;

  beforeEach(() => {
    tree = new OldTree();
  });

  afterEach(() => {
    vi.unstubAllEnvs();
    tree.remove();
  });

  const write = async (force = false) =>
    writeImports(await planImports({ folder: tree.root }), { stateDirectory: tree.stateDirectory, force });

  it('writes what was planned, keeps modes, and has nothing to do when it is called again', async () => {
    chmodSync(tree.path('agent/api.py'), 0o750);
    symlinkSync('api.py', tree.path('agent/link.py'));

    const first = await write();
    const after = tree.look();
    const second = await write();

    expect(first.written).toEqual([
      'agent/api.py',
      'agent/broken.py',
      'agent/cli.py',
      'scripts/nightly.py',
      'scripts/windows.py',
      'tests/test_orchestrator.py',
      'web/old.cjs',
      'web/server.ts',
    ]);
    expect(lstatSync(tree.path('agent/api.py')).mode & 0o777).toBe(0o750);
    expect(after['agent/link.py']).toBe('link api.py');
    expect(second).toEqual({ written: [] });
    expect(tree.look()).toEqual(after);
  });

  it('refuses to mix with changes git does not hold, unless forced', async () => {
    const before = tree.look();
    commitAll(tree.root);
    writeFileSync(tree.path('new file.txt'), 'mine');

    const refused = write();

    await expect(refused).rejects.toMatchObject({
      code: 'JARVIS_LEGACY_TREE_DIRTY',
      paths: ['new file.txt'],
    });
    expect(tree.read('agent/api.py')).toBe(
      Buffer.from(before['agent/api.py']?.split(' ')[2] ?? '', 'base64').toString(),
    );
    await expect(write(true)).resolves.toMatchObject({
      written: expect.arrayContaining(['agent/api.py']) as unknown,
    });
  });

  it('asks git for everything, whatever the repository leaves out of a status', async () => {
    const sub = join(folder, 'lib');
    mkdirSync(sub);
    writeFileSync(join(sub, 's.py'), 'import orchestrator\n');
    commitAll(sub);
    git(tree.root, 'init', '--quiet');
    git(tree.root, '-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', sub, 'lib');
    git(tree.root, 'config', '--file', '.gitmodules', 'submodule.lib.ignore', 'all');
    git(tree.root, 'config', 'status.showUntrackedFiles', 'no');
    commitAll(tree.root);

    writeFileSync(tree.path('agent/new.py'), '');
    writeFileSync(tree.path('lib/s.py'), 'import orchestrator  # mine\n');

    await expect(write()).rejects.toMatchObject({ paths: ['agent/new.py', 'lib/s.py'] });
  });

  it('runs nothing the repository configures while it asks git', async () => {
    const proof = join(folder, 'proof');
    commitAll(tree.root);
    for (const kind of ['clean', 'process']) {
      git(tree.root, 'config', `filter.evil.${kind}`, `sh -c 'touch ${proof}; cat'`);
    }
    git(tree.root, 'config', 'core.fsmonitor', `touch ${proof}`);
    writeFileSync(tree.path('.git/info/attributes'), '*.py filter=evil\n');
    utimesSync(tree.path('agent/api.py'), 1_000, 1_000);

    await write().catch(() => undefined); // whether git tells it as changed does not matter here

    expect(existsSync(proof)).toBe(false);
  });

  it('asks the repository of the tree, of which the tree may be a part, and no other', async () => {
    commitAll(tree.root);
    writeFileSync(tree.path('README.md'), 'mine');
    vi.stubEnv('GIT_DIR', join(folder, 'no-repository'));
    vi.stubEnv('GIT_INDEX_FILE', join(folder, 'no-index'));

    const written = await writeImports(await planImports({ folder: tree.path('agent') }), {
      stateDirectory: tree.stateDirectory,
    });

    expect(written.written).toContain('api.py');
    await expect(write()).rejects.toMatchObject({ code: 'JARVIS_LEGACY_TREE_DIRTY' });
  });

  it('writes into a repository that holds everything', async () => {
    commitAll(tree.root);

    await expect(write()).resolves.toMatchObject({ snapshotId: expect.any(String) as unknown });
  });

  it('does not go on where git cannot tell, unless forced', async () => {
    writeFileSync(tree.path('.git'), 'gitdir: /no/such/place\n');

    await expect(write()).rejects.toThrow(/git does not tell/u);
    await expect(write(true)).resolves.toMatchObject({
      written: expect.arrayContaining(['agent/api.py']) as unknown,
    });
  });

  it('writes nothing when a file was changed since it was planned', async () => {
    const plan = await planImports({ folder: tree.root });
    writeFileSync(tree.path('web/server.ts'), 'newer\n');
    const before = tree.look();

    const writing = writeImports(plan, { stateDirectory: tree.stateDirectory });

    await expect(writing).rejects.toThrow(/web\/server\.ts was changed meanwhile/u);
    expect(tree.look()).toEqual(before);
  });
});

describe('renderImports', () => {
  it('shows the diff, what is left to a person and how to write it', async () => {
    writeFileSync(join(folder, 'x.py'), 'import agent.orchestrator\r\nimport orchestrator\r\n');

    const text = renderImports(await planImports({ folder }));

    expect(text).toContain('--- a/x.py\n+++ b/x.py\n');
    expect(text).toContain('+import jarvis_bridge.orchestrator as orchestrator\n');
    expect(text).toContain('1 imports rewritten in 1 files, 1 places left to a person');
    expect(text).toContain('x.py:1: import agent.orchestrator');
    expect(text).toMatch(/add --write\.\n$/u);
  });

  it('shows names and lines of the old tree on one line each', async () => {
    mkdirSync(join(folder, 'a\n\u001b[31mb'));
    writeFileSync(join(folder, 'a\n\u001b[31mb/x.py'), 'import agent.orchestrator  # \u001b[2J\rx = 1\n');

    const lines = renderImports(await planImports({ folder })).split('\n');

    expect(lines.slice(0, 2)).toEqual(['--- "a/a\\n\\033[31mb/x.py"', '+++ "b/a\\n\\033[31mb/x.py"']);
    expect(lines).toContain('  a\\u{a}\\u{1b}[31mb/x.py:1: import agent.orchestrator # \\u{1b}[2J x = 1');
  });

  it('says so when there is nothing to do', async () => {
    expect(renderImports(await planImports({ folder }))).toMatch(/Nothing has to be written\.\n$/u);
  });
});

describe('isBridgeName', () => {
  it.each([
    ['jarvis_bridge', true],
    ['lib.bridge', true],
    ['../evil', false],
    ['a b', false],
    ['', false],
    ['1st', false],
    ['json', false],
    ['os.path', false],
    ['class', false],
    ['lib.None', false],
    ['lib.json', true],
  ])('%j: %s', (name, isOk) => {
    expect(isBridgeName(name)).toBe(isOk);
  });
});

function commitAll(root: string): void {
  git(root, 'init', '--quiet');
  git(root, 'add', '--all');
  git(root, 'commit', '--quiet', '--message', 'All');
}

function git(root: string, ...args: readonly string[]): void {
  execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.org', ...args], { cwd: root });
}
