import { serializeError } from '@jarvis/core';
import { createRoadmap } from '@jarvis/roadmap';

import { findSplitProblems, type Split, type SplitReply, toSplit } from '../agents/split-reply.ts';
import type { ActionResult } from '../engine/action.ts';
import { completeConfig } from '../engine/amendment.ts';
import { toRoadmapStage } from '../engine/evolve-roadmap.ts';
import { requireQuestion } from '../dialect/require-question.ts';
import { type ActionScope, requirePlan } from './action-scope.ts';
import { askForReply } from './ask-for-reply.ts';

/** The supervisor divides the plan into stages. */
export async function splitPlan(scope: ActionScope): Promise<ActionResult> {
  const { accepted, dialect, coordinator } = scope;
  const plan = requirePlan(scope);
  const arrange = (division: SplitReply) => dialect.arrangeStages?.(division, plan) ?? division;
  const reply = await askForReply(scope, {
    purpose: 'split',
    question: requireQuestion(dialect, 'split'),
    brief: { task: accepted.task, plan },
    parts: { task: accepted.task, plan },
    model: coordinator.chooseModel({ role: 'supervisor', purpose: 'split' }),
    findProblems: (division) => {
      const arranged = arrange(division);
      const problems = findSplitProblems(arranged, plan);
      return problems.length > 0 ? problems : findRoadmapProblems(toSplit(arranged), scope);
    },
  });
  return { type: 'split', split: toSplit(arrange(reply)) };
}

/** What keeps stages from standing on a roadmap together. */
function findRoadmapProblems(split: Split, { state, accepted }: ActionScope): readonly string[] {
  const { maxStages } = completeConfig(accepted.config).loop;
  if (split.stages.length > maxStages) {
    return [`There are ${String(split.stages.length)} stages; at most ${String(maxStages)} are allowed.`];
  }
  try {
    createRoadmap(split.stages.map((draft) => toRoadmapStage(draft, state)));
    return [];
  } catch (error) {
    return [serializeError(error).message];
  }
}
