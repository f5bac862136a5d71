import { MemoryWorkspace } from '@jarvis/core/testing';
import { expect, it } from 'vitest';

import { createTeam, PAGE } from './team.ts';

const task = 'Build a page for a bakery called Rye & Shine';
const manifest = (scripts: object) => ({
  path: 'package.json',
  content: JSON.stringify({ name: 'a', scripts }),
});
const page = { path: 'index.html', content: PAGE };

it('refuses a script that runs on install, and says so to the employee', async () => {
  const workspace = new MemoryWorkspace();
  const work = [
    [page, manifest({ postinstall: 'node steal.js' })],
    [page, manifest({ build: 'vite build' })],
  ];
  const { jarvis, llm } = createTeam({ work }, { workspace });

  const result = await jarvis.run({ task });

  const second = llm.requests.filter(({ purpose }) => purpose === 'work')[1];
  expect(second?.messages[1]?.content).toContain('which runs on install');
  expect(result).toMatchObject({ status: 'done', files: ['index.html', 'package.json'] });
  expect(workspace.read('package.json')).toBe(manifest({ build: 'vite build' }).content);
});

it('keeps the install script of a project through other edits of its package.json', async () => {
  const before = manifest({ prepare: 'husky' });
  const after = manifest({ prepare: 'husky', build: 'vite build' });
  const workspace = new MemoryWorkspace({ files: { 'package.json': before.content } });
  const { jarvis } = createTeam({ work: [[page, after]] }, { workspace });

  const result = await jarvis.run({ task });

  expect(result.rounds).toHaveLength(1);
  expect(workspace.read('package.json')).toBe(after.content);
});

it('refuses another install script in place of the one that is there', async () => {
  const before = manifest({ prepare: 'husky' });
  const workspace = new MemoryWorkspace({ files: { 'package.json': before.content } });
  const { jarvis } = createTeam({ work: [[page, manifest({ prepare: 'sh x.sh' })], [page]] }, { workspace });

  await jarvis.run({ task });

  expect(workspace.read('package.json')).toBe(before.content);
});
