import { describe, expect, it } from 'vitest';

import { simulateModule } from '../reference/simulate-module.ts';
import type { ScenarioFile } from '../scenario/scenario-file.ts';
import { makeScenario } from '../testing/make-scenario.ts';
import { loadOwnRules, readOwnScenario } from '../testing/read-own-scenarios.ts';
import { toBaselineCase } from './baseline-case.ts';
import { judgeCase } from './judge-case.ts';
import {
  findOverWideRules,
  findRedundantRules,
  findUnusedRules,
  type PlayedScenario,
  reviewRules,
} from './review-rules.ts';
import type { Rule } from './rule-file.ts';

const ALWAYS: Rule['evidence'] = [{ at: '/scenario/id', is: 'string' }];

describe('reviewRules', () => {
  it('tells rules that explained something from those that wait for a mode and those that are of no use', async () => {
    const rules = await loadOwnRules();
    const played = [playByReference(await readOwnScenario('2loop-status-odd-case'), rules)];
    const dead = { name: 'dead.json', file: await readOwnScenario('3loop-one-phase-dead') };

    const reviews = reviewRules(rules, played, [dead]);

    const uses = Object.fromEntries(reviews.map(({ rule, use }) => [rule.name, use]));
    expect(uses).toMatchObject({
      'approval-in-any-case': 'used',
      'dead-call-ends-the-run': 'unproven',
      'secret-is-not-written': 'unused',
    });
    expect(findUnusedRules(reviews).map(({ problem }) => problem)).toContain(
      'rule secret-is-not-written (defect 32) explains nothing; delete it or correct its evidence',
    );
  });
});

describe('findRedundantRules', () => {
  it('finds a field that two rules explain', async () => {
    const rules = await loadOwnRules();
    const twin: Rule = {
      ...find(rules, 'approval-in-any-case'),
      name: 'twin',
      changes: [{ kind: 'follows', at: '/status' }],
    };
    const played = [playByReference(await readOwnScenario('2loop-status-odd-case'), [...rules, twin])];

    const faults = findRedundantRules(played);

    expect(faults).toMatchObject([
      { kind: 'redundant', rules: ['approval-in-any-case', 'twin'], scenario: '2loop-status-odd-case' },
    ]);
  });
});

describe('findOverWideRules', () => {
  it('finds a rule that would explain another task', async () => {
    const changes: Rule['changes'] = [
      { kind: 'replaced', at: '/calls/*/user', recorded: '/scenario/config/task', ours: '/trace/other' },
    ];
    const wide = { ...find(await loadOwnRules(), 'task-as-written'), evidence: ALWAYS, changes };
    const played = playByReference(makeScenario({ trace: { other: 'Make a page!' } }), [wide]);

    const faults = findOverWideRules([wide], [played]);

    expect(faults).toEqual([
      {
        kind: 'over-wide',
        rules: ['task-as-written'],
        scenario: 'made',
        problem: 'nobody would notice that call 1 has another text (task-as-written)',
      },
    ]);
  });

  it('finds nothing to complain about in the rules of this repository', async () => {
    const rules = await loadOwnRules();
    const played = [
      playByReference(await readOwnScenario('2loop-as-is-crash'), rules),
      playByReference(await readOwnScenario('2loop-files-list'), rules),
    ];

    expect(played.map(({ verdict }) => verdict.verdict)).toEqual(['intended', 'intended']);
    expect(findOverWideRules(rules, played)).toEqual([]);
  });
});

/** A run that went exactly as the script leads to, without playing it. */
function playByReference(file: ScenarioFile, rules: readonly Rule[]): PlayedScenario {
  const { observation } = simulateModule(file.scenario);
  const our = { observation, systemBytes: {} };
  const verdict = judgeCase(toBaselineCase(file, our), rules);
  return { scenario: { name: file.scenario.id, file }, our, verdict };
}

function find(rules: readonly Rule[], name: string): Rule {
  const rule = rules.find((candidate) => candidate.name === name);
  if (rule === undefined) throw new Error(`there is no rule ${name}`);
  return rule;
}
