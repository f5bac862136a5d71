import type { Dialect, Plan, SplitBrief, SplitReply, StageBrief } from '@jarvis/loops';
import { z } from 'zod';

import { legacySplitPrompt } from './legacy-prompts.ts';
import { everyQuestion, toLines } from './legacy-questions.ts';

type Stage = SplitReply['stages'][number];

/** The most phases there can be. */
const MAX_PHASES = 100;

/** The one phase there was when the supervisor named none. */
const FALLBACK = { name: 'All work', categories: ['layout_structure', 'visual_design', 'content_ux'] };

const phaseSchema = z
  .looseObject({
    name: z.string().catch(''),
    categories: z.array(z.string()).catch([]),
    plan_steps: z.array(z.int().nonnegative().catch(0)).catch([]),
  })
  .catch({ name: '', categories: [], plan_steps: [] });

// Whatever the supervisor answered was worked on: what is no list of phases is one phase with all work.
const splitReplySchema: z.ZodType<SplitReply> = z.record(z.string(), z.json()).transform(({ phases }) => ({
  stages: (Array.isArray(phases) ? phases : []).slice(0, MAX_PHASES).map(toStage),
  after: [],
}));

function toStage(asGiven: z.core.util.JSONType, index: number): Stage {
  const { name, categories, plan_steps: planSteps } = phaseSchema.parse(asGiven);
  const shown = name.trim() === '' ? `Phase ${String(index + 1)}` : name.trim();
  return {
    name: shown,
    goal: shown,
    categories: toLines(categories),
    planSteps,
    requirements: [],
    asGiven,
  };
}

/** How the supervisor was asked for phases. */
export const legacySplit: NonNullable<Dialect['split']> = {
  ...everyQuestion,
  role: 'supervisor',
  prompt: legacySplitPrompt,
  render: renderSplit,
  reply: splitReplySchema,
};

function renderSplit({ task, plan }: SplitBrief): string {
  return JSON.stringify({
    task,
    plan: fieldOf(plan, 'plan') ?? [],
    acceptance_criteria: fieldOf(plan, 'acceptance_criteria') ?? [],
  });
}

/** A field of the plan as the manager wrote it; `undefined` when it wrote none. */
export function fieldOf({ asGiven }: Plan, field: string): unknown {
  if (typeof asGiven !== 'object' || asGiven === null || Array.isArray(asGiven)) return undefined;
  return asGiven[field];
}

/**
 * Makes any division one that can be worked on: names become different, steps that are not in the plan are left out,
 * and the last phase gets those nobody has. The phases are handed on as they came.
 */
export function arrangePhases({ stages }: SplitReply, plan: Plan): SplitReply {
  const named = stages.length === 0 ? [fallbackPhase(plan)] : stages;
  const all = plan.steps.map((_step, index) => index);
  const owned = new Set(named.flatMap(({ planSteps }) => planSteps));
  const left = all.filter((step) => !owned.has(step));
  const arranged = named.map((stage, index) => {
    const steps = [...stage.planSteps.filter((step) => step < all.length)];
    const planSteps = index === named.length - 1 ? [...steps, ...left] : steps;
    return { ...stage, name: makeUnique(stage.name, index, named), planSteps };
  });
  return { stages: arranged, after: [] };
}

function fallbackPhase(plan: Plan): Stage {
  const steps = fieldOf(plan, 'plan');
  const planSteps = (Array.isArray(steps) ? steps : plan.steps).map((_step, index) => index);
  const asGiven = { ...FALLBACK, plan_steps: planSteps };
  return { ...FALLBACK, goal: FALLBACK.name, planSteps, requirements: [], asGiven };
}

function makeUnique(name: string, index: number, stages: readonly Stage[]): string {
  const fold = (text: string) => text.normalize('NFC').toLowerCase();
  const isTaken = stages.some((other, place) => place !== index && fold(other.name) === fold(name));
  return isTaken ? `${name} (${String(index + 1)})` : name;
}

/** A phase as the supervisor wrote it; one that was made later is put into the same form. */
export function renderPhase(stage: StageBrief | undefined): unknown {
  if (stage === undefined) return null;
  const { draft, name, planSteps } = stage;
  return draft?.asGiven ?? { name, categories: draft?.categories ?? [], plan_steps: planSteps };
}
