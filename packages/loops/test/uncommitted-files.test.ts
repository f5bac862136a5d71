import { type Config, defaultConfig, type UncommittedFiles } from '@jarvis/core';
import { FakeGitRepository, MemoryWorkspace } from '@jarvis/core/testing';
import { JarvisOrchestrator, readRun, readRunRecords, UncommittedFilesError } from '@jarvis/loops';
import { describe, expect, it } from 'vitest';

import { createTeam, PAGE, type TeamScript } from './team.ts';

const task = 'Build a page about knots';
const MINE = '<h1>my own words</h1>\n';

interface World {
  readonly uncommitted?: Config['git']['uncommitted'];
  readonly gates?: Config['gates'];
  readonly git?: FakeGitRepository;
  readonly script?: TeamScript;
  /** Paths of files the user has changed and not committed. */
  readonly changed?: readonly string[];
}

function createWorld({ uncommitted = 'warn', gates = [], script, changed = [], ...world }: World = {}) {
  const git = world.git ?? new FakeGitRepository();
  const workspace = new MemoryWorkspace();
  workspace.write('index.html', MINE);
  workspace.write('other.txt', 'other\n');
  for (const path of changed) git.changeOnDisk(path);
  const config = { ...defaultConfig, gates, git: { ...defaultConfig.git, uncommitted } };
  return { git, workspace, ...createTeam(script, { git, workspace, config }) };
}

/** A repository of which nobody can tell what is committed. */
class Unknowable extends FakeGitRepository {
  override async findUncommitted(): Promise<UncommittedFiles> {
    return { type: 'unknown', problem: 'there is no git on the PATH' };
  }
}

describe('a run in a folder with changes that are not committed', () => {
  it('records them when it is accepted, and tells them in its result, its view and its story', async () => {
    const { jarvis, context } = createWorld({ changed: ['index.html', 'other.txt'] });

    const result = await jarvis.run({ task });

    const view = await readRun(context.journal, result.runId);
    const found = { type: 'known', count: 2, paths: ['index.html', 'other.txt'] };
    expect(result).toMatchObject({ status: 'done', uncommitted: found });
    expect(view.uncommitted).toEqual(found);
    expect(view.timeline[0]?.text).toContain(
      '2 files have changes that are not committed (index.html, other.txt)',
    );
  });

  it('names those that an answer changes before anything is written, and keeps what was in them', async () => {
    const { jarvis, context, workspace } = createWorld({ changed: ['index.html', 'other.txt'] });

    const { runId } = await jarvis.run({ task });
    const texts = (await readRun(context.journal, runId)).timeline.map(({ text }) => text);
    const changed = workspace.read('index.html');
    await jarvis.restore(runId);

    const told = texts.findIndex((text) => text.includes('This changes what no commit holds: index.html.'));
    expect(told).toBeGreaterThan(0);
    expect(texts.findIndex((text) => text.startsWith('Wrote index.html'))).toBeGreaterThan(told);
    expect(changed).toBe(PAGE);
    expect(workspace.read('index.html')).toBe(MINE);
  });

  it('says nothing of files the answer leaves alone, and nothing of those that are committed', async () => {
    const { jarvis, context } = createWorld({ changed: ['other.txt'] });

    const { runId, rounds } = await jarvis.run({ task });

    const told = JSON.stringify((await readRun(context.journal, runId)).timeline);
    expect(rounds[0]?.work).not.toHaveProperty('uncommitted');
    expect(told).not.toContain('no commit holds');
  });

  it('tells of a file once: later rounds write over what the run itself has written', async () => {
    const second = { path: 'index.html', content: `${PAGE}<p>more</p>\n` };
    const script = { work: [[{ path: 'index.html', content: PAGE }], [second]], approves: [false, true] };
    const config = { ...defaultConfig, git: { ...defaultConfig.git, commit: 'off' as const } };
    const { context } = createWorld({ script, changed: ['index.html'] });
    const jarvis = new JarvisOrchestrator({ mode: 'SIMPLE_2LOOP', context: { ...context, config } });

    const { rounds } = await jarvis.run({ task });

    expect(rounds.map(({ work }) => work?.uncommitted)).toEqual([['index.html'], undefined]);
  });

  it('tells of a file the user changes while the run works', async () => {
    const second = { path: 'other.txt', content: 'by the run\n' };
    const { jarvis, git, workspace } = createWorld({
      script: {
        work: [[{ path: 'index.html', content: PAGE }], [second]],
        approves: [false, true],
        onAsked: ({ purpose }) => {
          if (purpose !== 'review') return;
          workspace.write('other.txt', 'by the user\n');
          git.changeOnDisk('other.txt');
        },
      },
    });

    const { rounds } = await jarvis.run({ task });

    expect(rounds.map(({ work }) => work?.uncommitted)).toEqual([undefined, ['other.txt']]);
  });

  it('finds a move and a deletion as well', async () => {
    const changes = [
      [
        { type: 'move', from: 'other.txt', to: 'moved.txt' },
        { type: 'delete', path: 'index.html' },
        { type: 'write', path: 'page.html', content: PAGE },
      ],
    ] as const;
    const { jarvis } = createWorld({ script: { changes }, changed: ['index.html', 'other.txt'] });

    const { rounds } = await jarvis.run({ task });

    expect([...(rounds[0]?.work?.uncommitted ?? [])].sort()).toEqual(['index.html', 'other.txt']);
  });

  it('measures each fact once: a resumed run tells what was recorded', async () => {
    const { jarvis, git, context } = createWorld({ changed: ['index.html'] });
    const { runId } = await jarvis.run({ task });
    const looks = (await readRunRecords(context.journal, runId)).filter(
      ({ type, data }) => type === 'step.finished' && 'name' in data && data.name === 'git.uncommitted',
    );

    git.changeOnDisk('other.txt');
    const again = await jarvis.resume(runId);

    expect(looks).toHaveLength(1);
    expect(again.uncommitted).toEqual({ type: 'known', count: 1, paths: ['index.html'] });
  });
});

