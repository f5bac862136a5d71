import {
  type ConfigInput,
  type CrashPlace,
  type CrashPoint,
  defaultConfig,
  type Journal,
  LlmError,
  MemoryJournal,
  MemoryReplyCache,
  noCrashPoint,
  type RunContext,
} from '@jarvis/core';
import {
  CrashingCrashPoint,
  FakeGitRepository,
  MemoryWorkspace,
  ScriptedLlmClient,
  testRunContext,
} from '@jarvis/core/testing';
import { JarvisOrchestrator, readRun, readRunRecords } from '@jarvis/loops';
import { describe, expect, it } from 'vitest';

import { scriptTeam } from './team.ts';

const task = 'Build a page about knots';

/** A run's world that outlives its processes, with as many processes as a test needs. */
function createWorld(config: ConfigInput = {}, approves: readonly boolean[] = [true]) {
  let process: CrashPoint = noCrashPoint;
  const crashPoint: CrashPoint = { reach: (place) => process.reach(place) };
  const journal = new MemoryJournal();
  const workspace = new MemoryWorkspace({ crashPoint });
  const git = new FakeGitRepository({ crashPoint });
  const llm = new ScriptedLlmClient(scriptTeam({ approves }));
  const open = (overrides: Partial<RunContext> = {}) =>
    new JarvisOrchestrator({
      context: testRunContext({ journal, workspace, git, llm, ...overrides }),
      config: { mode: 'SIMPLE_2LOOP', ...config },
    });
  const startProcess = async (place?: CrashPlace) => {
    await journal.close(); // the leases of the dead are free
    process = place === undefined ? noCrashPoint : new CrashingCrashPoint({ place });
    return open({ crashPoint: process });
  };
  return { journal, llm, workspace, git, open, startProcess };
}

/** Runs the task in a process that dies, and gives the id of what it left behind. */
async function dieAt(place: CrashPlace, { startProcess, journal }: ReturnType<typeof createWorld>) {
  const process = await startProcess(place);
  await expect(process.run({ task })).rejects.toThrow('Simulated crash');
  return onlyRun(journal);
}

async function onlyRun(journal: Journal): Promise<string> {
  const [runId] = await journal.listRuns();
  return runId ?? expect.fail('there is no run');
}

describe('a step that ends one process after the other', () => {
  it('F15: is not tried a sixth time unasked, and is when it is forced', async () => {
    const world = createWorld();
    const runId = await dieAt('model.answered', world);
    for (let death = 2; death <= 5; death += 1) {
      await expect((await world.startProcess('model.answered')).resume(runId)).rejects.toThrow('crash');
    }
    const jarvis = await world.startProcess();

    const parked = await jarvis.resume(runId);
    const parkedAgain = await jarvis.resume(runId);
    const requestsBefore = world.llm.requests.length;
    const forced = await jarvis.resume(runId, { force: true });

    expect(parked).toMatchObject({
      status: 'parked',
      reason: 'crash_loop',
      errorCode: 'JARVIS_RUN_CRASH_LOOP',
      nextCommand: `jarvis resume ${runId} --force`,
    });
    expect(parked.message).toContain('"model.plan" has ended 5 processes');
    expect(parkedAgain.reason).toBe('crash_loop');
    expect(requestsBefore).toBe(5);
    expect(forced).toMatchObject({ status: 'done', cost: { inDoubtCalls: 5 } });
  });

  it('F14: counts only the deaths it was open in, not those of processes that never came so far', async () => {
    const world = createWorld();
    const runId = await dieAt('model.answered', world);
    for (let death = 0; death < 20; death += 1) {
      const dying = await world.startProcess('model.before-reservation');
      await expect(dying.resume(runId)).rejects.toThrow('crash');
    }

    const result = await (await world.startProcess()).resume(runId);

    expect(result).toMatchObject({ status: 'done', cost: { inDoubtCalls: 1 } });
  });

  it('is not counted when the process was asked to stop', async () => {
    const world = createWorld();
    let asked = 0;
    const stop = new AbortController();
    const failing = new ScriptedLlmClient(() => {
      asked += 1;
      stop.abort();
      throw stop.signal.reason;
    });
    const { runId } = await world.open({ llm: failing, signal: stop.signal }).run({ task });
    for (let time = 0; time < 6; time += 1) {
      const again = new AbortController();
      const stopping = new ScriptedLlmClient(() => {
        asked += 1;
        again.abort();
        throw again.signal.reason;
      });
      await world.open({ llm: stopping, signal: again.signal }).resume(runId);
    }

    const result = await world.open().resume(runId);

    expect(asked).toBe(7);
    expect(result.status).toBe('done');
  });
});

