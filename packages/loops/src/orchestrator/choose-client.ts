import { type LlmClient, LlmError, type RunContext, SimulatedLlmClient } from '@jarvis/core';

import type { Dialect } from '../dialect/dialect.ts';
import { SimulationUnavailableError } from '../errors.ts';

/**
 * Who answers in a run: the simulation of its dialect, or the context's client.
 *
 * @throws {@link SimulationUnavailableError} when the dialect has no simulation.
 * @throws {@link LlmError} with the reason `unauthorized` when there is no client.
 */
export function chooseClient(
  { llm }: Pick<RunContext, 'llm'>,
  { id, simulate }: Dialect,
  isSimulated: boolean,
): LlmClient {
  if (isSimulated) {
    if (simulate === undefined) throw new SimulationUnavailableError({ dialect: id });
    return new SimulatedLlmClient(simulate);
  }
  if (llm === undefined)
    throw new LlmError({ reason: 'unauthorized', seen: 'there is no key', mayBeCharged: false });
  return llm;
}
