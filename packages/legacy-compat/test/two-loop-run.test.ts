import { FakeGitRepository, MemoryWorkspace, ScriptedLlmClient, testRunContext } from '@jarvis/core/testing';
import { JarvisOrchestrator } from '@jarvis/loops';
import { describe, expect, it } from 'vitest';

import { fromLegacyConfig, toTwoLoopStatus, twoLoopDialect } from '../src/index.ts';

const PLAN = JSON.stringify({ plan: ['Write index.html'], acceptance_criteria: [] });
const PAGE = JSON.stringify({ files: { 'index.html': '<h1>Tides</h1>' } });
const SECRET = JSON.stringify({ files: { 'index.html': 'not-a-real-secret', 'style.css': 'h1{}' } });
const MORE = JSON.stringify({ status: 'needs_changes', feedback: ['More'] });
const APPROVED = JSON.stringify({ status: 'approved', feedback: [] });

describe('a run in the dialect of orchestrator_2loop', () => {
  it('speaks, commits and ends as it did', async () => {
    const { result, requests, git } = await run([PLAN, PAGE, MORE, PAGE, APPROVED]);

    expect(toTwoLoopStatus(result)).toBe('approved');
    expect(requests.map(({ model }) => model)).toEqual([
      'gpt-4o-mini',
      'gpt-4o-mini',
      'gpt-4o-mini',
      'gpt-4o',
      'gpt-4o-mini',
    ]);
    expect(git.history.map((id) => git.readCommit(id)?.subject)).toEqual([
      '2loop iteration 2: status=approved, all_passed=True',
      '2loop iteration 1: status=needs_changes, all_passed=True',
    ]);
  });

  it('goes on to the review when files are refused, and tells the employee why in the next round', async () => {
    const { result, requests, git } = await run([PLAN, SECRET, APPROVED, PAGE, APPROVED]);

    const second = requests[3]?.messages[1]?.content ?? '{}';
    expect(toTwoLoopStatus(result)).toBe('approved');
    expect(JSON.parse(second)).toMatchObject({
      previous_files: {},
      feedback: [expect.stringMatching(/^The file "index\.html" holds a secret/u)],
      iteration: 2,
    });
    expect(git.history.map((id) => git.readCommit(id)?.subject)).toEqual([
      '2loop iteration 2: status=approved, all_passed=True',
    ]);
  });

  it('does not call approved what was refused in the last round', async () => {
    const { result } = await run([PLAN, SECRET, APPROVED, SECRET, APPROVED]);

    expect(result.status).toBe('partial');
    expect(toTwoLoopStatus(result)).toBe('needs_changes');
  });
});

async function run(answers: readonly string[]) {
  const llm = new ScriptedLlmClient(answers);
  const git = new FakeGitRepository({ state: 'none' });
  const { config } = fromLegacyConfig({ max_rounds: 2, use_git: true });
  const context = testRunContext({ llm, git, workspace: new MemoryWorkspace() });
  const jarvis = new JarvisOrchestrator({ config, dialect: twoLoopDialect, context });
  const result = await jarvis.run({ task: 'Make a tide table' });
  return { result, git, requests: llm.requests };
}
