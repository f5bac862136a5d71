import type { ConfigInput } from '@jarvis/core';

import type { WrittenConfig } from './read-legacy-config.ts';

type Costs = NonNullable<ConfigInput['costs']>;
type Cap = NonNullable<Costs['capUsd']>;

/**
 * The cap, and the amount to warn at. Where an old key and a section of this release both name a cap, the lower one
 * counts: nobody pays more because a file was translated.
 */
export function settleCosts({
  values,
  sections,
  speaksNew,
}: WrittenConfig): Pick<Costs, 'capUsd' | 'warnAtUsd'> {
  const { max_cost_usd: written, cost_warning_usd: warning } = values;
  const { capUsd: rival, warnAtUsd: wanted = warning } = sections.costs ?? {};
  // Who writes the new spelling does not know that leaving the cap out once meant none.
  const capUsd = lower(written === undefined && speaksNew ? undefined : toCap(written), rival);
  const most = typeof capUsd === 'number' ? capUsd : Infinity;
  // Above the cap it would never be said.
  const isSaid = typeof wanted === 'number' && wanted > 0 && wanted <= most;
  return { ...(capUsd === undefined ? {} : { capUsd }), ...(isSaid ? { warnAtUsd: wanted } : {}) };
}

/** What is to be said of them: that there was no cap, which of two was taken, and what is never said. */
export function noteOnCosts(read: WrittenConfig): readonly string[] {
  const { capUsd: rival, warnAtUsd: wanted } = read.sections.costs ?? {};
  const { capUsd, warnAtUsd } = settleCosts(read);
  const lost =
    wanted === undefined || wanted === warnAtUsd
      ? []
      : [`costs.warnAtUsd: ${String(wanted)} is above the cap, which stops the run before; no warning.`];
  return [...noteOnCap(read.values.max_cost_usd, { rival, capUsd }), ...lost];
}

interface Caps {
  readonly rival: Cap | undefined;
  readonly capUsd: Cap | undefined;
}

function noteOnCap(written: number | null | undefined, { rival, capUsd }: Caps): readonly string[] {
  const told = `max_cost_usd: ${written === undefined ? 'left out' : String(written)}`;
  if (capUsd === undefined) {
    return [`${told}, which meant no cap; now the default applies, 1 US dollar. Choose with costs.capUsd.`];
  }
  if (rival !== undefined) {
    const isTold = written === undefined || toCap(written) === rival;
    return isTold
      ? []
      : [`${told}; costs.capUsd of orchestrator.config: ${String(rival)}. The lower cap is taken.`];
  }
  if (capUsd !== 'unlimited') return [];
  return [`${told} meant no cap; it is now written out as costs.capUsd: "unlimited".`];
}

/** The predecessor took 0, null and nothing for "no cap". */
function toCap(cap: number | null | undefined): Cap {
  return cap === undefined || cap === null || cap === 0 ? 'unlimited' : cap;
}

function lower(one: Cap | undefined, other: Cap | undefined): Cap | undefined {
  if (one === undefined || one === 'unlimited') return other ?? one;
  return typeof other === 'number' ? Math.min(one, other) : one;
}
