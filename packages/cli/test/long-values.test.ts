import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { startFakeOpenAi } from '@jarvis/node/testing';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';

import { CommandLine, runIdIn } from './command-line.ts';

let shell: CommandLine;

beforeEach(() => {
  shell = new CommandLine();
  vi.stubEnv('OPENAI_API_KEY', '');
  return () => {
    vi.unstubAllEnvs();
    shell.remove();
  };
});

const LONG = 'x'.repeat(200_000);
const plan = { steps: ['Write it'], acceptanceCriteria: ['It is there'] };
const approval = { approved: true, feedback: [] };

const stage = (name: string, parts: object = {}) => ({
  name,
  goal: 'It is there',
  categories: ['documentation'],
  planSteps: [1],
  requirements: [],
  dependsOn: [],
  ...parts,
});
const work = (change: object) => ({ summary: 'Wrote it', changes: [change], questions: [], blocker: '' });

/** Answers of a model that are much too long somewhere, one after the other. */
const answers: Readonly<Record<string, { readonly mode: string; readonly replies: readonly object[] }>> = {
  'the path of a file': {
    mode: 'SIMPLE_2LOOP',
    replies: [plan, work({ type: 'write', path: LONG, content: 'Rye\n' }), approval],
  },
  'the path of a file in many folders': {
    mode: 'SIMPLE_2LOOP',
    replies: [plan, work({ type: 'write', path: 'a/'.repeat(100_000), content: 'Rye\n' }), approval],
  },
  'the file to move': {
    mode: 'SIMPLE_2LOOP',
    replies: [plan, work({ type: 'move', from: LONG, to: `${LONG}2`, path: LONG })],
  },
  'the text to replace': {
    mode: 'SIMPLE_2LOOP',
    replies: [plan, work({ type: 'edit', path: 'there.txt', find: LONG, replace: 'Rye' })],
  },
  'the list of files': {
    mode: 'SIMPLE_2LOOP',
    replies: [
      plan,
      { ...work({}), changes: Array.from({ length: 2_000 }, () => ({ type: 'delete', path: '../outside' })) },
    ],
  },
  'a key nobody asked for': { mode: 'SIMPLE_2LOOP', replies: [{ ...plan, [LONG]: 1 }, { [LONG]: 1 }] },
  'the name of a stage': { mode: 'PHASE3', replies: [plan, { stages: [stage(LONG), stage(LONG)] }] },
  'the name of a part': {
    mode: 'LEGACY_3LOOP',
    replies: [plan, { stages: [stage('One', { dependsOn: [LONG] }), stage('Two')] }],
  },
};

describe('a model whose answers are much too long', () => {
  it.each(Object.keys(answers))('gives no long error: %s', async (title) => {
    const { mode, replies } = answers[title] ?? { mode: '', replies: [] };
    let n = 0;
    await using server = await startFakeOpenAi({
      script: () => ({ type: 'json', content: replies[Math.min(n++, replies.length - 1)] ?? {} }),
    });
    const args = [
      '--mode',
      mode,
      '--base-url',
      server.baseUrl,
      '--model',
      'gpt-4.1-mini',
      '--json',
      '--max-cost',
      '900',
    ];

    const { out, err } = await shell.call('run', 'Write notes', ...args);
    const { runId, message } = z.object({ runId: z.string(), message: z.string() }).parse(JSON.parse(out));
    const logs = await shell.call('logs', runId);

    expect(server.requests.length).toBeGreaterThanOrEqual(replies.length);
    for (const text of [message, err, logs.out]) expect(text.length).toBeLessThan(40_000);
  });
});

describe('a person whose file is much too long', () => {
  it.each(['id', 'name'])('is told so in a line: the %s of a part', async (field) => {
    const gates = [{ at: 'stage', approvers: [{ role: 'owner' }] }];
    writeFileSync(join(shell.folder, 'jarvis.config.json'), JSON.stringify({ gates }));
    const runId = runIdIn(
      await shell.call('run', 'Build a page', '--simulate', '--mode', 'PHASE3', '--json'),
    );
    const parts = ['One', 'Two'].map((name) => ({ name, planSteps: [9], [field]: LONG }));
    writeFileSync(join(shell.folder, 'parts.json'), JSON.stringify(parts));

    const { code, out, err } = await shell.call(
      ...[
        'roadmap',
        'split',
        runId,
        '--stage',
        'page',
        '--into',
        'parts.json',
        '--json',
        '--reason',
        'Too large',
      ],
    );

    expect(code).not.toBe(0);
    expect(err.length + out.length).toBeLessThan(5_000);
  });
});
