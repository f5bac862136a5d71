import type { Finding, RunSummary } from '@jarvis/core';

import type { Round } from '../engine/run-state.ts';
import type { RunView } from '../view/project-run.ts';

/** What later runs may want to know of a run. */
export function toRunSummary(view: RunView): RunSummary {
  const { runId, task, status, stop, isSimulated, startedAtMs, updatedAtMs, files, cost } = view;
  return {
    runId,
    task,
    status,
    ...(stop === undefined ? {} : { message: stop.message }),
    isSimulated,
    startedAtMs,
    updatedAtMs,
    decisions: listDecisions(view),
    findings: listFindings(view.rounds),
    open: status === 'done' ? [] : listOpen(view),
    files,
    spentUsd: cost.spentUsd,
  };
}

/** What was planned and committed, and what the manager made of it. */
function listDecisions({ roadmap, rounds, commits }: RunView): readonly string[] {
  const stages = (roadmap?.stages ?? []).flatMap(({ brief: { planSteps, requirements } }) => [
    ...planSteps.map((step) => `Planned: ${step}`),
    ...requirements.map((requirement) => `Required: ${requirement}`),
  ]);
  const approved = rounds.flatMap(({ number, work, review }) =>
    review?.isApproved === true ? [`Approved in round ${String(number)}: ${work?.summary ?? ''}`] : [],
  );
  return [...stages, ...approved, ...commits.map(({ subject }) => `Committed: ${subject}`)];
}

/** Later rounds check the same files again, so only the last look counts. */
function listFindings(rounds: readonly Round[]): readonly Finding[] {
  return rounds.findLast(({ checks }) => checks !== undefined)?.checks?.findings ?? [];
}

function listOpen({ roadmap, rounds }: RunView): readonly string[] {
  const stages = (roadmap?.stages ?? [])
    .filter(({ status }) => status !== 'completed' && status !== 'skipped')
    .map(
      ({ brief, status, note }) =>
        `Stage "${brief.name}" is ${status}${note === undefined ? '' : `: ${note}`}`,
    );
  const last = rounds.findLast(({ review }) => review !== undefined)?.review;
  const wanted = last?.isApproved === false ? last.feedback : [];
  return [...wanted.map((feedback) => `The manager wants: ${feedback}`), ...stages];
}
