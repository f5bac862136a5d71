import type { Change, Check, ConfigInput, LlmRequest, RunContext } from '@jarvis/core';
import { ScriptedLlmClient, testRunContext } from '@jarvis/core/testing';
import { type Dialect, JarvisOrchestrator, modernDialect } from '@jarvis/loops';
import { z } from 'zod';

const stageSchema = z.object({ name: z.string(), requirements: z.array(z.string()) });
const briefSchema = z.object({
  round: z.int().default(1),
  stage: stageSchema.default({ name: '', requirements: [] }),
  files: z.array(z.object({ path: z.string(), content: z.string() })).default([]),
  feedback: z.array(z.string()).default([]),
  open: z.array(z.object({ id: z.string() })).default([]),
  questions: z.array(z.object({ question: z.string(), reason: z.string() })).default([]),
  asked: z.array(z.string()).default([]),
});

/** What an agent of the script is asked, read back from the question. */
export interface Asked {
  readonly request: LlmRequest;
  readonly stage: string;
  readonly requirements: readonly string[];
  /** Which try at the stage it is. */
  readonly cycle: number;
  readonly files: ReadonlyMap<string, string>;
  readonly feedback: string;
  readonly open: readonly string[];
  readonly questions: readonly string[];
  /** What the employee has asked. */
  readonly unclear: readonly string[];
}

export interface FoundInAudit {
  readonly findings?: readonly object[];
  readonly open?: readonly object[];
  readonly suggestions?: readonly object[];
}

export interface StageScript {
  /** The stages of the plan, each carrying out one step of it. Default: three, each after the one before. */
  readonly stages?: readonly { readonly name: string; readonly after?: readonly number[] }[];
  /** How many steps each stage has. Default: 1. */
  readonly stepsPerStage?: number;
  /** What is handed in; a string is the answer word for word. Default: a file of the stage's own. */
  readonly work?: (asked: Asked) => readonly Change[] | string | undefined;
  readonly audit?: (asked: Asked) => FoundInAudit | string | undefined;
  readonly review?: (asked: Asked) => readonly string[];
  readonly decide?: (asked: Asked) => boolean;
  /** The answer to a question of the employee. Default: none it can work by. */
  readonly clarify?: (question: string, asked: Asked) => string | undefined;
  /** The answer to the question how to divide the plan, by how often it was asked. */
  readonly split?: (asked: number) => object | undefined;
  /** Called with every question; what it throws is what the server says. */
  readonly onAsked?: (asked: Asked) => void;
}

const THREE = [{ name: 'Layout' }, { name: 'Style', after: [1] }, { name: 'Text', after: [2] }];

/** The requirement of a stage in the script. */
export function requirementOf(stage: string): string {
  return `${stage} is there`;
}

/** The file a stage of the script writes. */
export function fileOf(stage: string): string {
  return `${stage.toLowerCase().replaceAll(/[^a-z0-9]+/gu, '-')}.html`;
}

/** A page of a stage as it is handed in. */
export function pageOf(stage: string, cycle: number): string {
  return `<!doctype html><title>${stage} ${String(cycle)}</title><h1>${stage}</h1>\n`;
}

/** An error with evidence against what a stage has handed in. */
export function errorIn(stage: string, description: string, quote = `<h1>${stage}</h1>`): object {
  return { severity: 'error', file: fileOf(stage), quote, requirement: requirementOf(stage), description };
}

/** What is written to a file. */
export function write(path: string, content: string): Change {
  return { type: 'write', path, content };
}

/** Answers as the three agents would, by what is asked: the same question always gets the same answer. */
export function scriptStages(script: StageScript = {}): (request: LlmRequest) => string {
  let splits = 0;
  return (request) => {
    const asked = readAsked(request);
    script.onAsked?.(asked);
    switch (request.purpose) {
      case 'plan':
        return JSON.stringify(planOf(script));
      case 'split':
        splits += 1;
        return JSON.stringify(script.split?.(splits) ?? splitOf(script));
      case 'work':
        return workOf(script, asked);
      case 'audit':
        return auditOf(script, asked);
      case 'decide':
        return decideOf(script, asked);
      case 'clarify':
        return clarifyOf(script, asked);
      default: {
        const feedback = script.review?.(asked) ?? [];
        return JSON.stringify({ approved: feedback.length === 0, feedback });
      }
    }
  };
}

