import type { RunSummary, TaskImportance } from '@jarvis/core';

import type { Measure } from './measure.ts';
import { measureProject } from './measure-project.ts';
import { measureSession } from './measure-session.ts';
import { measureTask } from './measure-task.ts';
import type { ProjectFacts } from './survey-project.ts';
import type { Axis, Indicator, Team, TeamChoice } from '../engine/team-choice.ts';
import { type FactName, type Level, levels, type TeamRule, teamRules, teams } from './team-rules.ts';

/** What is looked at when a team is chosen. */
export interface TeamQuestion {
  /** The task as it was set. */
  readonly task: string;
  /** As the configuration states it; never guessed. */
  readonly importance?: TaskImportance | undefined;
  readonly project: ProjectFacts;
  /** What earlier runs on the project came to: a session, or what was read of one. */
  readonly session: { readonly runs: readonly RunSummary[] };
}

/**
 * Chooses the mode for a task by how much work it looks like and how much can go wrong. The same question always has
 * the same answer; which words and numbers decided stands in the indicators.
 */
export function chooseTeam({ task, importance, project, session }: TeamQuestion): TeamChoice {
  const measures = {
    ...measureTask(task, importance),
    ...measureProject(project),
    ...measureSession(session.runs, task),
  };
  const indicators = teamRules.flatMap((rule) => weigh(rule, measures));
  const effort = sumOf(indicators, 'effort');
  const risk = sumOf(indicators, 'risk');
  const mode = teams[levelOf('effort', effort)][levelOf('risk', risk)];
  return { mode, because: explain(mode, { effort, risk }, indicators), indicators };
}

function weigh(
  { name, about, axis, fact, steps, weight }: TeamRule,
  measures: Readonly<Record<FactName, Measure>>,
): readonly Indicator[] {
  const { amount, evidence } = measures[fact];
  const value = steps.filter((step) => amount >= step).length;
  return value === 0 ? [] : [{ name, about, axis, value, weight, evidence }];
}

function sumOf(indicators: readonly Indicator[], axis: Axis): number {
  return indicators
    .filter((indicator) => indicator.axis === axis)
    .reduce((sum, { value, weight }) => sum + value * weight, 0);
}

function levelOf(axis: Axis, points: number): Level {
  const { medium, high } = levels[axis];
  if (points >= high) return 'high';
  return points >= medium ? 'medium' : 'low';
}

const descriptions: Readonly<Record<Team, string>> = {
  SIMPLE_2LOOP: 'a manager and an employee are enough',
  LEGACY_3LOOP: 'a supervisor and a look at safety are worth their price',
  PHASE3: 'it is worth stages that are audited one by one',
};

const MOST_NAMED = 3;

function explain(
  mode: Team,
  points: Readonly<Record<Axis, number>>,
  indicators: readonly Indicator[],
): string {
  const { effort, risk } = points;
  const verdict = `It looks like ${describe('effort', effort)} and ${describe('risk', risk)}: ${descriptions[mode]}.`;
  const weightiest = indicators
    .toSorted((a, b) => Math.abs(b.value * b.weight) - Math.abs(a.value * a.weight))
    .slice(0, MOST_NAMED)
    .map(renderIndicator);
  return weightiest.length === 0 ? verdict : `${verdict} What weighed most: ${weightiest.join('; ')}.`;
}

function describe(axis: Axis, points: number): string {
  return `${levelOf(axis, points)} ${axis} (${String(points)})`;
}

function renderIndicator({ name, value, weight, evidence }: Indicator): string {
  const points = value * weight;
  const shown = evidence.map(({ what, quote }) => (quote === undefined ? what : `"${quote}"`));
  return `${name} ${points > 0 ? '+' : ''}${String(points)} (${shown.join(', ')})`;
}
