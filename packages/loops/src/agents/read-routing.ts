import { classifyTask, type ConfigInput, type NamedModels } from '@jarvis/core';

import type { AgentCoordinatorOptions } from './agent-coordinator.ts';

/** What a run's choice of models rests on beside the models: its own rules, and its task judged by the words in it. */
export function readRouting(
  task: string,
  { models = {} }: ConfigInput,
): Required<Pick<AgentCoordinatorOptions, 'routing' | 'task'>> {
  const { importance, routing = [] } = models;
  return { routing, task: classifyTask(task, importance) };
}

/** The models a configuration names. */
export function readModels({ models = {} }: ConfigInput): NamedModels {
  const { manager = '', employee = '', supervisor, tiers } = models;
  return { manager, employee, supervisor, tiers };
}
