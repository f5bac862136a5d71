import type { RunRecord } from '@jarvis/loops';

import type { Evidence } from '../evidence.ts';
import { questionOf } from '../question.ts';
import { countInDoubt, foldModelSteps, type ModelStep } from './model-steps.ts';

type Steps = ReadonlyMap<string, ModelStep>;

/**
 * O1: no question with an answer on disk is asked again. Each step buys one answer and finishes once; beyond its
 * answer and its failures it asks only for attempts in doubt; and only a killed process leaves one of these.
 */
export function checkPaidOnce({ records, requests, crashes }: Evidence): readonly string[] {
  const steps = foldModelSteps(records);
  const inDoubt = [...steps.values()].reduce((sum, step) => sum + countInDoubt(step), 0);
  const strangers = requests.filter(({ stepId }) => stepId === undefined || !steps.has(stepId));
  return [
    ...[...steps].flatMap(([stepId, step]) => {
      const asked = requests.filter((request) => request.stepId === stepId).length;
      return checkStep(step, asked).map((problem) => `step ${stepId}: ${problem}`);
    }),
    ...(inDoubt > crashes ? [`${String(inDoubt)} attempts in doubt after ${String(crashes)} kills`] : []),
    ...findAbandoned(records),
    ...strangers.map(({ n }) => `request ${String(n)} belongs to no step of the journal`),
    ...findRepeatedQuestions(requests, steps),
  ];
}

function checkStep(step: ModelStep, asked: number): readonly string[] {
  const { opened, settled, failed, finished, openedAfterFinish } = step;
  const over = settled + failed;
  return [
    ...(asked > opened ? [`${String(asked)} requests for ${String(opened)} attempts`] : []),
    ...(asked < over ? [`${String(over)} attempts are over, but only ${String(asked)} requests came`] : []),
    ...(settled === 1 ? [] : [`bought ${String(settled)} answers`]),
    ...(finished === 1 ? [] : [`finished ${String(finished)} times`]),
    ...(openedAfterFinish === 0
      ? []
      : [`${String(openedAfterFinish)} attempts after the answer was on disk`]),
  ];
}

/** Attempts that were still open when their own process, which was not killed, began another one. */
function findAbandoned(records: readonly RunRecord[]): readonly string[] {
  const open = new Set<string>();
  const problems: string[] = [];
  for (const { type, data } of records) {
    if (type === 'run.resumed') open.clear();
    if (type === 'attempt.closed') open.delete(data.attemptId);
    if (type !== 'attempt.opened') continue;
    problems.push(...[...open].map((id) => `attempt ${id} was open when ${data.attemptId} began`));
    open.add(data.attemptId);
  }
  return problems;
}

/** Questions asked more often than one answer, the failures and the attempts in doubt of their steps explain. */
function findRepeatedQuestions(requests: Evidence['requests'], steps: Steps): readonly string[] {
  const asked = Map.groupBy(requests, ({ body }) => questionOf(body));
  return [...asked.values()].flatMap((same) => {
    const own = new Set(same.flatMap(({ stepId }) => (stepId === undefined ? [] : [stepId])));
    const excused = [...own]
      .flatMap((stepId) => steps.get(stepId) ?? [])
      .reduce((sum, step) => sum + step.failed + countInDoubt(step), 0);
    const numbers = same.map(({ n }) => String(n)).join(', ');
    return same.length > 1 + excused
      ? [`requests ${numbers} ask the same, and ${String(excused)} failed or are in doubt`]
      : [];
  });
}
