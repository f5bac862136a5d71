import type { Finding } from '@jarvis/core';
import { guaranteesTouched } from '@jarvis/stages';

import type { Round, RunState } from '../engine/run-state.ts';
import { breaks, changedBy, guaranteesBut } from './guarantees.ts';

/**
 * What the checks found that the stage of a round answers for. What it does not: a guarantee of another stage that it
 * has broken in a file it has changed, for that opens the other stage again; and an error that was there before it
 * came, in a file it has never changed, for which the stage answers that brought it. In doubt it is its own.
 */
export function ownFindings(state: RunState, round: Round): readonly Finding[] {
  const found = round.checks?.findings ?? [];
  if (!found.some(({ severity }) => severity === 'error')) return found;
  const others = guaranteesTouched(guaranteesBut(state, round.stage), changedBy(round));
  const own = filesOf(state, round.stage);
  return found.filter(
    (finding) =>
      !others.some((guarantee) => breaks(finding, guarantee)) &&
      (own.has(finding.file ?? '') || !wasThereBefore(state, round, finding)),
  );
}

function filesOf({ rounds }: RunState, stageId: string | undefined): ReadonlySet<string> {
  return new Set(rounds.filter(({ stage }) => stage === stageId).flatMap(changedBy));
}

/**
 * Whether an error has been found ever since the work of another stage that still answers for it: one that was divided
 * or skipped does not. What is about no file may be anybody's.
 */
function wasThereBefore({ rounds, roadmap }: RunState, { number, stage }: Round, finding: Finding): boolean {
  if (finding.severity !== 'error' || finding.file === undefined) return false;
  const checked = rounds.filter((round) => round.checks !== undefined && round.number < number);
  const lastWithout = checked.findLastIndex(
    ({ checks }) => checks?.findings.some((other) => isSame(other, finding)) !== true,
  );
  const origin = checked[lastWithout + 1]?.stage;
  return (
    origin !== stage &&
    roadmap?.stages.some(({ id, status }) => id === origin && status !== 'skipped') === true
  );
}

function isSame(one: Finding, other: Finding): boolean {
  return (
    one.source === other.source &&
    one.file === other.file &&
    one.rule === other.rule &&
    one.description === other.description
  );
}
