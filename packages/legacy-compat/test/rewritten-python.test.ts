import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, it, onTestFinished } from 'vitest';

import { planImports, writeImports } from '../src/migrate/index.ts';

/** What Python itself says: the rest of each file is the same, and each name is bound to what it meant. */
const JUDGE = `
import ast, os, sys
OLD = ["orchestrator", "orchestrator_2loop", "orchestrator_phase3", "orchestrator_context"]
def new(name):
    parts = name.split(".")
    is_old = parts[-1] in OLD and parts[:-1] in ([], ["agent"], ["jarvis_bridge"])
    return "jarvis_bridge." + parts[-1] if is_old else name
class Reader(ast.NodeTransformer):
    def __init__(self, package):
        self.package, self.bound = package, []
    def visit_Import(self, node):
        for one in node.names:
            bound = one.asname or (one.name if one.name in OLD else one.name.split(".")[0])
            self.bound.append((bound, new(one.name)))
        return ast.Pass()
    def visit_ImportFrom(self, node):
        above = self.package[: len(self.package) - (node.level - 1)] if node.level else []
        base = ".".join(above + ([node.module] if node.module else []))
        for one in node.names:
            inner = new(base + "." + one.name) if base in ("agent", "jarvis_bridge") else new(base) + ":" + one.name
            self.bound.append((one.asname or one.name, inner))
        return ast.Pass()
    def visit_Constant(self, node):
        if isinstance(node.value, str):
            node.value = new(node.value)
        return node
def read(path, package):
    with open(path, "rb") as file:
        tree = compile(file.read(), path, "exec", ast.PyCF_ONLY_AST)
    reader = Reader(package)
    tree = reader.visit(tree)
    for node in ast.walk(tree):
        for field in ("body", "orelse", "finalbody"):
            value = getattr(node, field, None)
            if isinstance(value, list):
                value[:] = [one for one in value if not isinstance(one, ast.Pass)]
    return ast.dump(tree), sorted(reader.bound)
for path in sys.argv[3:]:
    package = path.split("/")[:-1]
    if read(os.path.join(sys.argv[1], path), package) != read(os.path.join(sys.argv[2], path), package):
        print(path)
`;

const FILES: Readonly<Record<string, string | Buffer>> = {
  'agent/relative.py': `from . import orchestrator, llm as l
from .orchestrator_2loop import main
from.orchestrator import main as m
from ..agent import orchestrator_context
def f():
    from . import orchestrator; return orchestrator
`,
  'aliases.py': `def f():
    import orchestrator
    from agent.orchestrator_2loop import main as two, run as r
class K:
    from agent import orchestrator_phase3 as p3
    def g(self):
        from agent import orchestrator as o, llm  # both
        return lambda: __import__("agent.orchestrator", fromlist=["main"]).main
import orchestrator as a,orchestrator as b , os as c
`,
  'brackets.py': `from agent.orchestrator import (  # the old one
    main,  # entry
    # a comment
    run as go,
)
from agent import (
    llm,  # keep this
    orchestrator,
    other,
)
from agent \\
    import orchestrator_context \\
    as ctx
from agent import orchestrator_phase3 as p, \\
    llm as l3
`,
  'guarded.py': `from __future__ import annotations
from typing import TYPE_CHECKING
if TYPE_CHECKING:
    from agent import orchestrator, other
try:
    from agent.orchestrator import main
except ImportError:
    from orchestrator import main
try: from agent import orchestrator, llm
except ImportError: orchestrator = llm = None
`,
  'loads.py': `import importlib
a = importlib.import_module(name="agent.orchestrator")
b = importlib.import_module(
    "orchestrator_2loop"  # why
)
c = __import__("agent.orchestrator")
d = importlib.import_module("agent." + "orchestrator")
`,
  'lines.py': `import os; import orchestrator; x = 1; from agent import llm, orchestrator_2loop
if x: import orchestrator; import agent.orchestrator
for i in []: from agent import orchestrator, other
else: import orchestrator as q
z = """a
b"""; from agent import llm, orchestrator
if x: \\
    from agent import llm, orchestrator
`,
  'match.py': `def f(x):
    match x:
        case {"k": [1, *rest], **kw} if rest:
            from agent.orchestrator import main
        case _:
            from agent import orchestrator, llm
try:
    pass
except* ValueError:
    import orchestrator
`,
  'marked.py':
    '\uFEFFimport orchestrator\r\nif True:\r\n\timport orchestrator_phase3\r\n\tfrom agent import llm, orchestrator\r\n',
  'feeds.py':
    'import os\n\fimport orchestrator\n\f\nfrom agent import llm, orchestrator_2loop\n\fimport agent.orchestrator\n',
  'former.py': 'import os\rimport orchestrator\rfrom agent import llm, orchestrator_2loop\r',
  'cookie.py': '# -*- coding: latin-1 -*-\nimport orchestrator\nimport agent.orchestrator\n',
  'latin.py': Buffer.from('# -*- coding: latin-1 -*-\nimport orchestrator\nx = "caf\xe9"\n', 'latin1'),
  'end.py': 'import orchestrator',
};

it('leaves everything but the imports as Python reads it, and binds each name to what it meant', async () => {
  const base = mkdtempSync(join(tmpdir(), 'rewritten-'));
  onTestFinished(() => {
    rmSync(base, { recursive: true });
  });
  const [old, folder] = [join(base, 'old'), join(base, 'new')];
  mkdirSync(join(old, 'agent'), { recursive: true });
  for (const module of [
    'orchestrator',
    'orchestrator_2loop',
    'orchestrator_phase3',
    'orchestrator_context',
  ]) {
    writeFileSync(join(old, `agent/${module}.py`), 'def main(): pass\n');
  }
  for (const [name, text] of Object.entries(FILES)) writeFileSync(join(old, name), text);
  cpSync(old, folder, { recursive: true });

  const plan = await planImports({ folder });
  const { written } = await writeImports(plan, { stateDirectory: join(base, 'state') });
  const again = await planImports({ folder });
  const wrong = execFileSync('python3', ['-c', JUDGE, old, folder, ...Object.keys(FILES)], {
    encoding: 'utf8',
  });

  expect(wrong).toBe('');
  expect(written).toEqual(
    Object.keys(FILES)
      .filter((name) => name !== 'latin.py')
      .sort(),
  );
  expect(again.files.filter(({ before, after }) => before !== after)).toEqual([]);
  expect(plan.unread).toContainEqual({ path: 'latin.py', problem: 'it is not UTF-8' });
});
