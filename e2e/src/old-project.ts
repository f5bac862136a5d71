import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { type ProgramEnd, requireProgram, runProgram } from './run-program.ts';

/** What the team of the old project is asked for. */
export const TASK = 'Make a page for a choir';

const FILES: Readonly<Record<string, string>> = {
  'agent/__init__.py': '',
  'agent/llm.py': 'def ask(text):\n    return text.upper()\n',
  'agent/orchestrator_2loop.py': `"""Two loops."""
from agent.llm import ask


def main(context=None):
    print("the old team worked:", ask("choir"))
`,
  'agent/orchestrator.py': `"""orchestrator_phase3.py: the adaptive team."""
from agent.llm import ask


def run(config, mission_id=None, context=None):
    return {"status": "failed", "final_status": "unknown", "by": ask("old")}
`,
  'app.py': `from agent.orchestrator_2loop import main as build_page


def nightly():
    from agent import orchestrator as team, llm

    print(llm.ask("asked for"), team.run({"task": "${TASK}", "project_subdir": "sites/nightly"})["status"])


if __name__ == "__main__":
    build_page()
    nightly()
`,
  'project_config.json': `{ "task": "${TASK}", "project_subdir": "sites/choir", "max_cost_usd": 0.5, "use_git": false }\n`,
  'run_workflows/old-1_workflow.json': JSON.stringify({
    run_id: 'old-1',
    task: TASK,
    stages: [{ id: 'id1', name: 'Page', status: 'completed' }],
  }),
  'run_logs_main/old-1.jsonl':
    '{"event_type":"final_status","timestamp":"2025-11-24T10:05:00Z","payload":{"status":"completed"}}\n',
  '.gitignore': 'sites/\n__pycache__/\n',
};

/** Writes a small project of the predecessor that works by itself, in a git repository without open changes. */
export async function writeOldProject(folder: string): Promise<void> {
  for (const [path, content] of Object.entries(FILES)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  const identity = ['-c', 'user.name=Old', '-c', 'user.email=old@example.org'];
  for (const args of [
    ['init', '-q'],
    ['add', '.'],
    [...identity, 'commit', '-q', '-m', 'As it is'],
  ]) {
    await requireProgram(['git', ...args], { folder });
  }
}

/** Starts the program of an old project with the Python of this machine. */
export function startOldProgram(
  folder: string,
  env: Readonly<Record<string, string>> = {},
): Promise<ProgramEnd> {
  return runProgram(['python3', '-B', 'app.py'], { folder, env });
}

/** Mode and content of every file of an old project by path, without what runs and git keep for themselves. */
export async function lookAtOldProject(folder: string): Promise<Readonly<Record<string, string>>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1))
    .filter((path) => !/^(?:\.git|sites)\//u.test(path));
  const pairs = await Promise.all(
    files.sort().map(async (path): Promise<readonly [string, string]> => {
      const { mode } = await stat(join(folder, path));
      return [path, `${mode.toString(8)} ${await readFile(join(folder, path), 'base64')}`];
    }),
  );
  return Object.fromEntries<string>(pairs);
}
