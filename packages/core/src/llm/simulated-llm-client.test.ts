import { describe, expect, it } from 'vitest';

import { findPrice, defaultPriceTable } from '../cost/price-table.ts';
import { callOf, request } from '../testing/contracts/sample-request.ts';
import { SIMULATION_MODEL, SimulatedLlmClient } from './simulated-llm-client.ts';

describe('SimulatedLlmClient', () => {
  it('answers from a function and says that it is simulated', async () => {
    const client = new SimulatedLlmClient(({ purpose, role }) => `${role} does ${purpose}`);

    const response = await client.complete(request, callOf());

    expect(response).toEqual({
      outcome: 'answered',
      text: 'employee does work',
      model: 'simulation',
      usage: { inputTokens: 24, cachedInputTokens: 0, outputTokens: 18 },
      isSimulated: true,
    });
  });

  it('answers nobody who has stopped asking', async () => {
    const reason = new Error('the user said stop');
    const client = new SimulatedLlmClient(() => expect.fail('it was asked'));

    await expect(client.complete(request, callOf({ signal: AbortSignal.abort(reason) }))).rejects.toBe(
      reason,
    );
  });

  it('rejects when the function throws', async () => {
    const client = new SimulatedLlmClient(() => {
      throw new Error('no answer');
    });

    await expect(client.complete(request, callOf())).rejects.toThrow('no answer');
  });

  it('costs nothing', () => {
    expect(findPrice(defaultPriceTable, SIMULATION_MODEL)).toEqual({ input: 0, output: 0 });
  });
});
