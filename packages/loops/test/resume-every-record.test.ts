import { type LlmRequest, MemoryJournal } from '@jarvis/core';
import { FakeGitRepository, MemoryWorkspace, ScriptedLlmClient, testRunContext } from '@jarvis/core/testing';
import { JarvisOrchestrator, readRunRecords, type RunRecord } from '@jarvis/loops';
import { describe, expect, it } from 'vitest';

import {
  errorIn,
  fileOf,
  pageOf,
  requirementOf,
  scriptStages,
  type StageScript,
  write,
} from './adaptive-team.ts';
import { countAnswers, replayWorld } from './replay-world.ts';

const task = 'Build a site about knots';
const FILES = { 'notes.txt': 'mine' };

/** Findings that are fixed, a question that is answered, a stage that is added, one that is divided, one broken by a later one, and corrections. */
const eventful: StageScript = {
  stepsPerStage: 2,
  work: ({ stage, cycle }) => {
    if (stage === 'Layout' && cycle === 2) {
      return JSON.stringify({ summary: 'Unclear.', questions: ['How grey?'], blocker: 'There is no paint.' });
    }
    return stage === 'Text' && cycle === 1
      ? [write('text.html', pageOf('Text', 1)), write('layout.html', 'THE LAYOUT IS GONE')]
      : undefined;
  },
  audit: ({ stage, cycle, open, files }) => {
    if (stage === 'Layout' && cycle === 1) {
      const add = {
        type: 'add',
        name: 'Images',
        goal: 'There are images',
        requirements: [],
        reason: 'It is bare',
      };
      return { findings: [errorIn('Layout', 'It is grey')], suggestions: [add] };
    }
    if (stage === 'Style') {
      return {
        findings: open.length === 0 ? [errorIn('Style', 'It is grey')] : [],
        open: open.map((id) => ({ id, answer: 'still_there' })),
      };
    }
    const isGone = files.get('layout.html') === 'THE LAYOUT IS GONE';
    const finding = {
      severity: 'error',
      file: 'layout.html',
      quote: 'THE LAYOUT IS GONE',
      requirement: requirementOf('Layout'),
      description: 'It was overwritten',
    };
    return stage === 'Text' && isGone ? { findings: [finding] } : undefined;
  },
  decide: () => true,
  review: ({ files }) => (files.has(fileOf('Corrections 1')) ? [] : ['There is no index.']),
};

const modes = [
  {
    mode: 'PHASE3',
    script: eventful,
    title: 'PHASE3, with everything that can happen to a roadmap',
    stages: 6,
  },
  {
    mode: 'LEGACY_3LOOP',
    script: { review: ({ cycle }) => (cycle > 1 ? [] : ['Not yet.']) } satisfies StageScript,
    title: 'LEGACY_3LOOP, in two turns',
    stages: 3,
  },
  { mode: 'CONTEXT_AWARE', script: {} satisfies StageScript, title: 'CONTEXT_AWARE', stages: 1 },
] as const;

type Case = (typeof modes)[number];

function answersOf(script: StageScript): (request: LlmRequest) => string {
  return scriptStages(script);
}

async function runUndisturbed({ mode, script }: Case) {
  const journal = new MemoryJournal();
  const workspace = new MemoryWorkspace({ files: FILES });
  const llm = new ScriptedLlmClient(answersOf(script));
  const context = testRunContext({ journal, workspace, llm, git: new FakeGitRepository() });
  const result = await new JarvisOrchestrator({
    context,
    config: { mode, loop: { maxAuditsPerStage: 2 } },
  }).run({ task });
  const records = await readRunRecords(journal, result.runId);
  return { journal, workspace, llm, result, records, sealed: await journal.read(result.runId) };
}

async function listFiles(workspace: MemoryWorkspace) {
  return (await workspace.readFiles()).map(({ path, hash }) => `${path} ${hash}`);
}

/** A call whose answer is not on record stays booked, and is made again. */
function isInDoubt(records: readonly RunRecord[]): boolean {
  return records.filter(({ type }) => type === 'attempt.opened').length > countAnswers(records);
}

describe('a run that is cut short after any of its records', () => {
  it.each(modes)('goes on to the same end: $title', { timeout: 240_000 }, async (each) => {
    const world = await runUndisturbed(each);
    const { result, records, sealed, journal } = world;
    const files = await listFiles(world.workspace);
    expect(result).toMatchObject({ status: 'done', reason: 'approved' });
    expect(result.roadmap?.stages).toHaveLength(each.stages);

    for (const [index, { seq, type }] of records.entries()) {
      const place = `after record ${String(seq)} ${type}`;
      const before = records.slice(0, index + 1);
      const cut = { journal, records: before, kept: sealed.slice(0, index + 1), files: FILES };
      const { llm, context, workspace } = await replayWorld(cut, answersOf(each.script));

      const resumed = await new JarvisOrchestrator({ context, config: { mode: 'SIMPLE_2LOOP' } }).resume(
        result.runId,
      );

      expect(resumed, place).toMatchObject({ status: 'done', reason: 'approved' });
      expect(await listFiles(workspace), place).toEqual(files);
      expect(
        resumed.commits.map(({ subject }) => subject),
        place,
      ).toEqual(result.commits.map(({ subject }) => subject));
      expect(
        resumed.rounds.map(({ stage, cycle }) => [stage, cycle]),
        place,
      ).toEqual(result.rounds.map(({ stage, cycle }) => [stage, cycle]));
      expect(resumed.roadmap, place).toEqual(result.roadmap);
      expect(countAnswers(before) + llm.requests.length, place).toBe(world.llm.requests.length);
      if (!isInDoubt(before)) expect(resumed.cost, place).toEqual(result.cost);
    }
  });
});
