import type { Gate, RunStatus } from '@jarvis/core';
import type { Roadmap } from '@jarvis/roadmap';

import type { Accepted, RunRecord, Stop } from '../engine/run-records.ts';
import type { Round, RunState } from '../engine/run-state.ts';
import { countTries } from '../engine/turns.ts';
import {
  type CostStatement,
  findReopening,
  listCommits,
  listWrittenFiles,
  resumeCommand,
  toCostStatement,
} from './run-result.ts';
import { describeRecord } from './describe-record.ts';
import { followRoadmap, type RoadmapVersion } from './project-roadmap.ts';
import { projectSnapshots, type SnapshotView } from './project-snapshots.ts';
import { projectStages, type StageView } from './project-stages.ts';

/** A line of a run's story. */
export interface TimelineEntry {
  readonly seq: number;
  /** Milliseconds since 1970 UTC; never before the entry above, also when the clock was set back. */
  readonly atMs: number;
  readonly text: string;
}

/** Everything a person may want to know about a run, folded from its records. */
export interface RunView {
  readonly runId: string;
  /** `open` while it runs, and after its process died: `resume` tells which. */
  readonly status: RunStatus | 'open';
  readonly stop?: Stop;
  /** What goes on with it; left out when it is over. */
  readonly nextCommand?: string;
  /** What gives it something to do again although it is over; left out when nothing does. */
  readonly reopenCommand?: string;
  readonly task: string;
  readonly mode: Accepted['mode'];
  readonly dialect: string;
  readonly isSimulated: boolean;
  readonly workspace: string;
  /** The prompts the agents are asked with, and why those that depend on the task were chosen. */
  readonly prompts?: Accepted['prompts'];
  /** What is suspicious about the task. */
  readonly screening?: Accepted['screening'];
  /** What no commit held when it was accepted. */
  readonly uncommitted?: NonNullable<Accepted['uncommitted']>;
  /** The run whose task it does once more. */
  readonly forkOf?: NonNullable<Accepted['forkOf']>;
  /** In the mode that looks at its context: the team that was chosen, and why. */
  readonly team?: NonNullable<Accepted['team']>;
  readonly startedAtMs: number;
  readonly updatedAtMs: number;
  readonly rounds: readonly Round[];
  /** How often the whole task, or the stages of it, were tried. */
  readonly tries: number;
  readonly roadmap?: Roadmap;
  /** How the roadmap came to be what it is, oldest first. */
  readonly roadmapVersions: readonly RoadmapVersion[];
  /** The stages of the roadmap with what happened in them. */
  readonly stages: readonly StageView[];
  readonly files: readonly string[];
  /** The moments whose files can be brought back, under the numbers `restore` takes. */
  readonly snapshots: readonly SnapshotView[];
  readonly commits: readonly { readonly id: string; readonly subject: string }[];
  readonly messages: readonly MessageView[];
  /** The questions to people, in the order they were asked. */
  readonly gates: readonly Gate[];
  readonly cost: CostStatement;
  readonly timeline: readonly TimelineEntry[];
}

/** A message from agent to agent. */
export type MessageView = Extract<RunRecord, { type: 'message.sent' }>['data'];

/** The view of a run, or `undefined` when the records do not begin with its acceptance. */
export function projectRun(records: readonly RunRecord[]): RunView | undefined {
  const [first] = records;
  if (first?.type !== 'run.accepted') return undefined;

  const { task, mode, dialect, isSimulated, workspace, prompts, screening, team, forkOf, uncommitted } =
    first.data;
  const { state, versions } = followRoadmap(records);
  return {
    runId: first.runId,
    ...standing(first.runId, state),
    task,
    mode,
    dialect,
    isSimulated,
    workspace,
    ...(prompts === undefined ? {} : { prompts }),
    ...(screening === undefined ? {} : { screening }),
    ...(uncommitted === undefined ? {} : { uncommitted }),
    ...(forkOf === undefined ? {} : { forkOf }),
    ...(team === undefined ? {} : { team }),
    startedAtMs: first.atMs,
    updatedAtMs: records.reduce((latest, { atMs }) => Math.max(latest, atMs), first.atMs),
    rounds: state.rounds,
    tries: countTries(state.rounds),
    roadmapVersions: versions.map(({ roadmap: _roadmap, ...version }) => version),
    stages: projectStages(state, records),
    files: listWrittenFiles(state.rounds),
    snapshots: projectSnapshots(records),
    commits: listCommits(state.rounds),
    ...(state.roadmap === undefined ? {} : { roadmap: state.roadmap }),
    messages: records.flatMap((record) => (record.type === 'message.sent' ? [record.data] : [])),
    gates: state.gates,
    cost: toCostStatement(state.ledger),
    timeline: toTimeline(records),
  };
}

function standing(
  runId: string,
  state: RunState,
): Pick<RunView, 'status' | 'stop' | 'nextCommand' | 'reopenCommand'> {
  const stop = state.ended ?? state.paused;
  const nextCommand = state.ended === undefined ? resumeCommand(runId, stop) : undefined;
  const reopening = findReopening(runId, state);
  return {
    status: stop?.status ?? 'open',
    ...(stop === undefined ? {} : { stop }),
    ...(nextCommand === undefined ? {} : { nextCommand }),
    ...(reopening === undefined ? {} : { reopenCommand: reopening }),
  };
}

function toTimeline(records: readonly RunRecord[]): readonly TimelineEntry[] {
  let atMs = -Infinity;
  return records.flatMap((record) => {
    atMs = Math.max(atMs, record.atMs);
    const text = describeRecord(record);
    return text === undefined ? [] : [{ seq: record.seq, atMs, text }];
  });
}
