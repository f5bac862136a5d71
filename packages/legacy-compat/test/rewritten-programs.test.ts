import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { planImports, renderBridge, writeBridge, writeImports } from '../src/migrate/index.ts';
import { oldModules } from '../src/migrate/inspect/old-modules.ts';

let base = '';
let folder = '';

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'programs-'));
  folder = join(base, 'project');
});

afterEach(() => {
  rmSync(base, { recursive: true });
});

/** An old project: the names of the bridge, and some it does not have. */
function writeTree(agent: string, files: Readonly<Record<string, string>>): void {
  const module = `import json
def main(run_summary=None): pass
def run(config): pass
main_phase3 = main
def choose_model(): return "old"
class StagePicker: pass
_load_config = llm = None
`;
  const modules = oldModules.map((name) => [`${agent}/${name}.py`, module] as const);
  for (const [path, text] of [...modules, [`${agent}/__init__.py`, ''] as const, ...Object.entries(files)]) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

/** What a program says; it fails when Python does. */
function start(args: readonly string[], pythonPath = ''): string {
  const env = { PATH: process.env['PATH'], PYTHONPATH: pythonPath, PYTHONDONTWRITEBYTECODE: '1' };
  return execFileSync('python3', args, { cwd: folder, env, encoding: 'utf8', stdio: 'pipe' });
}

async function migrate(hasAgentPackage = false) {
  const stateDirectory = join(base, 'state');
  const plan = await planImports({ folder });
  await writeImports(plan, { stateDirectory });
  return writeBridge({ folder, stateDirectory, bridge: 'jarvis_bridge', hasAgentPackage });
}

const UP = 'import os, sys\nsys.path.insert(0, os.path.join(os.path.dirname(__file__), ".."';

describe('programs that worked before the rewriting', () => {
  it.each([
    [
      'names',
      'from agent.orchestrator_phase3 import main_phase3 as phase3, StagePicker\nprint(phase3, StagePicker)',
    ],
    [
      'only other names',
      'from agent.orchestrator_2loop import choose_model, main\nprint(choose_model(), main)',
    ],
    [
      'uses',
      'from agent import orchestrator, orchestrator_2loop\nprint(orchestrator_2loop.choose_model(), orchestrator.run)',
    ],
    [
      'patches',
      'from unittest import mock\nfrom agent import orchestrator\nwith mock.patch.object(orchestrator, "_load_config"): print(1)',
    ],
    ['handed on', 'import agent.orchestrator as o\nprint([one.choose_model() for one in (o,)])'],
    ['loads', 'import importlib\nm = importlib.import_module("agent.orchestrator")\nprint(m.choose_model())'],
    [
      'a folder of their own',
      'import sys\nsys.path.insert(0, "agent")\nimport orchestrator\nfrom orchestrator_2loop import main\nprint(orchestrator.main, main)',
    ],
    [
      'a folder of their own, by a text',
      'import sys, importlib\nsys.path.insert(0, "agent")\nprint(importlib.import_module("orchestrator").main)',
    ],
  ])('work after it: %s', async (_, program) => {
    writeTree('agent', { 'scripts/x.py': `${UP}))\n${program}\n` });
    const before = start(['scripts/x.py']);

    await migrate();

    expect(before).not.toBe('');
    expect(() => start(['scripts/x.py'])).not.toThrow();
  });

  it('work after it, also from another folder, where only the folder of the modules is on the path', async () => {
    const program = `${UP}, "agent"))\nimport orchestrator\nprint(orchestrator.main.__name__)\n`;
    writeTree('agent', { 'scripts/x.py': program });

    await migrate(true);

    expect(readFileSync(join(folder, 'scripts/x.py'), 'utf8')).toContain('\nimport orchestrator\n');
    expect(start(['scripts/x.py'])).toBe('main\n');
  });

  it.each([
    { agent: 'src/agent', path: 'src', line: 'from agent.orchestrator import main' },
    { agent: 'src/agent', path: 'src', line: 'from agent import orchestrator as o; main = o.main' },
    { agent: 'src/agent', path: '', line: 'from src.agent.orchestrator import main' },
    { agent: 'orchestrators', path: 'orchestrators', line: 'from orchestrator import main', bridge: '' },
    {
      agent: 'lib/agent',
      path: '.',
      line: 'from lib.agent.orchestrator import main',
      isPackage: true,
      bridge: '',
    },
  ])('work after it: $line with PYTHONPATH=$path', async (row) => {
    const { agent, path, line, bridge = 'src/', isPackage = false } = row;
    writeTree(agent, {
      'x.py': `${line}\nprint(main.__name__)\n`,
      [`${agent}/inside.py`]: 'from .orchestrator import main\n',
      ...(isPackage ? { 'lib/__init__.py': '' } : {}),
    });
    start(['x.py'], path);

    const { written } = await migrate();

    expect(written).toContain(`${bridge}jarvis_bridge/orchestrator.py`);
    expect(start(['x.py'], path)).toBe('main\n');
  });

  it('work after it: a module in a package that is imported from the folder it lies in', async () => {
    writeTree('src/agent', {
      'src/agent/api.py': 'from .orchestrator import main\nfrom . import orchestrator\n',
    });

    await migrate();

    expect(readFileSync(join(folder, 'src/agent/api.py'), 'utf8')).toBe(
      'from jarvis_bridge.orchestrator import main\nfrom jarvis_bridge import orchestrator\n',
    );
    expect(start(['-c', 'import agent.api'], 'src')).toBe('');
  });
});

describe('writeBridge with hasAgentPackage', () => {
  it.each([
    { agent: 'src/agent', path: 'src', files: {}, name: 'agent.orchestrator' },
    { agent: 'lib/agent', path: '.', files: { 'lib/__init__.py': '' }, name: 'lib.agent.orchestrator' },
  ])('replaces the modules where they lie, in $agent', async ({ agent, path, files, name }) => {
    writeTree(agent, files);

    const { written, notReplaced } = await migrate(true);

    expect(written).toContain(`${agent}/orchestrator.py`);
    expect(written.some((file) => file.startsWith('agent/'))).toBe(false);
    expect(notReplaced).toEqual([]);
    const code = `from ${name} import main; import sys; print(main.__module__)`;
    expect(start(['-c', code], path)).toBe('jarvis_bridge.orchestrator\n');
  });

  it('names what goes away, without what is only imported or private, and what lies elsewhere', async () => {
    writeTree('agent', { 'vendor/agent/orchestrator.py': 'def main(): pass\n' });
    writeFileSync(join(folder, 'agent/orchestrator_2loop.py'), Buffer.from([0x23, 0xe9, 0x0a]));
    const options = {
      folder,
      stateDirectory: join(base, 'state'),
      bridge: 'jarvis_bridge',
      hasAgentPackage: true,
    };

    const planned = await writeBridge({ ...options, isDryRun: true });
    const done = await writeBridge(options);
    const again = await writeBridge(options);

    expect(planned.replaced).toContainEqual({
      path: 'agent/orchestrator.py',
      gone: ['StagePicker', 'choose_model', 'llm', 'main_phase3'],
    });
    expect(planned.notReplaced).toEqual(['vendor/agent/orchestrator.py']);
    expect(done.replaced).toEqual(planned.replaced);
    expect(again.replaced).toEqual([]);
    const text = renderBridge(planned);
    expect(text).toContain('    agent/orchestrator_phase3.py: StagePicker, choose_model, llm, run\n');
    expect(text).toContain('    agent/orchestrator_2loop.py: it could not be read (it is not UTF-8)\n');
    expect(text).toContain('not replaced, they lie elsewhere:\n    vendor/agent/orchestrator.py\n');
    expect(renderBridge(again)).toContain('not replaced, they lie elsewhere:\n');
  });

  it('says nothing of that without it', async () => {
    writeTree('agent', {});

    const { replaced, notReplaced } = await migrate();

    expect([replaced, notReplaced]).toEqual([[], []]);
  });
});