describe('git.uncommitted: refuse', () => {
  it('starts no run, asks nobody and says how to go on', async () => {
    const { jarvis, llm, context } = createWorld({ uncommitted: 'refuse', changed: ['index.html'] });

    const refused = await jarvis.run({ task }).catch((error: unknown) => error);

    expect(refused).toBeInstanceOf(UncommittedFilesError);
    expect(refused).toMatchObject({
      code: 'JARVIS_GIT_UNCOMMITTED',
      message:
        'The run was not started: 1 file has changes that are not committed (index.html). Nothing was paid. ' +
        'Commit your changes or put them aside (git stash -u), or run with: --uncommitted warn',
    });
    expect(llm.requests).toEqual([]);
    expect(await context.journal.listRuns()).toEqual([]);
  });

  it.each([
    ['no repository holds the folder', new FakeGitRepository({ state: 'none' }), 'no git repository holds'],
    [
      'nobody can tell',
      new Unknowable(),
      'nobody can tell whether your files are committed (there is no git',
    ],
  ])('starts none where %s', async (_, git, message) => {
    const { jarvis } = createWorld({ uncommitted: 'refuse', git });

    await expect(jarvis.run({ task })).rejects.toThrow(message);
  });

  it('starts one where everything is committed, and in an empty folder', async () => {
    const committed = createWorld({ uncommitted: 'refuse' });
    const empty = createWorld({ uncommitted: 'refuse', git: new FakeGitRepository({ state: 'none' }) });
    for (const path of ['index.html', 'other.txt']) empty.workspace.remove(path);

    await expect(committed.jarvis.run({ task })).resolves.toMatchObject({ status: 'done' });
    await expect(empty.jarvis.run({ task })).resolves.toMatchObject({ status: 'done' });
  });
});

