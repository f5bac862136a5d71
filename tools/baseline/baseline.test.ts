import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';

import { beforeAll, describe, expect, it } from 'vitest';

import { type BaselineReport, exitCodeOf } from './report/baseline-report.ts';
import { runBaseline } from './run-baseline.ts';
import { loadOwnRules, ownFolder } from './testing/read-own-scenarios.ts';

describe('the recorded runs of the predecessor', () => {
  let report: BaselineReport;

  beforeAll(async () => {
    report = await runBaseline({
      folder: ownFolder,
      rules: await loadOwnRules(),
      isStrict: true,
      onScenario: () => undefined,
    });
  }, 120_000);

  it('are equal or different as intended, every one of them', () => {
    expect(report.scenarios.map(({ id, verdict, defects }) => [id, verdict, ...defects].join(' '))).toEqual([
      '2loop-approve-first equal',
      '2loop-approve-second-git equal',
      '2loop-as-is-crash intended 1',
      '2loop-cost-warning-then-cap intended 3 33',
      '2loop-empty-files-no-status equal',
      '2loop-files-list intended 8 35',
      '2loop-injection-sanitised intended 9',
      '2loop-interactive-no equal',
      '2loop-invalid-escapes equal',
      '2loop-never-approved-5-rounds equal',
      '2loop-retry-then-fenced equal',
      '2loop-secret-blocked intended 5 32',
      '2loop-status-odd-case intended 7',
      '3loop-approve-first-two-phases equal',
      '3loop-cost-cap-iteration intended 33',
      '3loop-injection-not-checked equal',
      '3loop-interactive-no intended 13',
      '3loop-interactive-yes-visual equal',
      '3loop-never-approved-git equal',
      '3loop-one-phase-dead intended 34',
      '3loop-phases-empty equal',
      '3loop-safety-fails-on-final intended 11',
      '3loop-safety-off equal',
      'orchestrator-api-check-401 intended 31',
      'orchestrator-approved-still-failed intended 27 28 29 31',
      'orchestrator-employee-dead intended 26 30 31',
      'orchestrator-injection-blocked equal',
      'orchestrator-safety-off-approved intended 26 28 29 31',
      'phase3-cap-after-last-stage intended 22 33',
      'phase3-cap-in-planning equal',
      'phase3-cap-mid-stages intended 33',
      'phase3-clean-audit-still-regression equal',
      'phase3-finding-string intended 24 35',
      'phase3-findings-then-clean equal',
      'phase3-git-on intended 21',
      'phase3-interactive-below-warning equal',
      'phase3-max-audits equal',
      'phase3-phases-empty equal',
      'phase3-regression-reopen equal',
      'phase3-zero-findings equal',
    ]);
    expect(exitCodeOf(report)).toBe(0);
  });

  it('need every rule, and no rule would hide a fault that is put into what was observed', () => {
    const { faults, rules } = report;

    expect(faults).toEqual([]);
    expect(rules.filter(({ use }) => use === 'unproven').map(({ name }) => name)).toEqual([
      'dead-stage-is-put-off',
      'unusable-answer-has-a-status',
      'permanent-error-is-sent-once',
    ]);
  });

  it('leave nothing behind', async () => {
    const left = (await readdir(tmpdir())).filter((name) =>
      name.startsWith(`jarvis-baseline-${String(process.pid)}-`),
    );

    expect(left).toEqual([]);
  });
});
