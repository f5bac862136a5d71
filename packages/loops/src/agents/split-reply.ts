import { z } from 'zod';

import type { Plan } from './agent-reply.ts';

const line = z.string().trim().min(1);

/** What parts of a website, program or document a stage is about. */
export const stageCategories = [
  'layout_structure',
  'visual_design',
  'content_ux',
  'behaviour',
  'data',
  'accessibility',
  'tests',
  'documentation',
  'infrastructure',
] as const;

const draftSchema = z.object({
  /** Lower-case letters, digits and hyphens; unlike all others. */
  id: z.string(),
  name: line,
  goal: line,
  /** What it is about, in the words of the dialect. */
  categories: z.array(line),
  /** The steps of the plan it carries out, counted from 0. */
  planSteps: z.array(z.int().nonnegative()),
  /** What must be true when it is finished. */
  requirements: z.array(line),
  /** Ids of the stages that have to be finished before. */
  dependsOn: z.array(z.string()),
  /** The stage in the supervisor's own form, when the dialect hands it on as it came. */
  asGiven: z.json().exactOptional(),
});

/** A stage as the supervisor divides it off. */
export type StageDraft = Readonly<z.infer<typeof draftSchema>>;

/** The supervisor's division of a plan into stages. */
export const splitSchema = z.object({ stages: z.array(draftSchema).min(1).max(100) });

export type Split = Readonly<z.infer<typeof splitSchema>>;

/** What the supervisor answers: stages that refer to one another, and to the steps of the plan, in the dialect's way. */
export interface SplitReply {
  readonly stages: readonly Omit<StageDraft, 'id' | 'dependsOn'>[];
  /** For each stage the places of those that come before it, counted from 0. */
  readonly after: readonly (readonly number[])[];
}

/** What is wrong with a division, as the supervisor is told; nothing when it can be used. */
export function findSplitProblems({ stages, after }: SplitReply, plan: Plan): readonly string[] {
  return [
    ...findNameProblems(stages.map(({ name }) => name)),
    ...stages.flatMap((stage) => findStepProblems(stage, plan)),
    ...findOwnerlessSteps(stages, plan),
    ...after.flatMap((places, index) => findOrderProblems(places, index, stages)),
  ];
}

function findNameProblems(names: readonly string[]): readonly string[] {
  const folded = names.map((name) => name.normalize('NFC').toLowerCase());
  return names
    .filter((_name, index) => folded.indexOf(folded[index] ?? '') !== index)
    .map((name) => `Two stages are called ${quote(name)}; give each a name of its own, case does not count.`);
}

function findStepProblems({ name, planSteps }: SplitReply['stages'][number], { steps }: Plan) {
  return planSteps
    .filter((step) => step >= steps.length)
    .map(
      (step) =>
        `The stage ${quote(name)} names step ${String(step + 1)} of the plan, which has ${String(steps.length)} steps.`,
    );
}

function findOwnerlessSteps(stages: SplitReply['stages'], { steps }: Plan): readonly string[] {
  const owned = new Set(stages.flatMap(({ planSteps }) => planSteps));
  return steps.flatMap((step, index) =>
    owned.has(index) ? [] : [`No stage carries out step ${String(index + 1)} of the plan (${quote(step)}).`],
  );
}

function findOrderProblems(
  places: readonly number[],
  index: number,
  stages: SplitReply['stages'],
): readonly string[] {
  const { name = '' } = stages[index] ?? {};
  return places
    .filter((place) => place >= index)
    .map((place) => {
      const other = stages[place]?.name ?? `number ${String(place + 1)}`;
      return `The stage ${quote(name)} waits for ${quote(other)}, which does not come before it.`;
    });
}

/** Names cut to what fits in a line. */
function quote(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 79)}…` : text);
}

/** The division with an id for each stage, made of its name. */
export function toSplit({ stages, after }: SplitReply): Split {
  const ids: string[] = [];
  for (const { name } of stages) ids.push(makeId(name, ids));
  return {
    stages: stages.map((stage, index) => ({
      ...stage,
      id: ids[index] ?? '',
      dependsOn: (after[index] ?? []).flatMap((place) => ids[place] ?? []),
    })),
  };
}

/** Leaves room for a number behind it: ids have at most 64 characters. */
const SLUG_LENGTH = 40;

/**
 * The id of a stage with this name: lower-case letters, digits and hyphens. Several names may have the same one;
 * `undefined` when the name has no letter that could be part of one.
 */
export function stageIdOf(name: string): string | undefined {
  const slug = name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^a-z0-9]+/gu, '-')
    .slice(0, SLUG_LENGTH)
    .replaceAll(/^-|-$/gu, '');
  return slug === '' ? undefined : slug;
}

/** A name as an id, whatever it is. */
export function toStageId(name: string): string {
  return stageIdOf(name) ?? 'stage';
}

function makeId(name: string, taken: readonly string[]): string {
  const stem = toStageId(name);
  let id = stem;
  for (let number = 2; taken.includes(id); number += 1) id = `${stem}-${String(number)}`;
  return id;
}
