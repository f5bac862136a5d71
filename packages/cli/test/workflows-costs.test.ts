import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { defaultPriceTable, type ModeName } from '@jarvis/core';
import type { RunRecord } from '@jarvis/loops';
import { beforeEach, describe, expect, it } from 'vitest';

import { CommandLine } from './command-line.ts';
import { briefOf, content, type Exception, purposeOf } from './served-team.ts';
import { runWorkflow } from './workflow.ts';

let shell: CommandLine;

beforeEach(() => {
  shell = new CommandLine();
  return () => shell.remove();
});

const modes: readonly ModeName[] = ['SIMPLE_2LOOP', 'LEGACY_3LOOP', 'PHASE3', 'CONTEXT_AWARE'];

const MODELS = { manager: 'gpt-4.1', supervisor: 'gpt-4o-mini', employee: 'gpt-4.1-mini' };

/** One exchange as the server would put it on its bill. */
interface Billed {
  readonly model: string;
  readonly stage: string;
  readonly usd: number;
}

/** A server that counts other tokens each time, a part of them cached, and writes its own bill. */
function billing(): { readonly bill: readonly Billed[]; readonly exception: Exception } {
  const bill: Billed[] = [];
  const exception: Exception = ({ request }) => {
    const { model, n } = request;
    const usage = { promptTokens: 200 + 17 * n, completionTokens: 40 + 3 * n, cachedTokens: 10 * n };
    const { input = 0, cachedInput = 0, output = 0 } = defaultPriceTable.models[model] ?? {};
    const plain = usage.promptTokens - usage.cachedTokens;
    const millionths = plain * input + usage.cachedTokens * cachedInput + usage.completionTokens * output;
    bill.push({ model, stage: briefOf(request).stage?.name.toLowerCase() ?? '', usd: millionths / 1e6 });
    return { type: 'json', content: content[purposeOf(request)](briefOf(request)), usage };
  };
  return { bill, exception };
}

function sumOf(bill: readonly Billed[]): number {
  return bill.reduce((sum, { usd }) => sum + usd, 0);
}

function configure(): readonly string[] {
  const file = join(shell.root, 'own.json');
  writeFileSync(file, JSON.stringify({ models: MODELS }));
  return ['--config', file];
}

/** What was booked for calls that concern a stage, by the records of the run. */
function bookedAt(records: readonly RunRecord[], stage: string): number {
  const attempts = records.flatMap((record) =>
    record.type === 'attempt.opened' && record.data.stage === stage ? [record.data.attemptId] : [],
  );
  const booked = records.flatMap((record) =>
    record.type === 'attempt.closed' && attempts.includes(record.data.attemptId)
      ? [record.data.ending.bookedNanoUsd]
      : [],
  );
  return booked.reduce((sum, nanoUsd) => sum + nanoUsd, 0) / 1e9;
}

/** The place of the question to the manager among those of an adaptive run: plan, split, work, audit, decide. */
const DECISION = 4;

/** Each call is rounded up to a billionth of a dollar. */
const DIGITS = 7;

describe('what a run costs', () => {
  it.each(modes)(
    'is in %s what the server has counted, at the prices of the models, role by role',
    async (mode) => {
      const { bill, exception } = billing();

      const { shown, requests } = await runWorkflow(shell, {
        flags: ['--mode', mode, ...configure()],
        exception,
      });

      const { cost } = shown;
      expect(cost.calls).toBe(requests.length);
      expect(bill).toHaveLength(requests.length);
      expect(cost.spentUsd).toBeCloseTo(sumOf(bill), DIGITS);
      for (const [role, model] of Object.entries(MODELS)) {
        const lines = cost.lines.filter((line) => line.role === role);
        const expected = bill.filter((each) => each.model === model);
        expect(lines.reduce((sum, { calls }) => sum + calls, 0)).toBe(expected.length);
        expect(lines.reduce((sum, { usd }) => sum + usd, 0)).toBeCloseTo(sumOf(expected), DIGITS);
      }
    },
  );

  it('is known for each stage', async () => {
    const { bill, exception } = billing();

    const { records } = await runWorkflow(shell, {
      flags: ['--mode', 'PHASE3', ...configure()],
      exception,
    });

    const decision = bill.filter((_each, index) => index === DECISION);
    const billedAt = (stage: string) => bill.filter((each) => each.stage === stage);
    expect(billedAt('page')).toHaveLength(2);
    expect(billedAt('notes')).toHaveLength(2);
    // Whether the roadmap changes is asked while the page is at work; the review is of everything.
    expect(bookedAt(records, 'page')).toBeCloseTo(sumOf([...billedAt('page'), ...decision]), DIGITS);
    expect(bookedAt(records, 'notes')).toBeCloseTo(sumOf(billedAt('notes')), DIGITS);
  });

  it.each(modes)('stays in %s under the cap, and a higher one lets the run come to its end', async (mode) => {
    const { bill, exception } = billing();

    const run = await runWorkflow(shell, {
      flags: ['--mode', mode, '--max-cost', '0.03', '--model', 'gpt-4.1'],
      exception,
      resume: ['--max-cost', '2'],
    });

    const { shown, code, resumed } = run;
    expect({ code, reason: shown.stop.reason }).toEqual({ code: 4, reason: 'budget' });
    expect(shown.cost.spentUsd).toBeLessThanOrEqual(0.03);
    expect(shown.nextCommand).toContain('--max-cost');
    expect(resumed).toMatchObject({ code: 0, shown: { status: 'done' } });
    expect(resumed?.shown.cost.spentUsd).toBeCloseTo(sumOf(bill), DIGITS);
  });
});
