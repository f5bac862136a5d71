import { describe, expect, it } from 'vitest';

import { type BaselineReport, exitCodeOf, type ScenarioReport } from './baseline-report.ts';
import { renderScenario, renderSummary } from './render-report.ts';

const equal: ScenarioReport = {
  name: 'a.json',
  id: 'a',
  module: 'orchestrator_2loop',
  verdict: 'equal',
  defects: [],
  differences: [],
};
const difference = {
  path: '/status',
  recorded: 'approved',
  ours: null,
  expected: 'approved',
  explainedBy: [],
};
const report: BaselineReport = {
  version: 1,
  folder: 'scenarios',
  scenarios: [equal],
  unreadable: [],
  rules: [],
  faults: [],
  doubts: [],
};

describe('renderScenario', () => {
  it.each<[Partial<ScenarioReport>, string]>([
    [{}, 'a.json: equal'],
    [{ verdict: 'intended', defects: [3, 33] }, 'a.json: intended (defect 3, 33)'],
    [{ verdict: 'not supported yet', note: 'needs gates' }, 'a.json: not supported yet; needs gates'],
  ])('says in one line what became of a scenario: %j', (outcome, line) => {
    expect(renderScenario({ ...equal, ...outcome })).toBe(line);
  });

  it('shows each field that nothing explains, and no other', () => {
    const explained = { ...difference, path: '/requests', explainedBy: ['cap-is-kept'] };

    const text = renderScenario({ ...equal, verdict: 'difference', differences: [difference, explained] });

    expect(text).toBe(
      'a.json: difference\n  /status\n    recorded "approved"\n    ours     null\n    expected "approved"',
    );
  });

  it('cuts long values and shows nothing a terminal would act on', () => {
    const hostile = { ...difference, recorded: undefined, ours: `\u001b[2J${'x'.repeat(500)}` };

    const text = renderScenario({
      ...equal,
      name: 'a\u001b.json',
      verdict: 'difference',
      differences: [hostile],
    });

    expect(text).not.toContain('\u001b');
    expect(text).toContain('recorded nothing');
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThan(200);
  });
});

describe('renderSummary', () => {
  it('counts the verdicts of each old module', () => {
    const other: ScenarioReport = { ...equal, module: 'orchestrator', verdict: 'difference' };

    const intended: ScenarioReport = { ...equal, verdict: 'intended', defects: [33, 3] };

    const text = renderSummary({ ...report, scenarios: [equal, intended, other] });

    expect(text.trim().split('\n')).toEqual([
      'old module          equal  intended  difference  not supported yet  defects',
      'orchestrator        0      0         1           0',
      'orchestrator_2loop  1      1         0           0                  3, 33',
    ]);
  });

  it('tells what could not be read and what is wrong with the rules', () => {
    const fault = { kind: 'unused' as const, rules: ['x'], problem: 'rule x explains nothing' };

    const text = renderSummary({
      ...report,
      unreadable: [{ name: 'b.json', problem: 'not JSON' }],
      rules: [{ name: 'later', defect: 34, use: 'unproven', explained: [] }],
      faults: [{ ...fault, kind: 'over-wide', scenario: 'a.json' }],
      doubts: [fault],
    });

    expect(text).toContain('Unreadable:\n  b.json: not JSON\n');
    expect(text).toContain('Rules at fault:\n  over-wide: a.json: rule x explains nothing\n');
    expect(text).toContain('Rules to look at:\n  unused: rule x explains nothing\n');
    expect(text).toContain('no scenario that was played:\n  later');
  });
});

describe('exitCodeOf', () => {
  it.each<[Partial<BaselineReport>, number]>([
    [{}, 0],
    [{ scenarios: [{ ...equal, verdict: 'not supported yet' }] }, 0],
    [{ scenarios: [{ ...equal, verdict: 'intended' }] }, 0],
    [{ doubts: [{ kind: 'unused', rules: [], problem: 'p' }] }, 0],
    [{ scenarios: [{ ...equal, verdict: 'difference' }] }, 1],
    [{ faults: [{ kind: 'over-wide', rules: [], problem: 'p' }] }, 1],
    [{ unreadable: [{ name: 'b', problem: 'p' }], scenarios: [{ ...equal, verdict: 'difference' }] }, 2],
  ])('%j: %i', (outcome, code) => {
    expect(exitCodeOf({ ...report, ...outcome })).toBe(code);
  });
});
