import { defaultPriceTable, type LlmClient, type RunContext } from '@jarvis/core';
import { modernDialect } from '@jarvis/loops';

import { decideAdaptive } from '../../packages/loops/src/adaptive/decide-adaptive.ts';
import { driveRun } from '../../packages/loops/src/engine/drive-run.ts';
import type { Change, Decide } from '../../packages/loops/src/engine/decision.ts';
import { RunSession } from '../../packages/loops/src/engine/run-session.ts';
import { prepareAcceptance } from '../../packages/loops/src/orchestrator/accept-run.ts';
import { holdLeases } from '../../packages/loops/src/engine/hold-leases.ts';
import { storePins } from '../../packages/loops/src/orchestrator/pins.ts';
import { nameOf } from './stage-team.ts';

/** A run of many stages. */
export interface StagedRun {
  readonly context: RunContext;
  readonly llm: LlmClient;
  readonly stages: number;
}

/** Accepts a run on a roadmap of many stages and drives it to its end; the mode and the engine are those of every run. */
export async function driveStages({ context, llm, stages }: StagedRun): Promise<{ readonly status: string }> {
  const world = { ...context, llm, probeLlm: async () => undefined };
  const wish = {
    task: 'Build a site about knots',
    config: context.config,
    dialect: modernDialect,
    release: '0.0.0',
  };
  const acceptance = await prepareAcceptance(world, wish);
  const runId = context.ids.newRunId();
  return holdLeases(world, runId, async (lease) => {
    const session = await RunSession.open({ runId, context: world, lease, onRecord: () => undefined });
    const pins = storePins(session.recorder, acceptance);
    await session.append({ type: 'run.accepted', data: { ...acceptance.accepted, pins } });
    const prices = defaultPriceTable;
    return driveRun({
      session,
      context: world,
      llm,
      dialect: modernDialect,
      prices,
      decide: withStages(stages),
    });
  });
}

/** One answer divides off a hundred stages at most, so the others are added to the roadmap when it is there. */
function withStages(stages: number): Decide {
  return (state, limits) => {
    const known = state.roadmap?.stages.length ?? 0;
    if (known === 0 || known >= stages) return decideAdaptive(state, limits);
    const missing = Array.from({ length: stages - known }, (_, index) => known + index + 1);
    return { type: 'change', changes: missing.map(addition) };
  };
}

function addition(number: number): Change {
  const brief = { ...nameOf(number), planSteps: [] };
  return {
    type: 'roadmap',
    mutation: { type: 'add', stage: { id: `knot-${String(number)}`, brief } },
    author: 'supervisor',
  };
}
