import type { JarvisOrchestrator, RunRecord } from '@jarvis/loops';

import type { Scenario } from '../scenario/scenario-file.ts';
import type { Ending, LegacyModule } from './legacy-modules.ts';

/** The folders of one play, all of them temporary. */
export interface Folders {
  readonly workspace: string;
  readonly state: string;
  readonly home: string;
}

/** Where a scenario is played. */
export interface Place {
  readonly folders: Folders;
  /** Of the fake server. */
  readonly baseUrl: string;
}

/** What a run left to be looked at. */
export interface Performance {
  readonly result: Ending;
  readonly records: readonly RunRecord[];
  /** The answers on the console that somebody asked for. */
  readonly inputs: readonly { readonly answer: string }[];
}

/** A way to run what a scenario describes. */
export type Performer = (place: Place, scenario: Scenario, module: LegacyModule) => Promise<Performance>;

/** Any key will do for the fake server. */
export const KEY = 'sk-baseline';

/** Whoever is asked says what was answered on the console, and the run goes on, to its end or until nobody answers. */
export async function answerGates(
  jarvis: JarvisOrchestrator,
  first: Ending,
  { inputs, yes }: Pick<Scenario, 'inputs'> & Pick<LegacyModule, 'yes'>,
): Promise<Pick<Performance, 'result' | 'inputs'>> {
  let result: Ending = first;
  const answered: { readonly answer: string }[] = [];
  for (const answer of inputs) {
    if (result.reason !== 'gate_waiting') break;
    answered.push({ answer });
    const verdict = { by: 'user' };
    if (yes.includes(answer.trim().toLowerCase())) await jarvis.approve(result.runId, verdict);
    else await jarvis.reject(result.runId, verdict);
    result = await jarvis.resume(result.runId);
  }
  return { result, inputs: answered };
}
