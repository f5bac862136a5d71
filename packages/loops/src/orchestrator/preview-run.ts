import { hasErrorCode, type RunContext } from '@jarvis/core';

import { AgentCoordinator, type AskedQuestion, type RoutedModel } from '../agents/agent-coordinator.ts';
import { readModels, readRouting } from '../agents/read-routing.ts';
import { isRunCost, readCostHistory } from '../cost/cost-history.ts';
import { estimateRun, type RunEstimate } from '../cost/estimate-run.ts';
import type { Accepted } from '../engine/run-records.ts';
import { teamOf } from '../engine/team-of.ts';
import { type Acceptance, prepareAcceptance, type RunWish } from './accept-run.ts';

/** A question of a first round, the model that would be asked, and why. */
export type PreviewedModel = Pick<AskedQuestion, 'role' | 'purpose'> & RoutedModel;

/** What a run would begin with. */
export interface RunPreview extends Omit<Accepted, 'pins'> {
  readonly models: readonly PreviewedModel[];
  /** Left out when a model has no known price, which only a run without a cap may use. */
  readonly estimate?: RunEstimate;
  /** The names of the checks each round goes through. */
  readonly checks: readonly string[];
}

const FIRST = { number: 1 };

/** The questions of a first round, in the order they are asked. */
function listQuestions({ dialect, config: { mode } }: RunWish): readonly AskedQuestion[] {
  const hasStages = mode !== 'SIMPLE_2LOOP';
  const isAudited = mode === 'PHASE3' && dialect.audit !== undefined;
  return [
    { role: 'manager', purpose: 'plan' },
    ...(hasStages ? [{ role: 'supervisor', purpose: 'split' } as const] : []),
    { role: 'employee', purpose: 'work', round: FIRST },
    ...(isAudited ? [{ role: 'supervisor', purpose: 'audit', round: FIRST } as const] : []),
    { role: 'manager', purpose: 'review', round: FIRST },
  ];
}

/** Finds out what a run would begin with: it is proved like one that is accepted, and nothing is paid or written. */
export async function previewRun(context: RunContext, wish: RunWish): Promise<RunPreview> {
  const acceptance = await prepareAcceptance(context, wish);
  const estimate = await estimateAccepted(context, acceptance, wish);
  return {
    ...acceptance.accepted,
    models: listModels(wish, acceptance),
    ...(estimate === undefined ? {} : { estimate }),
    checks: context.checks.map(({ id }) => id),
  };
}

function listModels(wish: RunWish, { accepted }: Acceptance): readonly PreviewedModel[] {
  const { dialect, task } = wish;
  const agents = new AgentCoordinator({
    runId: 'preview',
    dialect,
    models: () => readModels(accepted.config),
    ...readRouting(task, accepted.config),
    rounds: () => [],
    messages: [],
    now: () => 0,
    record: () => undefined,
  });
  return listQuestions(wish).map((question) => {
    const { role, purpose } = question;
    return { role, purpose, ...agents.routeQuestion(question) };
  });
}

async function estimateAccepted(
  { workspace, journal, tokens }: RunContext,
  { accepted, prices }: Acceptance,
  { task, config, dialect }: RunWish,
): Promise<RunEstimate | undefined> {
  const models = readModels(accepted.config);
  const { routing, task: taskClass } = readRouting(task, accepted.config);
  const files = await workspace.readFiles();
  const count = (text: string) => tokens.count(text, models.employee);
  const { lines } = await readCostHistory(journal);
  try {
    return estimateRun({
      config: { ...config, mode: teamOf(accepted), models },
      prices,
      routing: [...routing, ...dialect.routing],
      task: taskClass,
      taskTokens: count(task),
      projectTokens: files.reduce((sum, { content }) => sum + count(content), 0),
      history: lines.filter(isRunCost),
    });
  } catch (error) {
    if (hasErrorCode(error, 'JARVIS_COST_UNKNOWN_PRICE')) return undefined;
    throw error;
  }
}
