import type { ObservedCall, Observation, ObservedCostLine } from '../compare/observation.ts';

/** What the predecessor charged for every model whose name contains `gpt-4o`, in billionths of a dollar a token. */
export const CHARGED_NANO_USD = { input: 2_500, output: 10_000 } as const;

const NANO_PER_USD = 1e9;

/** Whether it is known what the predecessor charged for a model. */
export function isPriceKnown(model: string): boolean {
  return model.includes('gpt-4o');
}

/** What calls cost by the arithmetic of the baseline: stated tokens times charged price; no statement costs nothing. */
export function sumCost(calls: readonly ObservedCall[]): Observation['cost'] {
  const lines: Record<string, ObservedCostLine> = {};
  for (const { role, model, usage } of calls) {
    if (usage === null || usage.prompt_tokens + usage.completion_tokens === 0) continue;
    const key = `${role.split('.')[0] ?? role} ${model}`;
    const { inputTokens, outputTokens, nanoUsd } = lines[key] ?? {
      inputTokens: 0,
      outputTokens: 0,
      nanoUsd: 0,
    };
    lines[key] = {
      inputTokens: inputTokens + usage.prompt_tokens,
      outputTokens: outputTokens + usage.completion_tokens,
      nanoUsd: nanoUsd + chargedNanoUsd(usage.prompt_tokens, usage.completion_tokens),
    };
  }
  const sum = Object.values(lines).reduce((total, { nanoUsd }) => total + nanoUsd, 0);
  return { usd: Number((sum / NANO_PER_USD).toFixed(6)), lines };
}

/** The charged price of so many tokens. */
function chargedNanoUsd(inputTokens: number, outputTokens: number): number {
  return inputTokens * CHARGED_NANO_USD.input + outputTokens * CHARGED_NANO_USD.output;
}
