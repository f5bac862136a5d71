import { defaultPriceTable, type LlmClient, type RunContext } from '@jarvis/core';
import { modernDialect } from '@jarvis/loops';

// The configuration allows a hundred rounds; the engine has to carry as many as a task in stages may take.
import { driveRun } from '../../packages/loops/src/engine/drive-run.ts';
import { RunSession } from '../../packages/loops/src/engine/run-session.ts';
import { type Acceptance, prepareAcceptance } from '../../packages/loops/src/orchestrator/accept-run.ts';
import { holdLeases } from '../../packages/loops/src/engine/hold-leases.ts';
import { storePins } from '../../packages/loops/src/orchestrator/pins.ts';
import { decideTwoLoop } from '../../packages/loops/src/two-loop/decide-two-loop.ts';

/** A run of many rounds. */
export interface LongRun {
  readonly context: RunContext;
  readonly llm: LlmClient;
  /** The most rounds it may take. */
  readonly rounds: number;
}

/** What a {@link LongRun} came to. */
export interface LongRunEnd {
  readonly status: string;
  readonly records: number;
}

/** Accepts a run and drives it through the engine to its end, as the orchestrator does. */
export async function driveRounds({ context, llm, rounds }: LongRun): Promise<LongRunEnd> {
  const config = { ...context.config, mode: 'SIMPLE_2LOOP' } as const;
  const world = { ...context, llm, probeLlm: async () => undefined };
  const wish = { task: 'Build a site about knots', config, dialect: modernDialect, release: '0.0.0' };
  const acceptance = await prepareAcceptance(world, wish);
  const runId = context.ids.newRunId();
  return holdLeases(world, runId, async (lease) => {
    let records = 0;
    const onRecord = () => {
      records += 1;
    };
    const session = await RunSession.open({ runId, context: world, lease, onRecord });
    await accept(session, acceptance);
    const { status } = await driveRun({
      session,
      context: world,
      llm,
      dialect: modernDialect,
      prices: defaultPriceTable,
      decide: (state, limits) => decideTwoLoop(state, { ...limits, maxRounds: rounds }),
    });
    return { status, records };
  });
}

async function accept(session: RunSession, acceptance: Acceptance): Promise<void> {
  const pins = storePins(session.recorder, acceptance);
  await session.append({ type: 'run.accepted', data: { ...acceptance.accepted, pins } });
}
