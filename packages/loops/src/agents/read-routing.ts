import { classifyTask } from '@jarvis/core';

import type { Accepted } from '../engine/run-records.ts';
import type { AgentCoordinatorOptions } from './agent-coordinator.ts';

/** What a run's choice of models rests on: its configuration, and its task judged by the words in it. */
export function readRouting(
  task: string,
  { models = {} }: Accepted['config'],
): Required<Pick<AgentCoordinatorOptions, 'models' | 'routing' | 'task'>> {
  const { manager = '', employee = '', supervisor, tiers, importance, routing = [] } = models;
  return {
    models: { manager, employee, supervisor, tiers },
    routing,
    task: classifyTask(task, importance),
  };
}
