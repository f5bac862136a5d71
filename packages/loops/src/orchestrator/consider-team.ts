import { byteTokenCounter, type Config, type RunContext } from '@jarvis/core';

import { chooseTeam } from '../context-aware/choose-team.ts';
import { relevantSessionContext } from '../context-aware/relevant-session-context.ts';
import { type ProjectFacts, surveyProject } from '../context-aware/survey-project.ts';
import type { Accepted } from '../engine/run-records.ts';
import type { Uncommitted } from '../engine/uncommitted.ts';
import { OrchestratorMemory } from '../memory/orchestrator-memory.ts';

/** About how much agents are told of earlier runs, in bytes, which are at least as many as tokens. */
const EARLIER_TOKENS = 4_000;

type Considered = Pick<Accepted, 'team' | 'earlier'>;

interface ConsideredTask {
  readonly task: string;
  readonly config: Config;
  readonly uncommitted: Uncommitted;
}

/** In the mode that looks at its context: the team for the task and why, and what agents are told of earlier runs. */
export async function considerTeam(
  { workspace, journal, clock }: Pick<RunContext, 'workspace' | 'journal' | 'clock'>,
  { task, config, uncommitted }: ConsideredTask,
): Promise<Considered> {
  if (config.mode !== 'CONTEXT_AWARE') return {};
  const [files, memory] = await Promise.all([
    workspace.readFiles(),
    OrchestratorMemory.load({ workspace, journal, clock }),
  ]);
  const listing = files.map(({ path, content }) => ({
    path,
    bytes: new TextEncoder().encode(content).length,
  }));
  const { session } = memory;
  const earlier = relevantSessionContext(session, task, {
    tokens: EARLIER_TOKENS,
    count: (text) => byteTokenCounter.count(text, ''),
  });
  return {
    team: chooseTeam({
      task,
      importance: config.models.importance,
      project: surveyProject(listing, toGitFact(uncommitted)),
      session,
    }),
    ...(earlier.entries.length === 0 ? {} : { earlier }),
  };
}

function toGitFact(uncommitted: Uncommitted): ProjectFacts['git'] {
  if (uncommitted.type !== 'known') return 'none';
  return uncommitted.count === 0 ? 'clean' : 'dirty';
}