describe('a call whose answer was lost', () => {
  it('F04: is not paid for again unasked when the user wants to be asked', async () => {
    const world = createWorld({ costs: { strictSpend: true } });
    const runId = await dieAt('model.answered', world);
    const jarvis = await world.startProcess();

    const waiting = await jarvis.resume(runId);
    const requestsWhileWaiting = world.llm.requests.length;
    const forced = await jarvis.resume(runId, { force: true });

    expect(waiting).toMatchObject({
      status: 'waiting',
      reason: 'in_doubt',
      errorCode: 'JARVIS_RUN_CALL_IN_DOUBT',
      nextCommand: `jarvis resume ${runId} --force`,
    });
    expect(requestsWhileWaiting).toBe(1);
    expect(forced).toMatchObject({ status: 'done', cost: { inDoubtCalls: 1 } });
    expect(world.llm.requests).toHaveLength(4);
  });

  it('is asked about, too, when the model has no price and nothing limits the cost', async () => {
    const config = { costs: { capUsd: 'unlimited', strictSpend: true } } as const;
    const world = createWorld({ ...config, models: { manager: 'own', employee: 'own' } });
    const runId = await dieAt('model.answered', world);

    const waiting = await (await world.startProcess()).resume(runId);

    expect(waiting).toMatchObject({ status: 'waiting', reason: 'in_doubt' });
  });

  it('is asked about, too, when the answer came too late for a stop', async () => {
    const world = createWorld({ costs: { strictSpend: true } });
    const stop = new AbortController();
    const slow = new ScriptedLlmClient(() => {
      stop.abort();
      throw stop.signal.reason;
    });
    const stopped = await world.open({ llm: slow, signal: stop.signal }).run({ task });

    const waiting = await world.open().resume(stopped.runId);

    expect(stopped.cost.inDoubtCalls).toBe(1);
    expect(waiting).toMatchObject({ status: 'waiting', reason: 'in_doubt' });
    expect(world.llm.requests).toEqual([]);
  });

  it('is asked for again, and shown as in doubt, when the user said nothing', async () => {
    const world = createWorld();
    const runId = await dieAt('model.answered', world);

    const result = await (await world.startProcess()).resume(runId);

    expect(result).toMatchObject({ status: 'done', cost: { inDoubtCalls: 1 } });
  });
});

describe('a model that does not answer', () => {
  it('is replaced by its stand-in', async () => {
    const world = createWorld({ llm: { fallbacks: { 'gpt-4.1-mini': ['gpt-4.1'] } } });
    const team = scriptTeam();
    const llm = new ScriptedLlmClient((request) => {
      if (request.model === 'gpt-4.1') return team(request);
      throw new LlmError({ reason: 'model_not_found', seen: 'HTTP 404', mayBeCharged: false });
    });

    const result = await world.open({ llm }).run({ task });

    expect(result.status).toBe('done');
    expect(result.cost.lines.map(({ model }) => model)).toEqual(['gpt-4.1', 'gpt-4.1']);
  });
});

describe('a cache', () => {
  it('keeps what was of use, and nothing that was not', async () => {
    const replyCache = new MemoryReplyCache();
    const useless = new ScriptedLlmClient(() => 'no JSON at all');
    const failed = await createWorld().open({ llm: useless, replyCache }).run({ task });

    const first = await createWorld().open({ replyCache }).run({ task });
    const second = createWorld();
    const again = await second.open({ replyCache }).run({ task });

    expect([failed.status, first.status, again.status]).toEqual(['failed', 'done', 'done']);
    expect(second.llm.requests).toEqual([]);
  });
});

describe('the cap', () => {
  it('makes a run wait when the user wants to be asked', async () => {
    const { open } = createWorld({ costs: { capUsd: 0.000_01, onCap: 'ask' } });

    const result = await open().run({ task });

    expect(result).toMatchObject({ status: 'waiting', reason: 'budget' });
  });
});

describe('a cap inside the cap', () => {
  it.each([
    {
      what: 'a role',
      costs: { roleCapsUsd: { employee: 0.000_01 } },
      flag: '--max-role-cost employee=<US dollars>',
      raised: { roleCapsUsd: { employee: 1 } },
    },
    {
      what: 'a stage',
      costs: { stageCapUsd: 0.000_01 },
      flag: '--max-stage-cost <US dollars>',
      raised: { stageCapUsd: 1 },
    },
  ])('stops $what before it pays, and goes on when it is raised', async ({ costs, flag, raised }) => {
    const { open, llm } = createWorld({ costs });
    const jarvis = open();

    const stopped = await jarvis.run({ task });
    const asked = llm.requests.map(({ purpose }) => purpose);
    const result = await jarvis.resume(stopped.runId, raised);

    expect(stopped).toMatchObject({
      status: 'stopped',
      reason: 'budget',
      nextCommand: `jarvis resume ${stopped.runId} ${flag}`,
    });
    expect(asked).toEqual(['plan']);
    expect(result.status).toBe('done');
  });
});

