import type { LlmRequest, SecretScanner } from '@jarvis/core';
import {
  FakeGitRepository,
  MarkerSecretScanner,
  MemoryWorkspace,
  ScriptedLlmClient,
  testRunContext,
} from '@jarvis/core/testing';
import { JarvisOrchestrator, modernDialect, readRun, readRunRecords } from '@jarvis/loops';
import { describe, expect, it } from 'vitest';

import { createTeam, PAGE, scriptTeam } from './team.ts';

const task = 'Build a page for a bakery called Rye & Shine';
const KEY = 'the-very-key';
const secrets: SecretScanner = new MarkerSecretScanner(['not-a-real-secret'], [KEY]);

/** Answers that hold the key in one place, the first so often, and are fine afterwards. */
function leakyTeam(purpose: string, answer: object, times = 1): ScriptedLlmClient {
  const answers = scriptTeam();
  let leaks = 0;
  return new ScriptedLlmClient((request: LlmRequest) => {
    if (request.purpose !== purpose || leaks >= times) return answers(request);
    leaks += 1;
    return JSON.stringify(answer);
  });
}

const places: readonly (readonly [string, string, object])[] = [
  ['the plan', 'plan', { steps: [`Use ${KEY}`], acceptanceCriteria: [] }],
  ['the criteria', 'plan', { steps: ['Write'], acceptanceCriteria: [KEY] }],
  ['the summary', 'work', { summary: KEY, files: [{ path: 'index.html', content: PAGE }] }],
  ['a path', 'work', { summary: 'Done', files: [{ path: `${KEY}.html`, content: PAGE }] }],
  ['a file', 'work', { summary: 'Done', files: [{ path: 'index.html', content: KEY }] }],
  ['the feedback', 'review', { approved: false, feedback: [KEY] }],
];

describe('an answer with a known secret', () => {
  it.each(places)('in %s is asked for once more, and leaves nothing behind', async (_, purpose, answer) => {
    const llm = leakyTeam(purpose, answer);
    const { jarvis, context } = createTeam({}, { llm, secrets });

    const result = await jarvis.run({ task });

    const records = await readRunRecords(context.journal, result.runId);
    const view = await readRun(context.journal, result.runId);
    const asked = llm.requests.filter((request) => request.purpose === purpose);
    expect(result).toMatchObject({ status: 'done', files: ['index.html'] });
    expect(JSON.stringify([result, view, records, llm.requests])).not.toContain(KEY);
    expect(JSON.stringify(records)).toContain('Its SHA-256 is');
    expect(asked[1]?.messages.at(-1)?.content).toContain('must not leave this machine');
    expect(result.cost.calls).toBe(4);
  });

  it('ends the run when it comes twice, and both are paid for', async () => {
    const llm = leakyTeam('plan', { steps: [KEY], acceptanceCriteria: [] }, 2);
    const { jarvis, context } = createTeam({}, { llm, secrets });

    const result = await jarvis.run({ task });

    const records = await readRunRecords(context.journal, result.runId);
    expect(result).toMatchObject({ status: 'failed', errorCode: 'JARVIS_ANSWER_WITHHELD' });
    expect(result.message).toContain('must not leave this machine');
    expect(result.cost).toMatchObject({ calls: 2, inDoubtCalls: 0 });
    expect(JSON.stringify([result, records])).not.toContain(KEY);
  });

  it.each(['not-a-real-secret', KEY])(
    'commits without the words of agents when %s is in them',
    async (word) => {
      const workspace = new MemoryWorkspace();
      const git = new FakeGitRepository();
      const context = testRunContext({ workspace, git, secrets, llm: new ScriptedLlmClient(scriptTeam()) });
      const dialect = { ...modernDialect, id: 'chatty@1', renderCommitSubject: () => `Done: ${word}` };
      const jarvis = new JarvisOrchestrator({ mode: 'SIMPLE_2LOOP', context, dialect });

      const result = await jarvis.run({ task });

      expect(result.commits.map(({ subject }) => subject)).toEqual(['JARVIS round 1']);
      expect(git.history.map((id) => git.readCommit(id)?.subject)).toEqual(['JARVIS round 1']);
    },
  );
});

describe('a file of the project with a known secret in it', () => {
  it('is shown to no model, is not kept, and stays as it is', async () => {
    const workspace = new MemoryWorkspace({ files: { 'notes.txt': `the key is ${KEY}` } });
    const { jarvis, llm, context } = createTeam({}, { workspace, secrets });

    const { runId, status } = await jarvis.run({ task });

    expect(status).toBe('done');
    expect(JSON.stringify(llm.requests)).not.toContain(KEY);
    expect(JSON.stringify(await context.journal.read(runId))).not.toContain(KEY);
    expect(workspace.read('notes.txt')).toContain(KEY);
  });
});
