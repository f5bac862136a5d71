import type { ConfigInput } from '@jarvis/core';

import { fateOf } from './legacy-keys.ts';
import { type LegacyModule, legacyModules } from './legacy-modules.ts';
import type { LegacyConfig, WrittenConfig } from './read-legacy-config.ts';

type Costs = NonNullable<ConfigInput['costs']>;

/** The predecessor took 0, null and nothing for "no cap". */
export function toCap(cap: number | null | undefined): number | 'unlimited' {
  return cap === undefined || cap === null || cap === 0 ? 'unlimited' : cap;
}

/** The amount to warn at; `undefined` where there is none, or the cap would stop the run before it. */
export function toWarning({
  cost_warning_usd: warning,
  max_cost_usd: written,
}: LegacyConfig): Costs['warnAtUsd'] {
  if (warning === undefined || warning === null || warning <= 0) return undefined;
  const cap = toCap(written);
  return cap !== 'unlimited' && warning > cap ? undefined : warning;
}

/** One line for each key that was not carried over one to one, in the order of the file. */
export function toNotes(read: WrittenConfig, module: LegacyModule): readonly string[] {
  return [...capNotes(read), ...read.keys.flatMap((key) => noteOn(key, read.values, module))];
}

function capNotes({ values: { max_cost_usd: cap }, speaksNew }: WrittenConfig): readonly string[] {
  if (toCap(cap) !== 'unlimited' || (cap === undefined && speaksNew)) return [];
  return [
    `max_cost_usd: ${String(cap ?? 'left out')} meant no cap; it is now written out as costs.capUsd: "unlimited".`,
  ];
}

function noteOn(key: string, values: LegacyConfig, module: LegacyModule): readonly string[] {
  if (key === 'interactive_cost_mode') return [noteOnQuestion(values.interactive_cost_mode)];
  if (key === 'cost_warning_usd') return [noteOnWarning(values, module)];

  const fate = fateOf(key, module);
  if (fate === undefined) return [`${key}: not known; it is left out.`];
  if (fate.type === 'dropped') return [`${key}: left out, because ${fate.because}.`];
  const isNothing = (key === 'max_rounds' || key === 'max_audits_per_stage') && values[key] === null;
  return isNothing ? [`${key}: null; the default of this release applies.`] : [];
}

function noteOnQuestion(asks = 'off'): string {
  return asks === 'off'
    ? 'interactive_cost_mode: off; nothing is asked.'
    : `interactive_cost_mode: ${asks}; a gate at "plan" asks instead of the console, see jarvis approve.`;
}

function noteOnWarning(values: LegacyConfig, module: LegacyModule): string {
  const { interactive_cost_mode: asks = 'off', cost_warning_usd: warning } = values;
  const isLimit = asks !== 'off' && legacyModules[module].asksFromWarningOn;
  const gate = isLimit ? ' Below it the gate at "plan" approves itself.' : '';
  if (toWarning(values) !== undefined) return `cost_warning_usd: costs.warnAtUsd says so once.${gate}`;
  return typeof warning === 'number' && warning > 0
    ? `cost_warning_usd: above the cap, which stops the run before; no warning.${gate}`
    : 'cost_warning_usd: 0; no warning, the cap is held before the money is spent.';
}
