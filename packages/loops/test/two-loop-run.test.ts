import { defaultConfig, LlmError } from '@jarvis/core';
import { FakeGitRepository, MemoryWorkspace, ScriptedLlmClient, testRunContext } from '@jarvis/core/testing';
import { JarvisOrchestrator, modernDialect, readRun, readRunRecords } from '@jarvis/loops';
import { describe, expect, it } from 'vitest';

import { createTeam, PAGE, scriptTeam } from './team.ts';

const task = 'Build a page for a bakery called Rye & Shine';

describe('a run in SIMPLE_2LOOP', () => {
  it('is started by its older name as well', async () => {
    const { jarvis, llm } = createTeam();

    // eslint-disable-next-line @typescript-eslint/no-deprecated -- it is there until 1.0
    const result = await jarvis.execute({ task });

    expect(result).toMatchObject({ status: 'done', reason: 'approved' });
    expect(llm.requests.map(({ purpose }) => purpose)).toEqual(['plan', 'work', 'review']);
  });

  it('plans, works, writes, checks, reviews, commits, and is done', async () => {
    const workspace = new MemoryWorkspace();
    const { jarvis, llm } = createTeam({}, { workspace });

    const result = await jarvis.run({ task });

    expect(result).toMatchObject({
      status: 'done',
      reason: 'approved',
      files: ['index.html'],
      isSimulated: false,
    });
    expect(result.commits.map(({ subject }) => subject)).toEqual(['JARVIS round 1: approved']);
    expect(workspace.read('index.html')).toBe(PAGE);
    expect(llm.requests.map(({ purpose }) => purpose)).toEqual(['plan', 'work', 'review']);
    expect(result.roadmap?.stages.map(({ status }) => status)).toEqual(['completed']);
  });

  it('tells the employee in the next round what the manager missed', async () => {
    const { jarvis, llm } = createTeam({ approves: [false, true] });

    const result = await jarvis.run({ task });

    const second = llm.requests.filter(({ purpose }) => purpose === 'work')[1];
    expect(second?.messages[1]?.content).toContain('Round 1 is not good enough.');
    expect(result.rounds.length).toBe(2);
  });

  it('writes down what the agents tell one another', async () => {
    const { jarvis, context } = createTeam({ approves: [false, true] });

    const { runId } = await jarvis.run({ task });

    const { messages } = await readRun(context.journal, runId);
    expect(messages.map(({ from, to, kind }) => `${from} → ${to}: ${kind}`)).toEqual([
      'manager → employee: work.assigned',
      'employee → manager: work.delivered',
      'manager → employee: review.given',
      'manager → employee: work.assigned',
      'employee → manager: work.delivered',
      'manager → employee: review.given',
    ]);
  });

  it('ends partial when the rounds are used up', async () => {
    const work = [1, 2, 3].map((round) => [
      { path: 'index.html', content: `${PAGE}<!-- ${String(round)} -->` },
    ]);
    const { jarvis } = createTeam({ work, approves: [false] });

    const result = await jarvis.run({ task });

    expect(result).toMatchObject({
      status: 'partial',
      reason: 'max_rounds',
      message: 'Not approved after 3 rounds, the most allowed.',
    });
    expect(result.roadmap?.stages.map(({ status }) => status)).toEqual(['blocked']);
  });

  it('sends an answer back once when it cannot be read', async () => {
    const answers = scriptTeam();
    let plans = 0;
    const llm = new ScriptedLlmClient((request) => {
      if (request.purpose !== 'plan') return answers(request);
      plans += 1;
      return plans === 1 ? '{"steps": "just one"}' : answers(request);
    });
    const { jarvis } = createTeam({}, { llm });

    const result = await jarvis.run({ task });

    expect(result.status).toBe('done');
    expect(llm.requests[1]?.messages.at(-1)?.content).toContain('wrong shape');
  });

  it('F39: fails when the second answer is no better, and keeps both', async () => {
    const llm = new ScriptedLlmClient(() => 'I would rather talk about the weather.');
    const { jarvis, context } = createTeam({}, { llm });

    const result = await jarvis.run({ task });

    const records = await readRunRecords(context.journal, result.runId);
    expect(result).toMatchObject({
      status: 'failed',
      reason: 'malformed',
      errorCode: 'JARVIS_ANSWER_MALFORMED',
    });
    expect(records.filter(({ type }) => type === 'step.finished')).toHaveLength(2);
  });

  it.each(['truncated', 'filtered', 'refused', 'empty'] as const)(
    'F40: asks once when the answer is %s, pays for it, and says which it was',
    async (outcome) => {
      const llm = new ScriptedLlmClient(() => ({ outcome, text: outcome === 'empty' ? '' : '{"steps"' }));
      const { jarvis } = createTeam({}, { llm });

      const result = await jarvis.run({ task });

      expect(result).toMatchObject({
        status: 'failed',
        reason: outcome,
        errorCode: `JARVIS_ANSWER_${outcome.toUpperCase()}`,
        cost: { calls: 1 },
      });
      expect(llm.requests).toHaveLength(1);
    },
  );

  it.each([
    ['a path that leaves the folder', { path: '../evil.html', content: 'x' }, '../evil.html'],
    ['a secret', { path: 'page.html', content: 'not-a-real-secret' }, 'holds a secret in line 1'],
    ['a file it was not shown', { path: '.hidden/notes.txt', content: 'x' }, 'was not shown to you'],
  ])('refuses an answer with %s whole, and says so to the employee', async (_, bad, reason) => {
    const workspace = new MemoryWorkspace({ files: { '.hidden/notes.txt': 'mine' } });
    const work = [[{ path: 'ok.html', content: 'ok' }, bad], [{ path: 'index.html', content: PAGE }]];
    const { jarvis, llm } = createTeam({ work }, { workspace });

    const result = await jarvis.run({ task });

    const second = llm.requests.filter(({ purpose }) => purpose === 'work')[1];
    expect(second?.messages[1]?.content).toContain(reason);
    expect(result).toMatchObject({ status: 'done', files: ['index.html'] });
    expect(workspace.read('ok.html')).toBeUndefined();
    expect(workspace.read('.hidden/notes.txt')).toBe('mine');
  });

  it('may change a hidden file again that it wrote itself', async () => {
    const workspace = new MemoryWorkspace();
    const work = ['one', 'two'].map((content) => [{ path: '.well-known/site.txt', content }]);
    const { jarvis } = createTeam({ work, approves: [false, true] }, { workspace });

    const result = await jarvis.run({ task });

    expect(result.status).toBe('done');
    expect(workspace.read('.well-known/site.txt')).toBe('two');
  });

  it('writes a file again that the user has deleted between two rounds', async () => {
    const workspace = new MemoryWorkspace();
    const answers = scriptTeam({
      work: [[{ path: 'a.html', content: '1' }], [{ path: 'a.html', content: '2' }]],
      approves: [false, true],
    });
    const llm = new ScriptedLlmClient((request) => {
      if (request.purpose === 'review') workspace.remove('a.html');
      return answers(request);
    });
    const { jarvis } = createTeam({}, { workspace, llm });

    const result = await jarvis.run({ task });

    expect(result).toMatchObject({ status: 'done', files: ['a.html'] });
  });

  it('stops instead of writing over what the user changed meanwhile, and goes on when it is put back', async () => {
    const workspace = new MemoryWorkspace({ files: { 'index.html': 'old' } });
    const answers = scriptTeam();
    const llm = new ScriptedLlmClient((request) => {
      if (request.purpose === 'work') workspace.write('index.html', 'the user was here');
      return answers(request);
    });
    const { jarvis } = createTeam({}, { workspace, llm });

    const stopped = await jarvis.run({ task });
    const untouched = workspace.read('index.html');
    workspace.write('index.html', 'old');
    const resumed = await jarvis.resume(stopped.runId);

    expect(stopped).toMatchObject({
      status: 'waiting',
      reason: 'workspace_conflict',
      nextCommand: `jarvis resume ${stopped.runId}`,
    });
    expect(untouched).toBe('the user was here');
    expect(resumed.status).toBe('done');
    expect(workspace.read('index.html')).toBe(PAGE);
  });

  it('shows the employee a change that the user keeps', async () => {
    const workspace = new MemoryWorkspace({ files: { 'index.html': 'old' } });
    const answers = scriptTeam();
    let edits = 0;
    const llm = new ScriptedLlmClient((request) => {
      if (request.purpose === 'work' && (edits += 1) === 1)
        workspace.write('index.html', 'the user was here');
      return answers(request);
    });
    const { jarvis } = createTeam({}, { workspace, llm });

    const stopped = await jarvis.run({ task });
    const resumed = await jarvis.resume(stopped.runId);

    const second = llm.requests.filter(({ purpose }) => purpose === 'work')[1];
    expect(stopped.reason).toBe('workspace_conflict');
    expect(second?.messages[1]?.content).toContain('the user was here');
    expect(resumed.status).toBe('done');
  });

  it('commits on top of what the user committed meanwhile', async () => {
    const git = new FakeGitRepository();
    const commit = git.commit.bind(git);
    let isFirst = true;
    git.commit = (plan, contentOf) => {
      if (isFirst) git.commitAsUser('mine.txt', 'mine');
      isFirst = false;
      return commit(plan, contentOf);
    };
    const { jarvis } = createTeam({}, { git });

    const result = await jarvis.run({ task });

    expect(result).toMatchObject({ status: 'done', commits: [{ subject: 'JARVIS round 1: approved' }] });
    expect(git.history.map((id) => git.readCommit(id)?.subject)).toEqual([
      'JARVIS round 1: approved',
      'By hand',
    ]);
  });

  it('pauses for the budget when a lowered limit cut the answer off, and asks for the whole with a higher cap', async () => {
    const answers = scriptTeam();
    const llm = new ScriptedLlmClient((request) =>
      request.purpose === 'work' && request.maxOutputTokens < 16_000
        ? { outcome: 'truncated', text: '{"summary": "' }
        : answers(request),
    );
    const { jarvis } = createTeam(
      {},
      { llm, config: { ...defaultConfig, costs: { ...defaultConfig.costs, capUsd: 0.02 } } },
    );

    const stopped = await jarvis.run({ task });
    const resumed = await jarvis.resume(stopped.runId, { capUsd: 1 });

    expect(stopped).toMatchObject({ status: 'stopped', reason: 'budget' });
    expect(resumed.status).toBe('done');
  });

  it('begins no further attempt once it was asked to stop', async () => {
    const stop = new AbortController();
    const llm = new ScriptedLlmClient(() => {
      stop.abort();
      return new LlmError({ reason: 'provider_error', seen: 'HTTP 500', mayBeCharged: false });
    });
    const { jarvis } = createTeam({}, { llm });

    const stopped = await jarvis.run({ task, signal: stop.signal });

    expect(stopped).toMatchObject({ status: 'parked', reason: 'interrupted' });
    expect(llm.requests).toHaveLength(1);
  });

  it('keeps the journal readable when a dialect gives what cannot be recorded', async () => {
    const context = testRunContext({ llm: new ScriptedLlmClient(scriptTeam()) });
    const inspect = () => [{ severity: 'error', source: '', description: '' } as const];
    const jarvis = new JarvisOrchestrator({
      context,
      dialect: { ...modernDialect, id: 'broken@1', inspect },
    });

    const stopped = await jarvis.run({ task });

    expect(stopped.status).toBe('failed');
    expect((await readRun(context.journal, stopped.runId)).status).toBe('failed');
  });

  it('stops before it pays more than the cap, and goes on with a higher one', async () => {
    const context = testRunContext({ llm: new ScriptedLlmClient(scriptTeam()) });
    const jarvis = new JarvisOrchestrator({
      context,
      config: { mode: 'SIMPLE_2LOOP', costs: { capUsd: 0.004 } },
    });

    const stopped = await jarvis.run({ task });
    const resumed = await jarvis.resume(stopped.runId, { capUsd: 1 });

    expect(stopped).toMatchObject({
      status: 'stopped',
      reason: 'budget',
      errorCode: 'JARVIS_COST_CAP_REACHED',
    });
    expect(stopped.cost.spentUsd).toBeLessThanOrEqual(0.004);
    expect(stopped.nextCommand).toContain('--max-cost');
    expect(resumed).toMatchObject({ status: 'done', cost: { capUsd: 1 } });
  });

  it.each([
    ['rate_limited', 'parked'],
    ['provider_error', 'parked'],
    ['quota_exhausted', 'parked'],
    ['unauthorized', 'failed'],
    ['bad_request', 'failed'],
  ] as const)('can be resumed after the server said %s', async (reason, status) => {
    const answers = scriptTeam();
    let isDown = true;
    const llm = new ScriptedLlmClient((request) =>
      isDown ? new LlmError({ reason, seen: 'HTTP 4xx', mayBeCharged: false }) : answers(request),
    );
    const { jarvis } = createTeam({}, { llm });

    const stopped = await jarvis.run({ task });
    isDown = false;
    const resumed = await jarvis.resume(stopped.runId);

    expect(stopped).toMatchObject({ status, reason });
    expect(resumed.status).toBe('done');
  });

  it('stops when it is asked to, and can be resumed', async () => {
    const stop = new AbortController();
    const answers = scriptTeam();
    const llm = new ScriptedLlmClient((request) => {
      if (request.purpose === 'work') stop.abort();
      return answers(request);
    });
    const { jarvis } = createTeam({}, { llm });

    const stopped = await jarvis.run({ task, signal: stop.signal });
    const asked = llm.requests.length;
    const resumed = await jarvis.resume(stopped.runId);

    expect(stopped).toMatchObject({ status: 'parked', reason: 'interrupted' });
    expect(asked).toBe(2);
    expect(resumed.status).toBe('done');
    expect(llm.requests.map(({ purpose }) => purpose)).toEqual(['plan', 'work', 'review']);
  });

  it('gives the result of a run that is over again, and asks nobody', async () => {
    const { jarvis, llm } = createTeam();

    const first = await jarvis.run({ task });
    const again = await jarvis.resume(first.runId);

    expect(again).toEqual(first);
    expect(llm.requests).toHaveLength(3);
  });

  it('makes the folder a repository only when asked to', async () => {
    const bare = createTeam({}, { git: new FakeGitRepository({ state: 'none' }) });
    const context = testRunContext({
      llm: new ScriptedLlmClient(scriptTeam()),
      git: new FakeGitRepository({ state: 'none' }),
    });
    const initialised = new JarvisOrchestrator({
      context,
      config: { mode: 'SIMPLE_2LOOP', git: { commit: 'required', init: true } },
    });

    const without = await bare.jarvis.run({ task });
    const withInit = await initialised.run({ task });

    expect(without).toMatchObject({
      status: 'done',
      commits: [],
      commitNote: 'the folder is not a git repository',
    });
    expect(withInit.commits).toHaveLength(1);
  });

  it('F45 goes on without commits where none can be made, and says so', async () => {
    const git = new FakeGitRepository({ state: 'none', obstacle: 'there is no git on the PATH' });
    const { jarvis } = createTeam({}, { git });

    const result = await jarvis.run({ task });

    expect(result).toMatchObject({
      status: 'done',
      commits: [],
      commitNote: 'there is no git on the PATH',
    });
  });

  it.each([
    { commit: 'auto', init: true },
    { commit: 'required', init: false },
  ] as const)('F45 refuses %o before anything is asked where no repository can be made', async (git) => {
    const obstacle = 'the folder lies in the repository of another project';
    const llm = new ScriptedLlmClient(scriptTeam());
    const context = testRunContext({ llm, git: new FakeGitRepository({ state: 'none', obstacle }) });
    const jarvis = new JarvisOrchestrator({ context, config: { mode: 'SIMPLE_2LOOP', git } });

    await expect(jarvis.run({ task })).rejects.toThrow(`${obstacle}. Put it right, or run without commits`);

    expect(await context.journal.listRuns()).toEqual([]);
    expect(llm.requests).toEqual([]);
  });

  it('does the work without a model when there is none, and says so', async () => {
    const { llm: _, ...context } = testRunContext();
    const jarvis = new JarvisOrchestrator({ mode: 'SIMPLE_2LOOP', context });

    const result = await jarvis.run({ task });

    expect(result).toMatchObject({ status: 'done', isSimulated: true, cost: { spentUsd: 0 } });
  });

  it('streams every record of the run in order', async () => {
    const { jarvis } = createTeam();
    const seqs: number[] = [];

    for await (const { seq } of jarvis.stream({ task })) seqs.push(seq);

    expect(seqs).toEqual(seqs.map((_, index) => index + 1));
    expect(seqs.length).toBeGreaterThan(20);
  });

  it('stops when the reader of the stream goes away', async () => {
    const { jarvis, context, llm } = createTeam();

    for await (const { type } of jarvis.stream({ task })) if (type === 'attempt.opened') break;

    const [runId = ''] = await context.journal.listRuns();
    const view = await readRun(context.journal, runId);
    expect(view.stop?.reason).toBe('interrupted');
    expect(llm.requests.length).toBeLessThan(3);
  });
});

