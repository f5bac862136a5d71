import { mkdirSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import {
  inspectTree,
  type Inventory,
  planImports,
  renderInventory,
  writeBridge,
} from '../src/migrate/index.ts';
import { fixtureTree, OldTree } from './old-tree.ts';

let tree: OldTree;

beforeEach(() => {
  tree = new OldTree();
});

afterEach(() => {
  tree.remove();
});

describe('inspectTree', () => {
  it('finds the six modules, what they define and which header names another file', async () => {
    const { modules, missing } = await inspectTree(fixtureTree);

    expect(missing).toEqual([]);
    expect(modules.map(({ path, header }) => [path, header.namesOther])).toEqual([
      ['agent/orchestrator.py', 'orchestrator_phase3.py'],
      ['agent/orchestrator_2loop.py', undefined],
      ['agent/orchestrator_3loop_legacy.py', undefined],
      ['agent/orchestrator_phase3.py', undefined],
      ['agent/orchestrator_context.py', 'agent/context_orchestrator.py'],
      ['agent/orchestrator_integration.py', undefined],
    ]);
    expect(modules[2]).toMatchObject({
      bytes: 998,
      lines: 37,
      definitions: [
        {
          kind: 'class',
          name: 'ThreeLoopOrchestrator',
          methods: ['__init__', 'split', 'run', 'safety_check'],
        },
        { kind: 'function', name: 'main', line: 33 },
      ],
    });
    expect(modules[0]?.callsOnImport).toEqual([22]);
  });

  it('finds who imports them, in which form, and takes no other module for one of them', async () => {
    const { references } = await inspectTree(fixtureTree);

    expect(formsIn({ references }, 'agent/api.py')).toEqual([
      '3 import orchestrator_2loop',
      '3 import orchestrator_3loop_legacy',
      '5 from orchestrator execute_task make_plan',
      '9 import orchestrator_context',
      '13 import orchestrator_phase3',
      '15 from orchestrator_integration run_all',
    ]);
    expect(formsIn({ references }, 'agent/cli.py')).toEqual([
      '4 import orchestrator',
      '5 import orchestrator_2loop',
      '6 star orchestrator_phase3',
      '8 dynamic orchestrator_context',
      '9 dynamic orchestrator_3loop_legacy',
      '10 dynamic orchestrator_integration',
      '14 computed ?',
    ]);
    expect(formsIn({ references }, 'web/server.ts')).toEqual([
      '3 import orchestrator JarvisOrchestrator',
      '4 import orchestrator_2loop main',
      '5 import orchestrator_phase3',
      '8 import orchestrator_3loop_legacy ThreeLoopOrchestrator',
      '11 string orchestrator_context',
      '12 dynamic orchestrator_integration',
      '13 computed ?',
    ]);
    expect(formsIn({ references }, 'scripts/start.sh')).toEqual(['3 mention orchestrator']);
    expect(formsIn({ references }, 'tests/test_orchestrator.py')).toContain('17 string orchestrator_2loop');
  });

  it('tells what all of them import, what one imports alone, and which tests name it', async () => {
    const { modules, commonDependencies } = await inspectTree(fixtureTree);

    const [main, , , phase3] = modules;
    expect(commonDependencies.map(({ name }) => name)).toEqual([
      'core_logging',
      'cost_tracker',
      'git_utils',
      'llm',
      'prompts',
      'run_logger',
    ]);
    expect(main?.uniqueDependencies).toContainEqual({
      name: 'inter_agent_bus',
      path: 'agent/inter_agent_bus.py',
    });
    expect(main?.tests).toEqual(['tests/test_orchestrator.py']);
    expect(phase3?.tests).toEqual([]);
  });

  it('tells features by the names in the code, and how alike two modules are', async () => {
    const { modules, comparisons } = await inspectTree(fixtureTree);

    const featuresOf = (index: number) => modules[index]?.features.map(({ feature }) => feature);
    expect(featuresOf(0)).toContain('messages between agents');
    expect(featuresOf(1)).not.toContain('messages between agents');
    expect(featuresOf(3)).toContain('regression detection');
    expect(comparisons[0]).toMatchObject({
      modules: ['orchestrator', 'orchestrator_phase3'],
      sharedNames: ['_load_prompts', 'make_plan', 'audit_stage', 'main'],
    });
  });

  it('names the risks, each with its places', async () => {
    const { risks } = await inspectTree(fixtureTree);

    const placesOf = (what: RegExp) => risks.find((risk) => what.test(risk.what))?.where;
    expect(placesOf(/does not define/u)).toEqual(['tests/test_orchestrator.py:5 (gone)']);
    expect(placesOf(/with a star/u)).toEqual(['agent/cli.py:6']);
    expect(placesOf(/only a run can tell/u)).toEqual([
      'agent/cli.py:14',
      'agent/orchestrator.py:74',
      'web/server.ts:13',
    ]);
    expect(placesOf(/lies beside it/u)).toEqual(['scripts/nightly.py:1']);
    expect(placesOf(/private name/u)).toEqual(['tests/test_orchestrator.py:5']);
    expect(placesOf(/in a circle/u)).toBeUndefined();
  });

  it('sees modules that import each other in a circle, and one that is gone', async () => {
    writeFileSync(tree.path('agent/orchestrator_2loop.py'), 'import orchestrator_integration\n');
    rmSync(tree.path('agent/orchestrator_phase3.py'));

    const { risks, missing } = await inspectTree(tree.root);

    const placesOf = (what: RegExp) => risks.find((risk) => what.test(risk.what))?.where;
    expect(missing).toEqual(['orchestrator_phase3']);
    expect(placesOf(/in a circle/u)).toEqual([
      'agent/orchestrator_2loop.py',
      'agent/orchestrator_integration.py',
    ]);
    expect(placesOf(/not in the tree/u)).toContain('agent/cli.py:6');
  });

  it('names what cannot be read and goes on with the rest', async () => {
    writeFileSync(
      tree.path('web/half.ts'),
      "import { main } from '../agent/orchestrator_2loop';\nconst = ;\n",
    );

    writeFileSync(tree.path('scripts/huge.py'), '');
    truncateSync(tree.path('scripts/huge.py'), 3 * 1024 ** 3);

    const { unread, references } = await inspectTree(tree.root);

    expect(unread).toEqual([
      { path: 'agent/broken.py', problem: 'not understood: line 4, 6' },
      { path: 'scripts/huge.py', problem: 'it is larger than 4 MB' },
      { path: 'web/half.ts', problem: 'not understood: line 2' },
    ]);
    expect(formsIn({ references }, 'agent/broken.py')).toEqual(['1 from orchestrator execute_task']);
  });

  it('knows nothing of an orchestrator it could not read, and says so', async () => {
    truncateSync(tree.path('agent/orchestrator_phase3.py'), 200 * 1024 ** 2);
    writeFileSync(tree.path('agent/orchestrator_2loop.py'), Buffer.from('# caf\xe9\n', 'latin1'));
    writeFileSync(tree.path('agent/user.py'), 'from agent.orchestrator_phase3 import main_phase3\n');

    const inventory = await inspectTree(tree.root);

    const unread = inventory.modules.filter(({ problem }) => problem !== undefined);
    expect(unread.map(({ path, lines, problem }) => [path, lines, problem])).toEqual([
      ['agent/orchestrator_2loop.py', 0, 'it is not UTF-8'],
      ['agent/orchestrator_phase3.py', 0, 'it is larger than 4 MB'],
    ]);
    expect(inventory.comparisons.flatMap(({ modules }) => modules)).not.toContain('orchestrator_phase3');
    expect(inventory.commonDependencies).not.toEqual([]);
    expect(JSON.stringify(inventory.risks)).not.toContain('main_phase3');
    expect(renderInventory(inventory)).toContain(
      '| `agent/orchestrator_phase3.py` | 209715200 | not read | not read | not read | not read |',
    );
  });

  it('draws each import once, and loads by a text as dotted lines', async () => {
    const { graph } = await inspectTree(fixtureTree);

    const lines = graph.split('\n');
    expect(lines.slice(0, 2)).toEqual(['flowchart LR', '  n0[["agent/orchestrator.py"]]']);
    expect(new Set(lines).size).toBe(lines.length);
    expect(lines.some((line) => line.includes('-.->'))).toBe(true);
  });

  it('follows no link and looks into no folder a tool has made', async () => {
    mkdirSync(tree.path('node_modules/x'), { recursive: true });
    writeFileSync(tree.path('node_modules/x/orchestrator_phase3.py'), 'import orchestrator\n');
    symlinkSync('/', tree.path('everything'));

    const { leftOut, references } = await inspectTree(tree.root);

    expect(leftOut).toEqual(['node_modules']);
    expect(references.filter(({ path }) => /^(?:node_modules|everything)/u.test(path))).toEqual([]);
  });

  it.each([
    ['is not there', 'gone', /it does not exist/u],
    ['is a file', 'project_config.json', /it is a file, not a folder/u],
    ['has none of the six', 'docs', /has none of orchestrator\.py/u],
  ])('refuses a folder that %s', async (_, name, message) => {
    const inspecting = inspectTree(tree.path(name));

    await expect(inspecting).rejects.toThrow(message);
    await expect(inspecting).rejects.toMatchObject({ code: 'JARVIS_LEGACY_TREE' });
  });
});

describe('a tree that was moved over', () => {
  const bridge = (name: string, hasAgentPackage = false) =>
    writeBridge({
      folder: tree.root,
      stateDirectory: tree.stateDirectory,
      bridge: name,
      hasAgentPackage,
      force: true,
    });

  it('has a bridge, which is named by its mark and makes no risk', async () => {
    const before = await inspectTree(tree.root);
    await bridge('lib.old');

    const after = await inspectTree(tree.root);

    expect(after.bridge).toHaveLength(8);
    expect(after.bridge).toContain('lib/old/_call.py');
    expect({ ...after, bridge: [], sources: before.sources }).toEqual(before);
    expect(renderInventory(after)).toContain(
      'The bridge of `jarvis migrate python`, not looked into: `lib/old/__init__.py`',
    );
    expect((await planImports({ folder: tree.root })).left).toContain('lib/old/orchestrator.py');
  });

  it('has the bridge in place of the old modules, or alone, and says so', async () => {
    await bridge('jarvis_bridge', true);

    const { modules, missing, bridge: written } = await inspectTree(tree.root);
    rmSync(tree.path('agent'), { recursive: true });
    rmSync(tree.path('scripts'), { recursive: true });
    const alone = inspectTree(tree.root);

    expect(modules.map(({ path }) => path)).toContain('agent/orchestrator.py');
    expect(missing).toEqual([]);
    expect(written).toContain('agent/orchestrator.py');
    await expect(alone).rejects.toThrow('but those of the bridge of jarvis migrate python');
  });
});

describe('modules that are reached through their package', () => {
  it.each([
    ['import agent\nagent.orchestrator.main()\n', '2 attribute orchestrator main'],
    ['import agent as a\nx = a.orchestrator_2loop\n', '2 attribute orchestrator_2loop'],
    ['import agent.llm\nagent.orchestrator.main()\n', '2 attribute orchestrator main'],
    ['from lib import agent\nagent.orchestrator_gone\n', undefined],
    ['import agent.orchestrator\nagent.orchestrator.main()\n', '1 import orchestrator'],
    ['agent = make()\nagent.orchestrator.run()\n', undefined],
    ['import other\nother.orchestrator.run()\n', undefined],
    ['from agent import orchestrator as o\no.orchestrator_2loop.x()\n', '1 import orchestrator'],
  ])('%j', async (text, expected) => {
    writeFileSync(tree.path('uses.py'), text);

    const { references } = await inspectTree(tree.root);

    expect(formsIn({ references }, 'uses.py')).toEqual(expected === undefined ? [] : [expected]);
  });

  it('are told with what is written there, as a risk', async () => {
    writeFileSync(tree.path('uses.py'), 'import agent\nprint(agent.orchestrator.main(1) + 2)\n');

    const { references, risks } = await inspectTree(tree.root);

    expect(references.find(({ path }) => path === 'uses.py')?.statement).toBe('agent.orchestrator.main(1)');
    expect(risks.find(({ what }) => what.startsWith('reaches a module'))?.where).toEqual(['uses.py:2']);
  });
});

describe('renderInventory', () => {
  it('is Markdown in which every table row has as many cells as its head', async () => {
    const text = renderInventory(await inspectTree(fixtureTree));

    const tables = text.split('\n\n').filter((part) => part.startsWith('|'));
    expect(tables).toHaveLength(4);
    for (const table of tables) {
      const widths = table.split('\n').map((row) => row.split(/(?<!\\)\|/u).length);
      expect(new Set(widths).size).toBe(1);
    }
    expect(text).toContain('```mermaid\nflowchart LR');
  });

  it('lets no name or line of the old tree break a line, a table, a quotation or the terminal', async () => {
    const folder = 'we|ird`\n\u001b[31m# H\u202e';
    mkdirSync(tree.path(folder));
    writeFileSync(
      tree.path(`${folder}/"#<b>.py`),
      'from agent.orchestrator import (\n  main)  # \u001b[2J\nfrom orchestrator import gone; s = "\\|`"; import orchestrator\n',
    );
    writeFileSync(
      tree.path(`${folder}/a\nb.md`),
      'python agent/orchestrator.py \\| ``cat`` | x\u001b]0;y\u0007\n',
    );
    writeFileSync(tree.path('agent/orchestrator.py'), '# ti|tle `x` <script> \u001b[31m\ndef main(): pass\n');

    const text = renderInventory(await inspectTree(tree.root));

    expect(text).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u);
    expect(text).toContain('- says: `` ti|tle `x` <script> \\u{1b}[31m ``');
    expect(text).toContain(
      '| ``` python agent/orchestrator.py \\u{5c}\\| ``cat`` \\| x\\u{1b}]0;y\\u{7} ``` |',
    );
    expect(text).toContain('["we|ird#96;\\u{a}\\u{1b}[31m#35; H\\u{202e}/#34;#35;#60;b#62;.py"]');
    for (const row of text.split('\n').filter((line) => line.startsWith('| ') && line.includes('we\\|ird'))) {
      expect(row.split(/(?<!\\)\|/u)).toHaveLength(6);
    }
  });

  it('says so when there is nothing to tell', async () => {
    for (const name of ['tests', 'scripts', 'web', 'docs', 'agent'])
      rmSync(tree.path(name), { recursive: true });
    writeFileSync(tree.path('orchestrator.py'), '');

    const text = renderInventory(await inspectTree(tree.root));

    expect(text).toContain('1 of 6 modules, 0 places that name them');
    expect(text).toContain('Nobody.');
    expect(text).toContain('Fewer than two were read.');
  });
});

/** What a file names, shortly. */
function formsIn({ references }: Pick<Inventory, 'references'>, path: string): readonly string[] {
  return references
    .filter((reference) => reference.path === path)
    .map(({ line, form, module, names }) => [line, form, module ?? '?', ...names].join(' '));
}