describe('git.uncommitted: protect', () => {
  const gates: Config['gates'] = [{ at: 'protected-files', approvers: [{ role: 'owner' }] }];
  const other = { path: 'page.html', content: PAGE };
  const script: TeamScript = { work: [[{ path: 'index.html', content: PAGE }, other], [other]] };

  it('refuses an answer that changes them when no rule asks anybody, and tells the employee why', async () => {
    const { jarvis, workspace, llm } = createWorld({
      uncommitted: 'protect',
      script,
      changed: ['index.html'],
    });

    const result = await jarvis.run({ task });

    expect(result).toMatchObject({ status: 'done', files: ['page.html'] });
    expect(workspace.read('index.html')).toBe(MINE);
    expect(JSON.stringify(llm.requests)).toContain('holds changes that no commit holds. Leave it as it is.');
  });

  it('asks at the gate, and changes them once a person has allowed it', async () => {
    const world = createWorld({ uncommitted: 'protect', gates, script, changed: ['index.html'] });
    const { jarvis, workspace, context } = world;

    const waiting = await jarvis.run({ task });
    const [gate] = (await readRun(context.journal, waiting.runId)).gates;
    const before = workspace.read('index.html');
    await jarvis.approve(waiting.runId, { by: 'Ada' });
    const done = await jarvis.resume(waiting.runId);

    expect(waiting).toMatchObject({ status: 'waiting', reason: 'gate_waiting' });
    expect(gate?.shown).toMatchObject({
      protected: [
        { path: 'index.html', content: PAGE, why: expect.stringContaining('no commit') as unknown },
      ],
    });
    expect(before).toBe(MINE);
    expect(done).toMatchObject({ status: 'done', files: ['index.html', 'page.html'] });
    expect(workspace.read('index.html')).toBe(PAGE);
  });

  it('leaves them as they are when a person says no', async () => {
    const world = createWorld({ uncommitted: 'protect', gates, script, changed: ['index.html'] });
    const { runId } = await world.jarvis.run({ task });

    await world.jarvis.reject(runId, { by: 'Ada', reason: 'mine' });
    const done = await world.jarvis.resume(runId);

    expect(done).toMatchObject({ status: 'done', files: ['page.html'] });
    expect(world.workspace.read('index.html')).toBe(MINE);
  });

  it.each([
    ['no repository holds the folder', new FakeGitRepository({ state: 'none' })],
    ['nobody can tell', new Unknowable()],
  ])('protects every file of the user where %s', async (_, git) => {
    const { jarvis, workspace } = createWorld({ uncommitted: 'protect', script, git });

    const result = await jarvis.run({ task });

    expect(result.files).toEqual(['page.html']);
    expect(workspace.read('index.html')).toBe(MINE);
  });
});

describe('a run in a folder of which no commit holds anything', () => {
  it('says so once, and not of each file', async () => {
    const { jarvis, context } = createWorld({ git: new FakeGitRepository({ state: 'none' }) });

    const { runId } = await jarvis.run({ task });

    const told = (await readRun(context.journal, runId)).timeline.filter(({ text }) =>
      text.includes('holds'),
    );
    expect(told).toHaveLength(1);
    expect(told[0]?.text).toContain('no git repository holds what is in this folder (2 text files)');
  });

  it('takes a file for uncommitted when nobody can tell any more', async () => {
    const git = new FakeGitRepository();
    const { jarvis } = createWorld({
      git,
      script: {
        onAsked: () => {
          git.findUncommitted = async () => ({ type: 'unknown', problem: 'git status failed' });
        },
      },
    });

    const { rounds } = await jarvis.run({ task });

    expect(rounds[0]?.work?.uncommitted).toEqual(['index.html']);
  });
});

describe('CONTEXT_AWARE', () => {
  it.each([
    [['other.txt'], ['uncommitted']],
    [[], []],
  ])('counts changes that nobody has committed: %j', async (changed, expected) => {
    const { context } = createWorld({ changed });
    const jarvis = new JarvisOrchestrator({ mode: 'CONTEXT_AWARE', context });

    const { team } = await jarvis.preview({ task });

    const names = team?.indicators.map(({ name }) => name) ?? [];
    expect(names.filter((name) => name === 'uncommitted')).toEqual(expected);
  });
});
