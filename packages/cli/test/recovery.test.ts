import { readFileSync } from 'node:fs';

import { llmErrorReasons, type ModeName, modeNames } from '@jarvis/core';
import { answerProblems } from '@jarvis/loops';
import { describe, expect, it } from 'vitest';

import { exitCodeOfStatus } from '../src/exit-codes.ts';
import { type FaultyRun, type Outcome, runWithFault } from './faulty-server.ts';
import { type Consequence, type RecoveryCase, recoveryCases } from './recovery-cases.ts';
import { LARGE_TASK, type Purpose } from './served-team.ts';

const document = readFileSync(new URL('../../../docs/reference/recovery.md', import.meta.url), 'utf8');

const everyQuestion: readonly Purpose[] = ['plan', 'split', 'work', 'audit', 'decide', 'review'];

/** What is asked for in each mode; the last one is given a task for which it chooses stages. */
const modes: Readonly<Record<ModeName, readonly Purpose[]>> = {
  SIMPLE_2LOOP: ['plan', 'work', 'review'],
  LEGACY_3LOOP: ['plan', 'split', 'work', 'review'],
  PHASE3: everyQuestion,
  CONTEXT_AWARE: everyQuestion,
};

const everyPlace = modeNames.flatMap((mode) => modes[mode].map((purpose) => ({ mode, purpose })));

const everyCase = recoveryCases.flatMap((each) => everyPlace.map((place) => ({ ...each, ...place })));

const twoPlaces = recoveryCases.flatMap((each) => [
  { ...each, mode: 'SIMPLE_2LOOP' as const },
  { ...each, mode: 'PHASE3' as const },
]);

type Place = Pick<FaultyRun, 'mode' | 'purpose'>;

function expectedAt({ mode, purpose }: Place, { run, stage }: RecoveryCase): Consequence {
  const hasStages = mode === 'PHASE3' || mode === 'CONTEXT_AWARE';
  return hasStages && (purpose === 'work' || purpose === 'audit') ? stage : run;
}

/** Runs the large task in the mode that chooses by it. */
function runCase(run: FaultyRun): Promise<Outcome> {
  return runWithFault({ ...run, ...(run.mode === 'CONTEXT_AWARE' ? { task: LARGE_TASK } : {}) });
}

describe('F32, F34, F39 and F40: a question that goes wrong for ever', () => {
  it.each(everyCase)(
    '$problem at $purpose in $mode: has the consequence it is said to have',
    async (each) => {
      const { mode, purpose, fault } = each;

      await using outcome = await runCase({ mode, purpose, fault });

      const { result, asked } = outcome;
      const command = result.nextCommand?.replace('jarvis ', '').replace(` ${result.runId}`, '');
      const { requests, next, exit, ...stop } = expectedAt(each, each);
      expect(result).toMatchObject(stop);
      expect(command ?? '-').toBe(next);
      expect(exitCodeOfStatus(result.status)).toBe(exit);
      expect(asked.filter((question) => question === purpose)).toHaveLength(requests);
      expect(result.message).not.toBe('');
      expect(result.cost.spentUsd).toBeLessThanOrEqual(1);
      expect(result.cost.inDoubtCalls).toBe(0);
    },
  );
});

describe('a question that goes wrong once', () => {
  it.each(twoPlaces)('$problem at work in $mode: goes on where asking again helps', async (each) => {
    const { mode, fault, onceIsNothing } = each;

    await using outcome = await runCase({ mode, purpose: 'work', fault, times: 1 });

    const isUnusable = each.run.next === '-';
    const isSurvived = onceIsNothing || (mode === 'PHASE3' && isUnusable);
    expect(outcome.result).toMatchObject(
      isSurvived ? { status: 'done', reason: 'approved' } : { status: each.run.status, reason: each.problem },
    );
  });
});

describe('a model that stands in', () => {
  it.each(recoveryCases)('after $problem: is asked where another model may help', async (each) => {
    const { fault, fallsBack, run } = each;

    await using outcome = await runCase({
      mode: 'SIMPLE_2LOOP',
      purpose: 'work',
      fault,
      standIn: 'gpt-5-mini',
    });

    expect(outcome.result.status).toBe(fallsBack ? 'done' : run.status);
    expect(outcome.result.cost.lines.some(({ model }) => model === 'gpt-5-mini')).toBe(fallsBack);
  });
});

describe('the next command', () => {
  it.each(twoPlaces.filter(({ run }) => run.next !== '-'))(
    'after $problem in $mode: comes to the end once the server answers, and buys nothing again',
    async ({ mode, fault }) => {
      await using outcome = await runCase({ mode, purpose: 'work', fault });
      const before = outcome.asked.length;

      const resumed = await outcome.resume();

      const rest = outcome.asked.slice(before);
      expect(resumed).toMatchObject({ status: 'done', reason: 'approved' });
      expect(rest[0]).toBe('work');
      expect(rest.filter((purpose) => purpose === 'plan' || purpose === 'split')).toEqual([]);
    },
  );
});

describe('docs/reference/recovery.md', () => {
  it('shows the consequences that are tested here', () => {
    const rows = [...document.matchAll(/^\| `.*$/gmu)].map(([line]) => line.replaceAll(/\s+/gu, ' ').trim());

    expect(rows).toEqual([
      ...recoveryCases.map((each) => renderRow(each)),
      ...recoveryCases.map(({ problem, stage }) => `| \`${problem}\` | ${renderStop(stage)} |`),
    ]);
  });

  it('leaves out no way in which an exchange can fail or an answer be of no use', () => {
    expect(recoveryCases.map(({ problem }) => problem).sort()).toEqual(
      [...llmErrorReasons, ...answerProblems].sort(),
    );
  });
});

function renderRow({ problem, onceIsNothing, fallsBack, run }: RecoveryCase): string {
  const cells = [`\`${problem}\``, onceIsNothing ? 'asked again' : 'the same', fallsBack ? 'yes' : 'no'];
  return `| ${cells.join(' | ')} | ${renderStop(run)} |`;
}

function renderStop({ requests, status, reason, exit, next }: Consequence): string {
  const command = next === '-' ? '-' : `\`${next}\``;
  return [String(requests), `\`${status}\``, `\`${reason}\``, String(exit), command].join(' | ');
}