describe('the room an answer needs', () => {
  it('is at least what the files of the round before take', async () => {
    const content = `<title>${'long '.repeat(4_000)}</title>`;
    const team = scriptTeam({ work: [[{ path: 'index.html', content }]], approves: [false, true] });
    const llm = new ScriptedLlmClient(team);
    const { open } = createWorld({ loop: { maxRounds: 2 } });

    await open({ llm }).run({ task });

    const least = llm.requests.filter(({ purpose }) => purpose === 'work').map((r) => r.minOutputTokens);
    expect(least).toEqual([4_000, 16_000]);
  });
});

describe('a run that is changed from outside', () => {
  it('goes on with a cap that was raised while it stood still', async () => {
    const { open } = createWorld({ costs: { capUsd: 0.000_01 } });
    const jarvis = open();
    const { runId, reason } = await jarvis.run({ task });

    await jarvis.amend(runId, { capUsd: 2 });
    const result = await jarvis.resume(runId);

    expect(reason).toBe('budget');
    expect(result).toMatchObject({ status: 'done', cost: { capUsd: 2 } });
  });

  it('is not changed when it is resumed with nothing but a way to stop it', async () => {
    const world = createWorld();
    const runId = await dieAt('model.settled', world);
    const jarvis = await world.startProcess();

    const { status } = await jarvis.resume(runId, { signal: new AbortController().signal });
    const records = await readRunRecords(world.journal, runId);

    expect(status).toBe('done');
    expect(records.filter(({ type }) => type === 'run.amended')).toEqual([]);
  });

  it('works more rounds when that is said while it works', async () => {
    const world = createWorld({ loop: { maxRounds: 1 } }, [false, true]);
    const team = scriptTeam({ approves: [false, true] });
    const jarvis = world.open({
      llm: new ScriptedLlmClient(async (request) => {
        if (request.purpose === 'plan') await jarvis.amend(await onlyRun(world.journal), { maxRounds: 2 });
        return team(request);
      }),
    });

    const result = await jarvis.run({ task });

    expect(result).toMatchObject({ status: 'done', reason: 'approved' });
    expect(result.rounds).toHaveLength(2);
  });

  it('is asked other models from the next action on', async () => {
    const world = createWorld({ costs: { capUsd: 0.000_01 } });
    const jarvis = world.open();
    const { runId } = await jarvis.run({ task });

    await jarvis.resume(runId, { capUsd: 2, models: { employee: 'gpt-4.1' } });

    expect(world.llm.requests.map(({ purpose, model }) => `${purpose} ${model}`)).toEqual([
      'plan gpt-4.1-mini',
      'work gpt-4.1',
      'review gpt-4.1-mini',
    ]);
  });

  it('is asked other models while it works, too', async () => {
    const world = createWorld();
    const team = scriptTeam();
    const llm: ScriptedLlmClient = new ScriptedLlmClient(async (request) => {
      const change = { models: { employee: 'gpt-4.1' } };
      if (request.purpose === 'plan') await jarvis.amend(await onlyRun(world.journal), change);
      return team(request);
    });
    const jarvis = world.open({ llm });

    await jarvis.run({ task });

    expect(llm.requests.map(({ model }) => model)).toEqual(['gpt-4.1-mini', 'gpt-4.1', 'gpt-4.1-mini']);
  });

  it('follows what is said on resume, not what was posted before', async () => {
    const { open } = createWorld({ costs: { capUsd: 0.000_01 } });
    const jarvis = open();
    const { runId } = await jarvis.run({ task });
    await jarvis.amend(runId, { capUsd: 0.000_02 });

    const result = await jarvis.resume(runId, { capUsd: 5 });

    expect(result).toMatchObject({ status: 'done', cost: { capUsd: 5 } });
  });

  it('is not resumed with a model without a price, and nothing is written down', async () => {
    const { open, journal } = createWorld({ costs: { capUsd: 0.000_01 } });
    const jarvis = open();
    const { runId } = await jarvis.run({ task });
    const before = (await journal.read(runId)).length;

    const resumed = jarvis.resume(runId, { capUsd: 1, models: { employee: 'unheard-of' } });

    await expect(resumed).rejects.toMatchObject({ code: 'JARVIS_COST_UNKNOWN_PRICE' });
    expect(await journal.read(runId)).toHaveLength(before);
  });

  it('refuses a change that is none before anything is posted', async () => {
    const world = createWorld();
    const { runId } = await world.open({ config: defaultConfig }).run({ task });

    await expect(world.open().amend(runId, { maxRounds: 1_000 })).rejects.toMatchObject({
      code: 'JARVIS_CONFIG_INVALID',
    });
    await expect(world.journal.readInbox(runId)).resolves.toEqual([]);
  });

  it('goes on when nobody understands what was posted, and says so', async () => {
    const { open, journal } = createWorld({ costs: { capUsd: 0.000_01 } });
    const jarvis = open();
    const { runId } = await jarvis.run({ task });
    await journal.post({ runId, id: 'x', body: '{"type":"dance"}', atMs: 1 });

    const result = await jarvis.resume(runId, { capUsd: 1 });
    const { timeline } = await readRun(journal, runId);

    expect(result.status).toBe('done');
    expect(timeline.map(({ text }) => text).join('\n')).toContain('Did not understand what was posted as x');
  });
});

