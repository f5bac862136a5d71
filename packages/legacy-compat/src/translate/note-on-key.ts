import { fateOf } from './legacy-keys.ts';
import { type LegacyModule, legacyModules } from './legacy-modules.ts';
import type { WrittenConfig } from './read-legacy-config.ts';
import { noteOnCosts, settleCosts } from './settle-costs.ts';

/** One line for each key that was not carried over one to one, in the order of the file. */
export function toNotes(read: WrittenConfig, module: LegacyModule): readonly string[] {
  const empty = (key: string) =>
    read.empty.includes(key) ? [`${key}: null; it counts as left out.`] : undefined;
  return [
    ...noteOnCosts(read),
    ...read.keys.flatMap(
      (key) => empty(key) ?? [...noteOn(key, read, module), ...noteOnRival(key, read, module)],
    ),
  ];
}

/** Where a section of this release says something else than an old key. That of the cap is told with the cap. */
function noteOnRival(
  key: string,
  { values, sections }: WrittenConfig,
  module: LegacyModule,
): readonly string[] {
  const fate = fateOf(key, module);
  if (fate?.type !== 'kept' || key === 'max_cost_usd') return [];
  const [rival, said] = [valueAt(sections, fate.as), valueAt(values, key)];
  const meant = key === 'use_git' ? (said === true ? 'required' : 'off') : said;
  // Gates add up, the others replace.
  if (rival === undefined || typeof rival === 'object' || meant === rival) return [];
  return [
    `${key}: ${String(said)}; ${fate.as} of orchestrator.config, ${JSON.stringify(rival)}, counts more.`,
  ];
}

function valueAt(outer: unknown, key: string): unknown {
  return key
    .split('.')
    .reduce(
      (value, part) => (typeof value === 'object' && value !== null ? Reflect.get(value, part) : undefined),
      outer,
    );
}

function noteOn(key: string, read: WrittenConfig, module: LegacyModule): readonly string[] {
  const { values } = read;
  if (key === 'interactive_cost_mode') return [noteOnQuestion(values.interactive_cost_mode)];
  if (key === 'cost_warning_usd') return [noteOnWarning(read, module)];

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

function noteOnWarning(read: WrittenConfig, module: LegacyModule): string {
  const { interactive_cost_mode: asks = 'off', cost_warning_usd: warning } = read.values;
  const isLimit = asks !== 'off' && legacyModules[module].asksFromWarningOn;
  const gate = isLimit ? ' Below it the gate at "plan" approves itself.' : '';
  if (typeof warning !== 'number' || warning <= 0) {
    return 'cost_warning_usd: 0; no warning, the cap is held before the money is spent.';
  }
  return settleCosts(read).warnAtUsd === undefined
    ? `cost_warning_usd: above the cap, which stops the run before; no warning.${gate}`
    : `cost_warning_usd: costs.warnAtUsd says so once.${gate}`;
}
