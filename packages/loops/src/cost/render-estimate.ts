import { renderUsd, toNanoUsd } from '@jarvis/core';

import type { RunEstimate } from './estimate-run.ts';

/** An estimate for people: what it will cost in the first line, what that rests on below. */
export function renderEstimate(estimate: RunEstimate): string {
  const { lowUsd, likelyUsd, highUsd, capUsd, basis, assumptions } = estimate;
  const dollars = (usd: number) => renderUsd(toNanoUsd(usd));
  const cap = capUsd === 'unlimited' ? 'there is no cap' : `the cap is ${dollars(capUsd)}`;
  const range =
    highUsd === 'unlimited'
      ? `at least ${dollars(lowUsd)}, and nothing limits it`
      : `between ${dollars(lowUsd)} and ${dollars(highUsd)}`;
  const source =
    basis.type === 'history'
      ? `${String(basis.runs)} earlier runs`
      : 'typical sizes, as there are too few earlier runs';
  return [
    `Estimated cost: about ${dollars(likelyUsd)}, ${range}; ${cap}.`,
    `Based on ${source}:`,
    ...assumptions.map((assumption) => `  ${assumption}`),
    '',
  ].join('\n');
}