describe('a run that is cancelled', () => {
  it('has what is in flight written down and paid, and starts nothing else', async () => {
    const world = createWorld();
    const team = scriptTeam();
    const jarvis = world.open({
      llm: new ScriptedLlmClient(async (request) => {
        if (request.purpose === 'work') {
          await expect(jarvis.cancel(await onlyRun(world.journal), { reason: 'wrong task' })).resolves.toBe(
            'requested',
          );
        }
        return team(request);
      }),
    });

    const result = await jarvis.run({ task });

    expect(result).toMatchObject({
      status: 'cancelled',
      reason: 'cancelled',
      message: 'Cancelled as asked: wrong task',
      files: [],
    });
    expect(result.cost).toMatchObject({ calls: 2, inDoubtCalls: 0 });
  });

  it('F48: ends at once when it stands still, and stays as it is when it is cancelled again or resumed', async () => {
    const { open } = createWorld({ costs: { capUsd: 0.000_01 } });
    const jarvis = open();
    const { runId } = await jarvis.run({ task });

    const first = await jarvis.cancel(runId);
    const second = await jarvis.cancel(runId);
    const resumed = jarvis.resume(runId, { capUsd: 1 });

    await expect(resumed).rejects.toMatchObject({ code: 'JARVIS_RUN_OVER', status: 'cancelled' });
    expect([first, second]).toEqual(['cancelled', 'over']);
  });

  it('does not ask for a repair, nor try again, once it is cancelled', async () => {
    const world = createWorld();
    const llm: ScriptedLlmClient = new ScriptedLlmClient(async () => {
      await jarvis.cancel(await onlyRun(world.journal));
      return 'no JSON at all';
    });
    const jarvis = world.open({ llm });

    const result = await jarvis.run({ task });

    expect(result.status).toBe('cancelled');
    expect(llm.requests).toHaveLength(1);
  });

  it('ends as cancelled, not as paused, when the call in flight fails', async () => {
    const world = createWorld();
    const jarvis = world.open({
      llm: new ScriptedLlmClient(async () => {
        await jarvis.cancel(await onlyRun(world.journal));
        throw new LlmError({ reason: 'unauthorized', seen: 'HTTP 401', mayBeCharged: false });
      }),
    });

    const result = await jarvis.run({ task });

    expect(result.status).toBe('cancelled');
  });

  it('ends although what it was writing cannot be brought to its end, however long the reason', async () => {
    const world = createWorld();
    const runId = await dieAt('apply.intended', world);
    for (let death = 2; death <= 5; death += 1) {
      await expect((await world.startProcess('apply.intended')).resume(runId)).rejects.toThrow('crash');
    }
    const jarvis = await world.startProcess();
    const parked = await jarvis.resume(runId);

    const cancelled = await jarvis.cancel(runId, { reason: 'x'.repeat(5_000) });

    expect(parked.reason).toBe('crash_loop');
    expect(cancelled).toBe('cancelled');
  });

  it('is cancelled while another run works in its folder', async () => {
    const world = createWorld({ costs: { capUsd: 0.000_01 } });
    const jarvis = world.open();
    const { runId } = await jarvis.run({ task });
    await world.journal.acquire('workspace:/workspace');

    await expect(jarvis.cancel(runId)).resolves.toBe('cancelled');
  });

  it('F48: brings a commit that was begun to its end first', async () => {
    const world = createWorld();
    const runId = await dieAt('commit.ref-moved', world);
    const jarvis = await world.startProcess();

    const asked = await jarvis.cancel(runId);
    const result = await jarvis.resume(runId);

    expect(asked).toBe('unfinished');
    expect(result.status).toBe('cancelled');
    expect(result.commits).toHaveLength(1);
  });
});