function readAsked(request: LlmRequest): Asked {
  const text = request.messages.find(({ role }) => role === 'user')?.content ?? '{}';
  const { round, stage, files, feedback, open, questions, asked } = briefSchema.parse(JSON.parse(text));
  return {
    request,
    stage: stage.name,
    requirements: stage.requirements,
    cycle: round,
    files: new Map(files.map(({ path, content }) => [path, content])),
    feedback: feedback.join('\n'),
    open: open.map(({ id }) => id),
    questions: questions.map(({ question, reason }) => `${question}\n${reason}`),
    unclear: asked,
  };
}

function planOf({ stages = THREE, stepsPerStage = 1 }: StageScript): object {
  const steps = stages.flatMap(({ name }) =>
    Array.from({ length: stepsPerStage }, (_none, index) => `Step ${String(index + 1)} of ${name}`),
  );
  return { steps, acceptanceCriteria: ['It can be read'] };
}

function splitOf({ stages = THREE, stepsPerStage = 1 }: StageScript): object {
  return {
    stages: stages.map(({ name, after = [] }, index) => ({
      name,
      goal: `${name} is done`,
      categories: ['content_ux'],
      planSteps: Array.from({ length: stepsPerStage }, (_none, step) => index * stepsPerStage + step + 1),
      requirements: [requirementOf(name)],
      after,
    })),
  };
}

function workOf({ work }: StageScript, asked: Asked): string {
  const { stage, cycle } = asked;
  const done = work?.(asked) ?? [write(fileOf(stage), pageOf(stage, cycle))];
  return typeof done === 'string'
    ? done
    : JSON.stringify({ summary: `${stage} ${String(cycle)}`, changes: done });
}

function auditOf({ audit }: StageScript, asked: Asked): string {
  const found = audit?.(asked) ?? {};
  if (typeof found === 'string') return found;
  const gone = asked.open.map((id) => ({ id, answer: 'gone' }));
  return JSON.stringify({ open: gone, findings: [], suggestions: [], ...found });
}

function decideOf({ decide }: StageScript, asked: Asked): string {
  const agreed = decide?.(asked) ?? false;
  const reason = agreed ? 'It may be.' : 'It may not be.';
  return JSON.stringify({ answers: asked.questions.map(() => ({ agreed, reason })) });
}

function clarifyOf({ clarify = () => 'I cannot say.' }: StageScript, asked: Asked): string {
  return JSON.stringify({ answers: asked.unclear.flatMap((question) => clarify(question, asked) ?? []) });
}

/** A check that finds an error in each file that holds the word. */
export function wordCheck(id: string, word: string): Check {
  return {
    id,
    inspect: (files) =>
      Promise.resolve(
        files
          .filter(({ content }) => content.includes(word))
          .map(({ path }) => ({
            severity: 'error' as const,
            source: id,
            rule: id,
            file: path,
            description: `It holds the word ${word}.`,
          })),
      ),
  };
}

export interface StageTeam {
  readonly llm: ScriptedLlmClient;
  readonly context: RunContext;
  readonly jarvis: JarvisOrchestrator;
}

export interface StageWorld extends Partial<Omit<RunContext, 'config' | 'llm'>> {
  readonly config?: ConfigInput;
  readonly dialect?: Dialect;
}

/** An orchestrator that works in stages, in a world in memory. */
export function createStageTeam(
  script: StageScript = {},
  { config = {}, dialect = modernDialect, ...overrides }: StageWorld = {},
): StageTeam {
  const llm = new ScriptedLlmClient(scriptStages(script));
  const context = testRunContext({ ...overrides, llm });
  const jarvis = new JarvisOrchestrator({ context, dialect, config: { mode: 'PHASE3', ...config } });
  return { llm, context, jarvis };
}
