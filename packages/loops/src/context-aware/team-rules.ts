import type { ProjectFact } from './measure-project.ts';
import type { SessionFact } from './measure-session.ts';
import type { TaskFact } from './measure-task.ts';
import type { Axis, Indicator, Team } from '../engine/team-choice.ts';

/** What is measured of task, project and session. */
export type FactName = TaskFact | ProjectFact | SessionFact;

/** What a fact is worth: each step that is reached counts the weight once. */
export interface TeamRule {
  readonly name: string;
  readonly about: Indicator['about'];
  readonly axis: Axis;
  readonly fact: FactName;
  readonly steps: readonly number[];
  readonly weight: number;
}

/** The rules, in the order in which indicators are shown. */
export const teamRules: readonly TeamRule[] = [
  rule('task', 'effort', { name: 'much-work', fact: 'muchWork', steps: [1, 2, 3, 4], weight: 1 }),
  rule('task', 'effort', { name: 'little-work', fact: 'littleWork', steps: [1, 2], weight: -1.5 }),
  rule('task', 'effort', { name: 'length', fact: 'words', steps: [60, 150, 300], weight: 1 }),
  rule('task', 'effort', { name: 'list', fact: 'listed', steps: [3, 6, 10], weight: 1 }),
  rule('task', 'effort', { name: 'breadth', fact: 'kinds', steps: [3, 4], weight: 1 }),
  rule('task', 'effort', { name: 'product', fact: 'product', steps: [1], weight: 1 }),
  rule('task', 'effort', { name: 'named-files', fact: 'namedFiles', steps: [4, 10], weight: 1 }),
  rule('task', 'risk', { name: 'risky-words', fact: 'riskyWords', steps: [1, 2, 3], weight: 1 }),
  rule('task', 'risk', { name: 'important', fact: 'important', steps: [1], weight: 2 }),
  rule('task', 'risk', { name: 'unimportant', fact: 'unimportant', steps: [1], weight: -1 }),
  rule('task', 'risk', { name: 'prose', fact: 'prose', steps: [1], weight: -1.5 }),
  rule('project', 'effort', { name: 'languages', fact: 'languages', steps: [4, 6], weight: 0.5 }),
  rule('project', 'effort', { name: 'large-project', fact: 'sourceFiles', steps: [500], weight: 0.5 }),
  rule('project', 'risk', { name: 'existing-code', fact: 'sourceFiles', steps: [20, 200], weight: 0.5 }),
  rule('project', 'risk', { name: 'no-tests', fact: 'untestedFiles', steps: [10], weight: 0.5 }),
  rule('project', 'risk', { name: 'uncommitted', fact: 'uncommitted', steps: [1], weight: 0.5 }),
  rule('project', 'risk', { name: 'no-repository', fact: 'unversioned', steps: [1], weight: 0.5 }),
  rule('session', 'risk', { name: 'same-unfinished', fact: 'sameUnfinished', steps: [1, 2], weight: 1 }),
  rule('session', 'risk', { name: 'last-unfinished', fact: 'lastUnfinished', steps: [1], weight: 0.5 }),
  rule('session', 'risk', { name: 'open-errors', fact: 'openErrors', steps: [1, 5], weight: 0.5 }),
  rule('session', 'effort', { name: 'left-open', fact: 'leftOpen', steps: [3, 8], weight: 0.5 }),
  rule('session', 'effort', { name: 'decisions', fact: 'decisions', steps: [20], weight: 0.5 }),
  rule('session', 'risk', { name: 'good-runs', fact: 'goodRuns', steps: [3], weight: -0.5 }),
];

/** From so many points on something is medium or high. */
export const levels: Readonly<Record<Axis, { readonly medium: number; readonly high: number }>> = {
  effort: { medium: 0, high: 3 },
  risk: { medium: 1.5, high: 4 },
};

/** How much of something there is. */
export type Level = 'low' | 'medium' | 'high';

/** The team by effort, then by risk. */
export const teams: Readonly<Record<Level, Readonly<Record<Level, Team>>>> = {
  low: { low: 'SIMPLE_2LOOP', medium: 'SIMPLE_2LOOP', high: 'LEGACY_3LOOP' },
  medium: { low: 'SIMPLE_2LOOP', medium: 'LEGACY_3LOOP', high: 'PHASE3' },
  high: { low: 'PHASE3', medium: 'PHASE3', high: 'PHASE3' },
};

function rule(about: Indicator['about'], axis: Axis, rest: Omit<TeamRule, 'about' | 'axis'>): TeamRule {
  return { about, axis, ...rest };
}