describe('a run that cannot be resumed', () => {
  it('because another server is configured than the one it was accepted with', async () => {
    const llm = new ScriptedLlmClient(
      () => new LlmError({ reason: 'provider_error', seen: 'HTTP 500', mayBeCharged: false }),
    );
    const { jarvis, context } = createTeam({}, { llm });
    const { runId } = await jarvis.run({ task });
    const config = { ...defaultConfig, llm: { ...defaultConfig.llm, baseUrl: 'http://127.0.0.1:1/v1' } };

    const resumed = new JarvisOrchestrator({ mode: 'SIMPLE_2LOOP', context: { ...context, config } }).resume(
      runId,
    );

    await expect(resumed).rejects.toMatchObject({ code: 'JARVIS_RUN_SERVER_MISMATCH' });
  });

  it.each([0, -1, Number.NaN, 5e9])('because %d is no cap', async (capUsd) => {
    const { jarvis } = createTeam();
    const { runId } = await jarvis.run({ task });

    await expect(jarvis.resume(runId, { capUsd })).rejects.toMatchObject({ code: 'JARVIS_CONFIG_INVALID' });
  });

  it('because there is no key any more: nothing is written down', async () => {
    const { jarvis, context } = createTeam(
      {},
      {
        llm: new ScriptedLlmClient(
          () => new LlmError({ reason: 'provider_error', seen: 'HTTP 500', mayBeCharged: false }),
        ),
      },
    );
    const { runId } = await jarvis.run({ task });
    const before = (await readRunRecords(context.journal, runId)).length;
    const { llm: _, ...keyless } = context;

    const resumed = new JarvisOrchestrator({ mode: 'SIMPLE_2LOOP', context: keyless }).resume(runId);

    await expect(resumed).rejects.toMatchObject({ code: 'JARVIS_LLM_UNAUTHORIZED' });
    expect(await readRunRecords(context.journal, runId)).toHaveLength(before);
  });

  it('because nobody has heard of it', async () => {
    const { jarvis } = createTeam();

    await expect(jarvis.resume('20260101-000000-aaaaaa')).rejects.toMatchObject({
      code: 'JARVIS_RUN_NOT_FOUND',
    });
  });
});

