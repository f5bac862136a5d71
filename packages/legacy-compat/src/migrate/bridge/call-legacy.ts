import { z } from 'zod';

import { ApprovalDesk } from '../../shims/approvals/approval-desk.ts';
import { LegacyCallError } from '../../shims/errors.ts';
import { LegacyContext } from '../../shims/run/legacy-context.ts';
import { runLegacyModule } from '../../shims/run/run-legacy-module.ts';
import { fillSummary, type RunSummary } from '../../shims/run/run-summary.ts';
import { toLegacyResult } from '../../shims/run/to-legacy-result.ts';
import type { LegacyModule } from '../../translate/legacy-modules.ts';

const inputSchema = z.strictObject({
  config: z.unknown().optional(),
  /** The models the old variables of the caller name. */
  variables: z
    .strictObject({
      DEFAULT_MANAGER_MODEL: z.string().exactOptional(),
      DEFAULT_SUPERVISOR_MODEL: z.string().exactOptional(),
    })
    .default({}),
  run_id: z.string().default(''),
  request_id: z.string().default(''),
  timeout_seconds: z.number().nonnegative().default(3_600),
  poll_interval: z.number().positive().default(5),
});

type Input = z.infer<typeof inputSchema>;

type LegacyFunction = (input: Input, context: LegacyContext) => Promise<unknown>;

/** What the old functions do, by module and name; aliases are a matter of the caller. */
const FUNCTIONS: Readonly<Record<string, LegacyFunction>> = {
  'orchestrator.run': async ({ config }, context) =>
    toLegacyResult(await runLegacyModule('orchestrator', { config, context })),
  'orchestrator_2loop.main': summarise('orchestrator_2loop'),
  'orchestrator_3loop_legacy.main': summarise('orchestrator_3loop_legacy'),
  'orchestrator_phase3.main': summarise('orchestrator_phase3'),
  'orchestrator_integration.request_approval': ({ run_id }, context) =>
    new ApprovalDesk(context).request(run_id),
  'orchestrator_integration.check_approval_status': ({ request_id }, context) =>
    new ApprovalDesk(context).check(request_id),
  'orchestrator_integration.wait_for_approval': ({ request_id, ...patience }, context) =>
    new ApprovalDesk(context).wait(request_id, patience),
  'orchestrator_integration.approval_checkpoint': async ({ run_id }, context) =>
    (await new ApprovalDesk(context).findPending(run_id))?.request_id ?? null,
  'orchestrator_integration.list_paused': (_input, context) => new ApprovalDesk(context).listWaiting(),
  'orchestrator_integration.resume': async ({ run_id }, context) => {
    const { status, reason, message } = await new ApprovalDesk(context).resume(run_id);
    return { status, reason, message };
  },
};

/** What a caller in another process hands over. */
export interface LegacyCallRequest {
  /** Module and function: `orchestrator_2loop.main`. */
  readonly name: string;
  /** The arguments by name, as JSON text. */
  readonly input: string;
  readonly folder: string;
  readonly stateDirectory?: string | undefined;
  /** Whether a simulation answers in place of a model. */
  readonly isSimulated: boolean;
}

/**
 * Carries out an old function for a caller in another process, and gives back what it gave, fit for JSON.
 *
 * @throws {@link LegacyCallError} when there is no such function, or it takes other arguments.
 */
export async function callLegacy({ name, input, ...places }: LegacyCallRequest): Promise<unknown> {
  const legacyFunction = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
  if (legacyFunction === undefined) {
    throw new LegacyCallError({
      problem: `there is no function ${JSON.stringify(name.slice(0, 80))}`,
      advice: `There are ${Object.keys(FUNCTIONS).join(', ')}.`,
    });
  }
  const { folder, stateDirectory, isSimulated } = places;
  const read = readInput(input);
  const context = new LegacyContext({
    config: read.config,
    variables: read.variables,
    folder,
    isSimulated,
    ...(stateDirectory === undefined ? {} : { stateDirectory }),
  });
  return legacyFunction(read, context);
}

function readInput(text: string): Input {
  try {
    return inputSchema.parse(JSON.parse(text));
  } catch (error) {
    const problem = error instanceof z.ZodError ? z.prettifyError(error) : 'the arguments are no JSON';
    throw new LegacyCallError({ problem, advice: 'Hand over one JSON object with the arguments by name.' });
  }
}

/** The functions that gave nothing back: what they wrote into the summary of their caller is handed over instead. */
function summarise(module: LegacyModule): LegacyFunction {
  return async ({ config }, context) => {
    const summary: RunSummary = {};
    fillSummary(summary, await runLegacyModule(module, { config, context }));
    return summary;
  };
}
