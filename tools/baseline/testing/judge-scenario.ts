import type { Dialect } from '@jarvis/loops';

import { type LegacyModule, legacyModules } from '../play/legacy-modules.ts';
import { playScenario } from '../play/play-scenario.ts';
import { type OurRun, toBaselineCase } from '../rules/baseline-case.ts';
import { type CaseVerdict, judgeCase } from '../rules/judge-case.ts';
import { findOverWideRules } from '../rules/review-rules.ts';
import type { ScenarioFile } from '../scenario/scenario-file.ts';
import { loadOwnRules } from './read-own-scenarios.ts';

/** A verdict in a form that is easy to compare: fields that nothing explains, and the defects that explain the rest. */
export interface ShortVerdict {
  readonly verdict: CaseVerdict['verdict'];
  readonly defects: readonly number[];
  readonly unexplained: readonly string[];
  /** Faults that could be put into what was observed without anybody noticing. */
  readonly unnoticed: readonly string[];
}

/** Plays a scenario, if wanted with another dialect or other words for its end, and judges it by the rules of this repository. */
export async function judgeScenario(
  file: ScenarioFile,
  dialect?: Dialect,
  toStatus?: LegacyModule['toStatus'],
): Promise<ShortVerdict> {
  const our = await play(file, {
    ...(dialect === undefined ? {} : { dialectOf: () => dialect }),
    ...(toStatus === undefined ? {} : { toStatus }),
  });
  const rules = await loadOwnRules();
  const verdict = judgeCase(toBaselineCase(file, our), rules);
  const unexplained = verdict.differences.filter((difference) => difference.rules.length === 0);
  const overWide = findOverWideRules(rules, [{ scenario: { name: file.scenario.id, file }, our, verdict }]);
  return {
    verdict: verdict.verdict,
    defects: verdict.defects,
    unexplained: unexplained.map(({ path }) => path),
    unnoticed: overWide.map(({ problem }) => problem),
  };
}

async function play({ scenario }: ScenarioFile, changes: Partial<LegacyModule>): Promise<OurRun> {
  const module = legacyModules[scenario.orchestrator];
  if (module === undefined) throw new Error(`nothing stands in for ${scenario.orchestrator}`);
  const outcome = await playScenario(scenario, { ...module, ...changes });
  if (outcome.type === 'broken') throw new Error(outcome.problem);
  return outcome.our;
}