describe('an orchestrator with a context of its own', () => {
  it('refuses an address it would not follow', () => {
    const context = testRunContext();

    expect(
      () =>
        new JarvisOrchestrator({
          context,
          config: { mode: 'SIMPLE_2LOOP', llm: { baseUrl: 'http://127.0.0.1:1/v1' } },
        }),
    ).toThrow('llm.baseUrl');
  });
});

describe('a run that cannot be accepted', () => {
  it.each([
    ['an empty task', { task: '  ' }, {}, 'JARVIS_TASK_INVALID'],
    ['a task of 100,001 characters', { task: 'x'.repeat(100_001) }, {}, 'JARVIS_TASK_INVALID'],
    ['a model without a price', { task }, { models: { employee: 'mystery' } }, 'JARVIS_COST_UNKNOWN_PRICE'],
  ] as const)('%s: nothing is asked, written or recorded', async (...row) => {
    const [, input, config, code] = row;
    const llm = new ScriptedLlmClient([]);
    const context = testRunContext({ llm });
    const jarvis = new JarvisOrchestrator({ context, config: { mode: 'SIMPLE_2LOOP', ...config } });

    await expect(jarvis.run(input)).rejects.toMatchObject({ code });

    expect(await context.journal.listRuns()).toEqual([]);
    expect(llm.requests).toEqual([]);
  });

  it.each([
    [
      'a folder that cannot be used',
      { workspace: new MemoryWorkspace({ unusable: 'it is read-only' }) },
      'JARVIS_WORKSPACE_UNUSABLE',
    ],
    [
      'a repository in a bad state',
      { git: new FakeGitRepository({ state: 'unusable' }) },
      'JARVIS_GIT_UNUSABLE',
    ],
    ['commits by nobody', { git: new FakeGitRepository({ author: 'unknown' }) }, 'JARVIS_GIT_UNUSABLE'],
    ['a server that is not there', { probeLlm: refuse }, 'JARVIS_LLM_CONNECTION_REFUSED'],
  ] as const)('%s: nothing is asked or recorded', async (_, overrides, code) => {
    const { jarvis, context, llm } = createTeam({}, overrides);

    await expect(jarvis.run({ task })).rejects.toMatchObject({ code });

    expect(await context.journal.listRuns()).toEqual([]);
    expect(llm.requests).toEqual([]);
  });

  it('a second run in a folder somebody works in', async () => {
    const { jarvis, context } = createTeam();
    await context.journal.acquire(`workspace:${context.workspace.root}`);

    await expect(jarvis.run({ task })).rejects.toMatchObject({ code: 'JARVIS_LEASE_HELD' });
  });
});

function refuse(): Promise<void> {
  return Promise.reject(
    new LlmError({ reason: 'connection_refused', seen: 'nobody listens', mayBeCharged: false }),
  );
}
