import { isProbe } from '../compare/is-probe.ts';
import type { Observation } from '../compare/observation.ts';
import { toRecordedObservation } from '../compare/recorded-observation.ts';
import { CHARGED_NANO_USD, sumCost } from '../reference/charged-cost.ts';
import type { Simulation } from '../reference/reference-run.ts';
import { simulateModule } from '../reference/simulate-module.ts';
import { isLegacyRole, type ScenarioFile } from '../scenario/scenario-file.ts';
import { listRecordedAnswers, type RecordedAnswer } from './recorded-answers.ts';

/** What a run of ours left to be compared. */
export interface OurRun {
  readonly observation: Observation;
  /** The size of the instructions each role was given, in bytes. */
  readonly systemBytes: Readonly<Record<string, number | undefined>>;
}

/** A recorded run and ours, side by side. */
export interface BaselineCase {
  readonly recorded: Observation;
  readonly ours: Observation;
  /** What the script leads to; cut where ours ended, if ours had no money left. */
  readonly expected: Simulation;
  /** What the evidence of rules looks at. */
  readonly document: unknown;
}

const NANO_PER_USD = 1e9;
const BYTES_PER_MESSAGE = 32;

/** The least output that is set aside for a call, in tokens: a shorter answer is of no use. */
const LEAST_OUTPUT = 256;

/** Puts a scenario and our run of it side by side. */
export function toBaselineCase(file: ScenarioFile, our: OurRun): BaselineCase {
  const { scenario, trace } = file;
  const { observation: ours } = our;
  const mayGoOn = couldPayForMore(file, our);
  return {
    recorded: toRecordedObservation(trace),
    ours,
    // Only a run that is out of money may stop before the script is at its end.
    expected: simulateModule(scenario, mayGoOn ? Infinity : ours.calls.length),
    document: { ...toDocument(file), ours: { couldPayForMore: mayGoOn } },
  };
}

/** What rules may look at in a scenario. */
export interface ScenarioDocument extends Pick<ScenarioFile, 'scenario' | 'trace'> {
  readonly answers: readonly RecordedAnswer[];
  readonly lastAnswer: RecordedAnswer | null;
}

/** What is known of a scenario before it is played: enough to see whether a rule may ever be of use. */
export function toDocument(file: ScenarioFile): ScenarioDocument {
  const { scenario, trace } = file;
  const answers = listRecordedAnswers(file);
  return { scenario, trace, answers, lastAnswer: answers.at(-1) ?? null };
}

/**
 * Whether the money that was left would have paid for the next recorded call, every byte sent taken for a token and
 * the least output set aside. A run that stops although it could pay for more was not stopped by the cap.
 */
function couldPayForMore({ scenario, trace }: ScenarioFile, { observation, systemBytes }: OurRun): boolean {
  const cap = Number(scenario.config['max_cost_usd'] ?? 0);
  const recorded = trace.calls.filter((call) => !isProbe(call));
  const next = recorded[observation.calls.length] ?? recorded.at(-1);
  if (cap === 0 || next === undefined) return true;
  const instructions = (isLegacyRole(next.role) ? systemBytes[next.role] : undefined) ?? next.system.length;
  const sent = instructions + Buffer.byteLength(JSON.stringify(next.user)) + 2 * BYTES_PER_MESSAGE;
  const needed = sent * CHARGED_NANO_USD.input + LEAST_OUTPUT * CHARGED_NANO_USD.output;
  return cap * NANO_PER_USD - sumCost(observation.calls).usd * NANO_PER_USD >= needed;
}
