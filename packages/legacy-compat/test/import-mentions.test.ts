import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { afterEach, beforeEach, expect, it } from 'vitest';

import { planImports, renderImports } from '../src/migrate/index.ts';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mentions-'));
  put('agent/orchestrator.py', 'def main(): pass\n');
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function put(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

it('says who names an old module outside code, the first of them, and where to see all', async () => {
  put('Makefile', 'all:\n\techo\n\tpython3 -m agent.orchestrator_2loop\n');
  put('Dockerfile', 'CMD ["python3", "agent/orchestrator.py"]\n');
  put('ci/build.yaml', 'run: python3 -m agent.orchestrator_phase3\n');
  put('notes.ipynb', '{"source": ["from agent.orchestrator_2loop import main"]}\n');
  put('setup.cfg', 'old = agent.orchestrator_2loop:main\n');
  put('deploy.sh', 'python3 agent/orchestrator.py\n');
  put('README.md', 'An orchestrator is a word.\n');

  const plan = await planImports({ folder });

  const text = renderImports(plan);
  expect(plan.mentions.map(({ path, line }) => `${path}:${String(line)}`)).toEqual([
    'Dockerfile:1',
    'Makefile:3',
    'ci/build.yaml:1',
    'deploy.sh:1',
    'notes.ipynb:1',
    'setup.cfg:1',
  ]);
  expect(text).toContain(
    '6 mentions outside code (Dockerfile:1, Makefile:3, ci/build.yaml:1, deploy.sh:1, notes.ipynb:1, …): ' +
      'they are not rewritten; see jarvis migrate inspect\n',
  );
});

it('says nothing of mentions where there are none', async () => {
  put('README.md', 'An orchestrator is a word.\n');

  const plan = await planImports({ folder });

  expect(plan.mentions).toEqual([]);
  expect(renderImports(plan)).not.toContain('outside code');
});

it('names loads whose name only a run can tell, and writes no comment for them', async () => {
  put('x.py', 'import importlib\n\n\ndef load(name):\n    return __import__(name, fromlist=["main"])\n');

  const plan = await planImports({ folder });

  expect(plan.files).toMatchObject([{ path: 'x.py', diff: '', rewritten: 0, decisions: [] }]);
  expect(renderImports(plan)).toContain(
    'look whether it is an old module):\n  x.py:5: __import__(name, fromlist=["main"])\n',
  );
});
