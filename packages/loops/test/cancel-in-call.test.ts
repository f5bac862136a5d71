import { LlmError, type LlmCall, MemoryJournal, type RunContext } from '@jarvis/core';
import { FixedClock, ScriptedLlmClient, testRunContext } from '@jarvis/core/testing';
import { JarvisOrchestrator, readRunRecords } from '@jarvis/loops';
import { describe, expect, it } from 'vitest';

import { scriptTeam } from './team.ts';

const task = 'Build a page about knots';

/** A run that is being driven, under a clock that stands still until the test moves it. */
function startRun(llm: ScriptedLlmClient, overrides: Partial<RunContext> = {}) {
  const journal = new MemoryJournal();
  const clock = new FixedClock();
  const context = testRunContext({ journal, clock, llm, ...overrides });
  const jarvis = new JarvisOrchestrator({ mode: 'SIMPLE_2LOOP', context });
  let isOver = false;
  const result = jarvis.run({ task }).finally(() => (isOver = true));
  const cancel = async () => {
    await clock.advance(0);
    const [runId = ''] = await journal.listRuns();
    return jarvis.cancel(runId);
  };
  return { journal, clock, result, cancel, isOver: () => isOver };
}

/** Answers the plan when the test says so, or never. */
function holdAnswer() {
  const held = Promise.withResolvers<undefined>();
  const team = scriptTeam();
  const calls: LlmCall[] = [];
  const llm = new ScriptedLlmClient(async (request, call) => {
    calls.push(call);
    await held.promise;
    return team(request);
  });
  const letGo = () => {
    held.resolve(undefined);
  };
  return { llm, letGo, calls };
}

describe('a run that is cancelled while a call is in flight', () => {
  it('F48: has the answer that comes within ten seconds written down and paid, and starts nothing else', async () => {
    const { llm, letGo } = holdAnswer();
    const { journal, clock, result, cancel } = startRun(llm);

    const asked = await cancel();
    await clock.advance(9_000);
    letGo();
    const { runId, ...end } = await result;
    const records = await readRunRecords(journal, runId);

    expect(asked).toBe('requested');
    expect(end).toMatchObject({ status: 'cancelled', cost: { calls: 1, inDoubtCalls: 0 } });
    expect(records.filter(({ type }) => type === 'step.finished')).not.toEqual([]);
    expect(llm.requests).toHaveLength(1);
  });

  it('F48: leaves a call that hangs after ten seconds, in doubt with what was set aside for it', async () => {
    const { llm, calls } = holdAnswer();
    const { clock, result, cancel, isOver } = startRun(llm);

    await cancel();
    await clock.advance(10_900);
    const wasOver = isOver();
    await clock.advance(200);
    const end = await result;

    expect(wasOver).toBe(false);
    expect(end).toMatchObject({ status: 'cancelled', cost: { calls: 0, inDoubtCalls: 1 } });
    expect(end.cost.inDoubtUsd).toBeGreaterThan(0);
    expect(calls[0]?.signal.aborted).toBe(true);
    expect(clock.pendingSleeps).toBe(0);
  });

  it('F48: is cancelled once when it is cancelled twice, also between the two looks', async () => {
    const { llm } = holdAnswer();
    const { journal, clock, result, cancel } = startRun(llm);

    const asked = [await cancel(), await cancel()];
    await clock.advance(5_000);
    asked.push(await cancel());
    await clock.advance(7_000);
    const { runId, status } = await result;
    const types = (await readRunRecords(journal, runId)).map(({ type }) => type);

    expect(asked).toEqual(['requested', 'requested', 'requested']);
    expect(status).toBe('cancelled');
    expect(types.filter((type) => type === 'run.cancelled')).toHaveLength(1);
    expect(types.filter((type) => type === 'run.ended')).toHaveLength(1);
    await expect(cancel()).resolves.toBe('over');
  });
});

describe('a run that is cancelled while it waits to ask again', () => {
  it('F48: ends at once, and asks no more', async () => {
    const busy = new LlmError({
      reason: 'rate_limited',
      seen: 'HTTP 429',
      retryAfterMs: 60_000,
      mayBeCharged: false,
    });
    const llm = new ScriptedLlmClient([busy]);
    const { clock, result, cancel } = startRun(llm);

    await cancel();
    await clock.advance(1_000);
    const end = await result;

    expect(end).toMatchObject({ status: 'cancelled', cost: { spentUsd: 0, calls: 0, inDoubtCalls: 0 } });
    expect(llm.requests).toHaveLength(1);
    expect(clock.pendingSleeps).toBe(0);
  });
});

describe('looking for a wish to cancel', () => {
  it('goes on when the journal is busy for a moment', async () => {
    class BusyJournal extends MemoryJournal {
      isBusy = false;

      override readInbox(runId: string) {
        return this.isBusy ? Promise.reject(new Error('busy')) : super.readInbox(runId);
      }
    }
    const { llm } = holdAnswer();
    const journal = new BusyJournal();
    const { clock, result } = startRun(llm, { journal });
    await clock.advance(0);
    const [runId = ''] = await journal.listRuns();
    await journal.post({ runId, id: 'cancel-1', body: '{"type":"cancel"}', atMs: 0 });

    journal.isBusy = true;
    await clock.advance(3_000);
    journal.isBusy = false;
    await clock.advance(11_000);

    await expect(result).resolves.toMatchObject({ status: 'cancelled' });
  });

  it('leaves nothing behind when the answer comes', async () => {
    const { clock, result } = startRun(new ScriptedLlmClient(scriptTeam()));

    const end = await result;

    expect(end).toMatchObject({ status: 'done' });
    expect(clock.pendingSleeps).toBe(0);
  });
});
