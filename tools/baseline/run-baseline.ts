import { findMissingFeature } from './play/find-missing-feature.ts';
import { legacyModules } from './play/legacy-modules.ts';
import { performInMode } from './play/perform-in-mode.ts';
import type { Performer } from './play/performance.ts';
import { playScenario } from './play/play-scenario.ts';
import type { BaselineReport, ScenarioReport } from './report/baseline-report.ts';
import { toBaselineCase } from './rules/baseline-case.ts';
import { judgeCase } from './rules/judge-case.ts';
import {
  findOverWideRules,
  findRedundantRules,
  findUnusedRules,
  type PlayedScenario,
  reviewRules,
  type RuleFault,
} from './rules/review-rules.ts';
import type { Rule } from './rules/rule-file.ts';
import { type NamedScenario, readScenarioFolder } from './scenario/read-folder.ts';

/** What to play, and how strictly the rules are looked at. */
export interface BaselineOptions {
  readonly folder: string;
  readonly rules: readonly Rule[];
  /** How a scenario is run. Default: in the mode that stands in for its module. */
  readonly perform?: Performer;
  /** Whether rules that explain nothing, or what another one explains too, are faults. */
  readonly isStrict: boolean;
  /** Told each verdict as soon as it is known. */
  readonly onScenario: (report: ScenarioReport) => void;
}

interface Outcome {
  readonly report: ScenarioReport;
  /** Left out when the scenario was not played to its end. */
  readonly played?: PlayedScenario;
}

/** Plays every scenario of a folder, one after the other, and compares each run with the recorded one. */
export async function runBaseline({
  folder,
  rules,
  perform = performInMode,
  isStrict,
  onScenario,
}: BaselineOptions): Promise<BaselineReport> {
  const { scenarios, unreadable } = await readScenarioFolder(folder);
  const outcomes: Outcome[] = [];
  for (const scenario of scenarios) {
    const outcome = await playAndJudge(scenario, rules, perform);
    outcomes.push(outcome);
    onScenario(outcome.report);
  }
  const played = outcomes.flatMap((outcome) => outcome.played ?? []);
  const unplayed = scenarios.filter(({ name }) => !played.some(({ scenario }) => scenario.name === name));
  const reviews = reviewRules(rules, played, unplayed);
  const doubts = [...findUnusedRules(reviews), ...findRedundantRules(played)];
  const faults: readonly RuleFault[] = [...findOverWideRules(rules, played), ...(isStrict ? doubts : [])];
  return {
    version: 1,
    folder,
    scenarios: outcomes.map(({ report }) => report),
    unreadable,
    rules: reviews.map(({ rule, use, explained }) => ({
      name: rule.name,
      defect: rule.defect,
      use,
      explained,
    })),
    faults,
    doubts: isStrict ? [] : doubts,
  };
}

async function playAndJudge(
  scenario: NamedScenario,
  rules: readonly Rule[],
  perform: Performer,
): Promise<Outcome> {
  const { name, file } = scenario;
  const head = { name, id: file.scenario.id, module: file.scenario.orchestrator };
  const missing = findMissingFeature(file);
  const module = legacyModules[file.scenario.orchestrator];
  if (missing !== undefined || module === undefined) {
    return {
      report: {
        ...head,
        verdict: 'not supported yet',
        defects: [],
        note: `needs ${missing ?? head.module}`,
        differences: [],
      },
    };
  }
  const play = await playScenario(file.scenario, module, perform);
  if (play.type === 'broken') {
    return { report: { ...head, verdict: 'difference', defects: [], note: play.problem, differences: [] } };
  }
  const verdict = judgeCase(toBaselineCase(file, play.our), rules);
  const differences = verdict.differences.map(({ path, recorded, ours, expected, rules: explaining }) => {
    return { path, recorded, ours, expected, explainedBy: explaining.map((rule) => rule.name) };
  });
  const note =
    play.unstatedUsd === 0
      ? {}
      : { note: `set aside without a statement of the server: $${play.unstatedUsd.toFixed(6)}` };
  return {
    report: { ...head, verdict: verdict.verdict, defects: verdict.defects, ...note, differences },
    played: { scenario, our: play.our, verdict },
  };
}
