import type { PeopleMutation } from '@jarvis/loops';
import type { Roadmap } from '@jarvis/roadmap';

import { UsageError } from '../errors.ts';
import { requireStageId } from './require-stage-id.ts';
import { readStageParts } from './stage-parts.ts';

/** What was written after `jarvis roadmap <what> <run>`. */
export interface WrittenChange {
  readonly names: readonly string[];
  readonly options: Readonly<Record<string, unknown>>;
  readonly folder: string;
  /** The roadmap the change is about. */
  readonly roadmap: Roadmap | undefined;
}

type ToMutation = (written: WrittenChange) => PeopleMutation | Promise<PeopleMutation>;

/** How each way to change a roadmap is made of a command line. */
export const toMutation: Readonly<Record<PeopleMutation['type'], ToMutation>> = {
  skip: (written) => ({ type: 'skip', ...requireStageAndReason(written) }),
  drop: (written) => ({ type: 'drop', ...requireStageAndReason(written) }),
  reopen: (written) => ({ type: 'reopen', ...requireStageAndReason(written) }),
  reorder: ({ names }) => ({ type: 'reorder', stageIds: [...names] }),
  merge: ({ names, options, roadmap }) => {
    const name = requireText(options, 'name');
    const goals = roadmap?.stages.filter(({ id }) => names.includes(id)).map(({ brief }) => brief.goal) ?? [];
    const goal = readText(options, 'goal') ?? (goals.length === 0 ? name : goals.join(' '));
    const into = { id: readText(options, 'id') ?? requireStageId(name), name, goal };
    return { type: 'merge', stageIds: [...names], into };
  },
  split: async ({ names, options, folder }) => ({
    type: 'split',
    stageId: requireStage(names),
    into: await readStageParts(readList(options, 'into'), folder),
  }),
  add: ({ options }) => {
    const name = requireText(options, 'name');
    const goal = readText(options, 'goal') ?? name;
    const steps = readList(options, 'step');
    const after = readText(options, 'after');
    return {
      type: 'add',
      stage: {
        id: readText(options, 'id') ?? requireStageId(name),
        brief: {
          name,
          goal,
          planSteps: steps.length === 0 ? [goal] : [...steps],
          requirements: [...readList(options, 'requirement')],
        },
        ...(after === undefined ? {} : { dependsOn: after.split(',').map((id) => id.trim()) }),
      },
    };
  },
};

function requireStageAndReason({ names, options }: WrittenChange) {
  return { stageId: requireStage(names), reason: requireText(options, 'reason') };
}

function requireStage(names: readonly string[]): string {
  const [stageId, another] = names;
  if (stageId !== undefined && another === undefined) return stageId;
  const problem = stageId === undefined ? 'The id of the stage is missing.' : 'One stage at a time.';
  throw new UsageError({ problem, hint: 'See the stages with: jarvis roadmap show <run>' });
}

function requireText(options: WrittenChange['options'], key: string): string {
  const text = readText(options, key);
  if (text !== undefined && text.trim() !== '') return text;
  throw new UsageError({ problem: `--${key} is missing.`, hint: `Say it with: --${key} "…"` });
}

function readText(options: WrittenChange['options'], key: string): string | undefined {
  const value = options[key];
  return typeof value === 'string' ? value : undefined;
}

function readList(options: WrittenChange['options'], key: string): readonly string[] {
  const value = options[key];
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}
