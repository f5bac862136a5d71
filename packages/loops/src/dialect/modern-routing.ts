import type { RoutingRule } from '@jarvis/core';

/** A tier that is not configured is the model of the role asked; without tiers, every role has its model. */
export const modernRouting: readonly RoutingRule[] = [
  {
    when: { purpose: 'work', previous: { hasErrors: true } },
    model: { of: 'strong' },
    because: 'The checks found errors in the round before: work for the strong tier, where there is one.',
  },
  {
    when: { purpose: 'work', importance: 'high' },
    model: { of: 'strong' },
    because: 'Much hangs on the task: work for the strong tier, where there is one.',
  },
  {
    when: { purpose: 'work', complexity: 'high' },
    model: { of: 'strong' },
    because: 'The task looks like much work: for the strong tier, where there is one.',
  },
  {
    when: { purpose: 'work', complexity: 'low' },
    model: { of: 'small' },
    because: 'The task looks like little work: for the small tier, where there is one.',
  },
  {
    when: { purpose: 'work' },
    model: { of: 'standard' },
    because: 'Nothing is out of the usual: work for the standard tier, where there is one.',
  },
  {
    when: { role: 'employee' },
    model: { of: 'employee' },
    because: 'The employee is asked.',
  },
  {
    when: { role: 'supervisor' },
    model: { of: 'supervisor' },
    because: 'The supervisor is asked.',
  },
  {
    when: {},
    model: { of: 'manager' },
    because: 'The manager is asked.',
  },
];
