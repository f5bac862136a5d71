import { FakeGitRepository, MemoryWorkspace, ScriptedLlmClient, testRunContext } from '@jarvis/core/testing';
import { JarvisOrchestrator, OrchestratorMode } from '@jarvis/loops';
import { describe, expect, it } from 'vitest';

import { scriptTeam } from './team.ts';

const tasks: readonly (readonly [string, string, string])[] = [
  ['a NUL', 'Build\u0000it', 'U+0000 at position 6'],
  ['an escape sequence', 'Build \u001b[31mit', 'U+001B at position 7'],
  ['a control character of eight bits', 'Build\u009b2J', 'U+009B at position 6'],
  ['a backspace', 'Build a page\u0008', 'U+0008 at position 13'],
];

const cases = Object.values(OrchestratorMode).flatMap((mode) =>
  tasks.map(([name, task, place]) => ({ mode, name, task, place })),
);

/** An orchestrator for a program, whose world notes whatever is asked of it. */
function openWorld(mode: OrchestratorMode) {
  const llm = new ScriptedLlmClient(scriptTeam());
  const asked: string[] = [];
  const noting = <Port extends object>(port: Port): Port =>
    new Proxy(port, {
      get: (target, name) => {
        asked.push(String(name));
        const value: unknown = Reflect.get(target, name);
        return typeof value === 'function' ? (value.bind(target) as unknown) : value;
      },
    });
  const context = testRunContext({
    llm,
    workspace: noting(new MemoryWorkspace()),
    git: noting(new FakeGitRepository()),
    probeLlm: async () => {
      asked.push('probeLlm');
    },
  });
  return { jarvis: new JarvisOrchestrator({ mode, context }), context, llm, asked };
}

describe('a task that a program gives', () => {
  it.each(cases)(
    'B26: in $mode with $name is refused before anything is started',
    async ({ mode, task, place }) => {
      const { jarvis, context, llm, asked } = openWorld(mode);

      const problem = { code: 'JARVIS_TASK_INVALID', message: expect.stringContaining(place) as string };
      await expect(jarvis.run({ task })).rejects.toMatchObject(problem);
      await expect(jarvis.stream({ task }).next()).rejects.toMatchObject(problem);
      await expect(jarvis.preview({ task })).rejects.toMatchObject(problem);

      expect(await context.journal.listRuns()).toEqual([]);
      expect([llm.requests, asked]).toEqual([[], []]);
    },
  );

  it('leaves the orchestrator fit for the next one', async () => {
    const { jarvis, asked } = openWorld('SIMPLE_2LOOP');
    await expect(jarvis.run({ task: 'Build\u0000it' })).rejects.toMatchObject({
      code: 'JARVIS_TASK_INVALID',
    });

    const { status } = await jarvis.run({ task: 'Build it\n\tfor “Rye & Shine” 🥖' });

    expect(status).toBe('done');
    expect(asked).toContain('prove');
  });
});
