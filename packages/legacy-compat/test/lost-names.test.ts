import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { planImports, renderImports } from '../src/migrate/index.ts';
import { scriptNames } from '../src/migrate/imports/known-names.ts';
import { oldModules } from '../src/migrate/inspect/old-modules.ts';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lost-names-'));
  mkdirSync(join(folder, 'agent'));
  for (const module of oldModules) writeFileSync(join(folder, `agent/${module}.py`), 'def main(): pass\n');
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

async function rewrite(text: string): Promise<string> {
  writeFileSync(join(folder, 'x.py'), text);
  const { files } = await planImports({ folder });
  return files.find(({ path }) => path === 'x.py')?.after ?? text;
}

const PRIVATE = 'a private name of an old module, which the bridge does not have';

describe('names the bridge does not have', () => {
  it.each([
    [
      'from agent.orchestrator_phase3 import main_phase3 as phase3, StagePicker\n',
      `from jarvis_bridge.orchestrator_phase3 import main_phase3 as phase3
# jarvis-migrate: the bridge has no StagePicker; keep what is needed of it in a module of your own
from agent.orchestrator_phase3 import StagePicker
`,
    ],
    [
      'def f():\n    from agent.orchestrator_2loop import (\n        choose_model, llm,\n        main,\n    )\n',
      `def f():
    from jarvis_bridge.orchestrator_2loop import main
    # jarvis-migrate: the bridge has no choose_model, llm; keep what is needed of them in a module of your own
    from agent.orchestrator_2loop import (
        choose_model, llm,
    )
`,
    ],
    [
      'if x: from agent.orchestrator import _a, main\n',
      `# jarvis-migrate: ${PRIVATE}
if x: from jarvis_bridge.orchestrator import main; from agent.orchestrator import _a
`,
    ],
  ])('%j is taken apart', async (before, after) => {
    expect(await rewrite(before)).toBe(after);
    expect(await rewrite(after)).toBe(after);
  });

  it.each([
    ['orchestrator_2loop.choose_model()', 'choose_model'],
    ['print(orchestrator_2loop.llm.chat)', 'llm'],
    ['monkeypatch.setattr(orchestrator_2loop, "llm", fake)', 'llm'],
    ['with patch.object(orchestrator_2loop, "_load_config"): pass', '_load_config'],
    ['@patch.object(orchestrator_2loop, "_load_config")\ndef f(): pass', '_load_config'],
    ['@orchestrator_2loop.retry\ndef f(): pass', 'retry'],
    ['print(f"{orchestrator_2loop.VERSION}")', 'VERSION'],
    ['def f(): return orchestrator_2loop.choose_model', 'choose_model'],
  ])('%j leaves the import of the module as it is', async (use, name) => {
    const before = `from agent import llm, orchestrator_2loop\n\n${use}\n`;

    const after = await rewrite(before);

    expect(after).toBe(
      `# jarvis-migrate: left as it is: this file takes ${name} from it, which the bridge does not have
from agent import llm, orchestrator_2loop

# jarvis-migrate: the bridge has no ${name}; keep what is needed of it in a module of your own
${use}
`,
    );
    expect(await rewrite(after)).toBe(after);
  });

  it.each([
    ['import agent.orchestrator_2loop as two\ntwo.choose_model()'],
    ['two = importlib.import_module("agent.orchestrator_2loop")\ntwo.choose_model()'],
    ['importlib.import_module("agent.orchestrator_2loop").choose_model()'],
    ['from agent import orchestrator_2loop as two\nprint(getattr(two, name))'],
    ['from agent import orchestrator_2loop as two\nRUNNERS = {"two": two}'],
    ['from agent import orchestrator_2loop as two\nrunner = two'],
    ['from agent import orchestrator_2loop as two\ndef f(runner=two): pass'],
    ['from agent import orchestrator_2loop as two\ndef f(): return two'],
    ['def f(): return import_module("agent.orchestrator_2loop")'],
  ])(
    '%j: the module is handed on or asked for what the bridge does not have, so it stays',
    async (before) => {
      const after = await rewrite(`${before}\n`);

      const kept = after.split('\n').filter((line) => !line.includes('jarvis-migrate:'));
      expect(kept.join('\n')).toBe(`${before}\n`);
      expect(after).toMatch(/^# jarvis-migrate: left as it is/u);
    },
  );

  it.each([
    ['two.main()'],
    ['setattr(two, "main", fake)'],
    ['if two is None: two = None'],
    ['f(two=1)'],
    ['def two(two, *, a=1): pass'],
    ['del two'],
    ['print(two.__name__)'],
  ])('%j takes nothing else, so the import is rewritten', async (use) => {
    const after = await rewrite(`from agent import orchestrator_2loop as two\n${use}\n`);

    expect(after).toBe(`from jarvis_bridge import orchestrator_2loop as two\n${use}\n`);
  });

  it('moves the modules the bridge can stand in for, and keeps the others', async () => {
    const after = await rewrite(
      'from agent import orchestrator, orchestrator_2loop\norchestrator.run({})\norchestrator_2loop.choose_model()\n',
    );

    expect(after).toContain('from jarvis_bridge import orchestrator\n');
    expect(after).toContain('from agent import orchestrator_2loop\n');
  });

  it('are listed among what is left to a person', async () => {
    await rewrite('from agent import orchestrator_2loop\nx = 1\norchestrator_2loop.choose_model()\n');

    const text = renderImports(await planImports({ folder }));

    expect(text).toContain('2 places left to a person');
    expect(text).toContain('x.py:3: orchestrator_2loop.choose_model()\n    the bridge has no choose_model');
  });
});

describe('the names of the subpaths', () => {
  it('are all that @jarvis/legacy-compat has at run time', async () => {
    const files = readdirSync(join(import.meta.dirname, '../src/shims')).filter((name) =>
      name.startsWith('orch'),
    );
    expect(files).toHaveLength(oldModules.length);
    for (const module of oldModules) {
      const shim = (await import(`../src/shims/${module.replaceAll('_', '-')}.ts`)) as object;

      expect([...scriptNames(module)]).toEqual(expect.arrayContaining(Object.keys(shim)));
    }
  });
});
