import { MemoryWorkspace, FakeGitRepository } from '@jarvis/core/testing';
import type { Change } from '@jarvis/core';
import { readRunRecords } from '@jarvis/loops';
import { describe, expect, it } from 'vitest';

import { createTeam, PAGE } from './team.ts';

const task = 'Build a page for a bakery called Rye & Shine';
const page: Change = { type: 'write', path: 'index.html', content: PAGE };

/** What the employee is told in a round. */
function briefOf({ llm }: ReturnType<typeof createTeam>, round: number): string {
  return llm.requests.filter(({ purpose }) => purpose === 'work')[round - 1]?.messages[1]?.content ?? '';
}

describe('an answer that is a list of changes', () => {
  it('edits, moves and deletes files of the project, in one commit', async () => {
    const workspace = new MemoryWorkspace({
      files: { 'a.html': 'one two', 'old.html': 'moved', 'gone.html': 'gone', 'other.html': 'mine' },
    });
    const git = new FakeGitRepository();
    for (const path of ['a.html', 'old.html', 'gone.html']) git.commitAsUser(path, 'before');
    const changes: readonly Change[] = [
      { type: 'edit', path: 'a.html', find: 'two', replace: '2' },
      { type: 'edit', path: 'a.html', find: 'one', replace: '1' },
      { type: 'move', from: 'old.html', to: 'new/name.html' },
      { type: 'delete', path: 'gone.html' },
    ];
    const { jarvis } = createTeam({ changes: [changes] }, { workspace, git });

    const result = await jarvis.run({ task });

    const committed = git.readCommit(result.commits[0]?.id ?? '')?.files;
    expect(result).toMatchObject({ status: 'done', files: ['a.html', 'new/name.html'] });
    expect((await workspace.readFiles()).map(({ path, content }) => [path, content])).toEqual([
      ['a.html', '1 2'],
      ['new/name.html', 'moved'],
      ['other.html', 'mine'],
    ]);
    expect([...(committed ?? [])]).toEqual([
      ['a.html', '1 2'],
      ['new/name.html', 'moved'],
    ]);
    expect(git.stagedPaths).toEqual([]);
  });

  it('still reads whole files by path, and deletes later what it wrote', async () => {
    const workspace = new MemoryWorkspace();
    const script = {
      work: [[{ path: '.well-known/a.txt', content: 'a' }]],
      changes: [undefined, [page, { type: 'delete', path: '.well-known/a.txt' } as const]],
      approves: [false, true],
    };
    const { jarvis } = createTeam(script, { workspace });

    const result = await jarvis.run({ task });

    expect(result).toMatchObject({ status: 'done', files: ['index.html'] });
    expect(workspace.read('.well-known/a.txt')).toBeUndefined();
  });

  it.each<[string, Change, string]>([
    [
      'an edit whose text is not there',
      { type: 'edit', path: 'mine.html', find: 'nowhere', replace: '' },
      'does not stand in',
    ],
    [
      'B64: a deletion of what it was not shown',
      { type: 'delete', path: '.hidden/notes.txt' },
      'There is no file',
    ],
    [
      'B66: a deletion of a protected file',
      { type: 'delete', path: 'AGENTS.md' },
      'a person has to write it',
    ],
    ['a move onto a file', { type: 'move', from: 'mine.html', to: 'AGENTS.md' }, 'where a file is'],
    [
      'a move onto a file nobody is shown',
      { type: 'move', from: 'mine.html', to: '.hidden/notes.txt' },
      'not shown',
    ],
    [
      'a move to a protected path',
      { type: 'move', from: 'mine.html', to: '.husky/x' },
      'a person has to write it',
    ],
    ['a move to a bad path', { type: 'move', from: 'mine.html', to: '../x' }, 'component'],
  ])('refuses %s whole, and says so to the employee', async (_, bad, reason) => {
    const files = { '.hidden/notes.txt': 'notes', 'AGENTS.md': 'obey', 'mine.html': 'mine' };
    const workspace = new MemoryWorkspace({ files });
    const team = createTeam(
      { changes: [[{ type: 'write', path: 'ok.html', content: 'ok' }, bad], [page]] },
      { workspace },
    );

    const result = await team.jarvis.run({ task });

    expect(briefOf(team, 2)).toContain(reason);
    expect(result).toMatchObject({ status: 'done', files: ['index.html'] });
    for (const [path, content] of Object.entries(files)) expect(workspace.read(path)).toBe(content);
    expect(workspace.read('ok.html')).toBeUndefined();
  });

  it('F46 stops instead of deleting what the user changed meanwhile', async () => {
    const workspace = new MemoryWorkspace({ files: { 'a.html': 'old' } });
    const script = { changes: [[page, { type: 'delete', path: 'a.html' } as const]] };
    const { jarvis } = createTeam(
      { ...script, onAsked: ({ purpose }) => purpose === 'work' && workspace.write('a.html', 'the user') },
      { workspace },
    );

    const stopped = await jarvis.run({ task });

    expect(stopped).toMatchObject({ status: 'waiting', reason: 'workspace_conflict' });
    expect(workspace.read('a.html')).toBe('the user');
    expect(workspace.read('index.html')).toBeUndefined();
  });

  it('refuses an answer with two lists, and asks for it once more', async () => {
    const both = JSON.stringify({ summary: '', changes: [], files: [] });
    const { jarvis, llm } = createTeam({ raw: [both] });

    const result = await jarvis.run({ task });

    expect(result.status).toBe('done');
    expect(llm.requests[2]?.messages.at(-1)?.content).toContain('give the list of changes');
  });
});

describe('a project that does not fit into a question', () => {
  const large = Object.fromEntries(
    Array.from({ length: 30 }, (_, index) => [
      `part-${String(index)}.html`,
      `${String(index)} `.repeat(5_000),
    ]),
  );

  it('is shown as far as it matters; what was left out is told and recorded', async () => {
    const workspace = new MemoryWorkspace({ files: large });
    const team = createTeam({ changes: [[page]] }, { workspace });

    const { runId } = await team.jarvis.run({ task: 'Change part-29.html' });

    const closed = (await readRunRecords(team.context.journal, runId)).flatMap((record) =>
      record.type === 'action.closed' ? [record.data.result] : [],
    );
    const worked = closed.find(({ type }) => type === 'worked');
    const reviewed = closed.find(({ type }) => type === 'reviewed');
    const leftOut = worked?.type === 'worked' ? worked.leftOut : undefined;
    expect(briefOf(team, 1).length).toBeLessThan(200_000);
    expect(briefOf(team, 1)).toContain('29 29 29');
    expect(briefOf(team, 1)).toContain('only path and size are told');
    expect(leftOut?.files).toBeGreaterThan(5);
    expect(await team.context.journal.readBlob(leftOut?.listing ?? '')).toContain('"bytes":');
    expect(reviewed).toHaveProperty('leftOut');
  });

  it.each(['delete', 'write'])('B64: what was left out meets no %s before it was shown', async (type) => {
    const workspace = new MemoryWorkspace({ files: large });
    const bad = { type, path: 'part-20.html', content: '' } as Change;
    const team = createTeam({ changes: [[bad], [page]] }, { workspace });

    await team.jarvis.run({ task: 'Change part-29.html' });

    expect(briefOf(team, 1)).not.toContain('20 20 20');
    expect(briefOf(team, 2)).toContain('its content was not shown to you');
    expect(briefOf(team, 2)).toContain('20 20 20');
    expect(workspace.read('part-20.html') === large['part-20.html']).toBe(true);
  });
});
