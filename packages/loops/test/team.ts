import { ScriptedLlmClient, testRunContext } from '@jarvis/core/testing';
import type { LlmRequest, RunContext } from '@jarvis/core';
import { JarvisOrchestrator } from '@jarvis/loops';
import { z } from 'zod';

/** A page every check and every reviewer here is content with. */
export const PAGE = '<!doctype html><title>Rye &amp; Shine</title><h1>Rye &amp; Shine</h1>\n';

export interface TeamScript {
  /** Files the employee hands in, by round; the last ones again in later rounds. */
  readonly work?: readonly (readonly { readonly path: string; readonly content: string }[])[];
  /** Whether the manager approves, by round; the last word again in later rounds. */
  readonly approves?: readonly boolean[];
}

const briefSchema = z.object({ round: z.int().positive() });

/** Answers as manager and employee would, by what is asked: the same question always gets the same answer. */
export function scriptTeam({
  work = [[{ path: 'index.html', content: PAGE }]],
  approves = [true],
}: TeamScript = {}): (request: LlmRequest) => string {
  return ({ purpose, messages }: LlmRequest): string => {
    if (purpose === 'plan')
      return JSON.stringify({ steps: ['Write index.html'], acceptanceCriteria: ['It has a title'] });
    const { round } = briefSchema.parse(
      JSON.parse(messages.find(({ role }) => role === 'user')?.content ?? '{}'),
    );
    if (purpose === 'work') {
      return JSON.stringify({ summary: `Round ${String(round)}`, files: work[round - 1] ?? work.at(-1) });
    }
    const approved = approves[round - 1] ?? approves.at(-1) ?? true;
    return JSON.stringify({
      approved,
      feedback: approved ? [] : [`Round ${String(round)} is not good enough.`],
    });
  };
}

/** An orchestrator and its world. */
export interface Team {
  readonly llm: ScriptedLlmClient;
  readonly context: RunContext;
  readonly jarvis: JarvisOrchestrator;
}

/** An orchestrator in a world in memory, and its model. */
export function createTeam(script: TeamScript = {}, overrides: Partial<RunContext> = {}): Team {
  const llm =
    overrides.llm instanceof ScriptedLlmClient ? overrides.llm : new ScriptedLlmClient(scriptTeam(script));
  const context = testRunContext({ ...overrides, llm });
  const jarvis = new JarvisOrchestrator({ context });
  return { llm, context, jarvis };
}
