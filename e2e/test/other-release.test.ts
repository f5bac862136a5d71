import { describe, expect, inject, it } from 'vitest';

import { openBench } from '../src/fault-bench.ts';

const folder = inject('installed');

const OTHER_WORDS = 'You are the manager. You plan; another release says it in these words.';

const routing = [{ when: { purpose: 'work' }, model: 'gpt-4.1-nano', because: 'Knots are easy.' }];

describe('a run that another release began', { concurrent: true }, () => {
  it('F30: goes on with the words, the rules and the cap it was accepted with', async () => {
    await using bench = await openBench(folder, 'other-words', {
      config: {
        models: { manager: 'gpt-4.1-mini', employee: 'gpt-4.1-mini', routing },
        costs: { capUsd: 0.5 },
      },
    });

    await bench.dieAt('model.before-reservation', 1, {
      planPrompt: { version: 1_000, text: OTHER_WORDS },
    });
    const env = { JARVIS_MODEL: 'gpt-4.1', JARVIS_MAX_COST_USD: '0.2' };
    const { code, status, cost } = await bench.resume({ env });

    expect({ code, status }).toEqual({ code: 0, status: 'done' });
    expect(cost).toMatchObject({ capUsd: 0.5, calls: 3, inDoubtCalls: 0 });
    expect(bench.server.requests.map(({ model }) => model)).toEqual([
      'gpt-4.1-mini',
      'gpt-4.1-nano',
      'gpt-4.1-mini',
    ]);
    expect(JSON.stringify(bench.server.requests[0]?.body)).toContain(OTHER_WORDS);
  });

  it('F30: stops before anything is paid when it would ask another question, and goes on with its own release', async () => {
    await using bench = await openBench(folder, 'other-names');
    const planPrompt = { id: 'manager.other-plan' };

    await bench.dieAt('model.answered', 1, { planPrompt });
    const end = await (await bench.startResume()).ended;
    const asked = bench.countRequests();
    const records = await bench.readRecords();
    const own = await bench.resumeInWorker(false, { planPrompt });

    expect(end.code).toBe(8);
    expect(JSON.parse(end.out)).toMatchObject({ error: { code: 'JARVIS_REPLAY_DIVERGED' } });
    expect(end.err).toMatch(/the journal has step "model\.plan" \{"template":"manager\.other-plan@\d+"/u);
    expect(end.err).toMatch(
      /but "model\.plan" \{"template":"manager\.plan@\d+".* was asked for\. Nothing was paid/u,
    );
    expect(asked).toEqual([1]);
    expect(records.filter(({ type }) => type === 'attempt.opened')).toHaveLength(1);
    expect(own).toMatchObject({ status: 'done', cost: { calls: 3, inDoubtCalls: 1 } });
    expect(bench.countRequests()).toEqual([2, 1, 1]);
  });
});
