import { ScriptedLlmClient, testRunContext } from '@jarvis/core/testing';
import type { Change, LlmRequest, RunContext } from '@jarvis/core';
import { JarvisOrchestrator } from '@jarvis/loops';
import { z } from 'zod';

/** A page every check and every reviewer here is content with. */
export const PAGE = '<!doctype html><title>Rye &amp; Shine</title><h1>Rye &amp; Shine</h1>\n';

export interface TeamScript {
  /** Files the employee hands in, by round; the last ones again in later rounds. */
  readonly work?: readonly (readonly { readonly path: string; readonly content: string }[])[];
  /** Changes the employee hands in, by round, in place of `work`; the last ones again in later rounds. */
  readonly changes?: readonly (readonly Change[] | undefined)[];
  /** What the employee answers word for word, by question, before anything else. */
  readonly raw?: readonly string[];
  /** Called with every question, before it is answered. */
  readonly onAsked?: (request: LlmRequest) => unknown;
  /** Whether the manager approves, by round; the last word again in later rounds. */
  readonly approves?: readonly boolean[];
}

const briefSchema = z.object({ round: z.int().positive() });

/** Answers as manager and employee would, by what is asked: the same question always gets the same answer. */
export function scriptTeam({
  work = [[{ path: 'index.html', content: PAGE }]],
  changes = [],
  raw = [],
  onAsked,
  approves = [true],
}: TeamScript = {}): (request: LlmRequest) => string {
  const words = [...raw];
  return (request: LlmRequest): string => {
    const { purpose, messages } = request;
    onAsked?.(request);
    if (purpose === 'plan')
      return JSON.stringify({ steps: ['Write index.html'], acceptanceCriteria: ['It has a title'] });
    const { round } = briefSchema.parse(
      JSON.parse(messages.find(({ role }) => role === 'user')?.content ?? '{}'),
    );
    if (purpose === 'work') {
      const delivery = deliveryOf(round, work, changes);
      return words.shift() ?? JSON.stringify({ summary: `Round ${String(round)}`, ...delivery });
    }
    const approved = approves[round - 1] ?? approves.at(-1) ?? true;
    return JSON.stringify({
      approved,
      feedback: approved ? [] : [`Round ${String(round)} is not good enough.`],
    });
  };
}

function deliveryOf(
  round: number,
  work: NonNullable<TeamScript['work']>,
  changes: NonNullable<TeamScript['changes']>,
): object {
  const list = changes[round - 1] ?? (round > changes.length ? changes.at(-1) : undefined);
  return list === undefined ? { files: work[round - 1] ?? work.at(-1) } : { changes: list };
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
  const jarvis = new JarvisOrchestrator({ mode: 'SIMPLE_2LOOP', context });
  return { llm, context, jarvis };
}
