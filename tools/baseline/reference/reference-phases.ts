import { z } from 'zod';

import { askUntilUsable, MINI, type Run, UNUSABLE, type Workshop } from './reference-run.ts';

const planSchema = z.looseObject({
  plan: z.unknown().default([]),
  acceptance_criteria: z.unknown().default([]),
});

/** The fields of a plan, as it was written. */
export function readPlan(value: unknown): { readonly plan: unknown; readonly acceptance_criteria: unknown } {
  const { plan, acceptance_criteria } = planSchema.parse(value);
  return { plan, acceptance_criteria };
}

/** Asks the supervisor for phases; what is no list, or empty, is one phase with all work. */
export function* askForPhases(
  { scenario }: Workshop,
  plan: unknown,
): Run<{ readonly phases: readonly unknown[] } | { readonly status: string }> {
  const fields = readPlan(plan);
  const answer = yield* askUntilUsable({
    role: 'supervisor.phases',
    model: scenario.env['DEFAULT_SUPERVISOR_MODEL'] ?? MINI,
    user: { task: scenario.config.task, ...fields },
  });
  if ('status' in answer) return answer;
  const { phases } = z.looseObject({ phases: z.unknown().optional() }).parse(answer.value);
  if (Array.isArray(phases) && phases.length > 0) return { phases };
  const steps = Array.isArray(fields.plan) ? fields.plan : [];
  const categories = ['layout_structure', 'visual_design', 'content_ux'];
  return { phases: [{ name: 'All work', categories, plan_steps: steps.map((_step, index) => index) }] };
}

/** What the supervisor and the log are told of a phase. */
export function nameOf(phase: unknown): { readonly name: unknown; readonly categories: unknown } {
  const { name, categories } = z
    .looseObject({ name: z.unknown().optional(), categories: z.unknown().optional() })
    .parse(phase);
  return { name, categories: categories ?? [] };
}

/** Whether a stage is put off when its answer could not be had, rather than ending the run. */
export function mayBeHadLater(status: string): boolean {
  return status === UNUSABLE || /^parked_(?:connection_lost|rate_limited|provider_error)$/u.test(status);
}
