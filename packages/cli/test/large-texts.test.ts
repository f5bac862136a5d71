import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { startFakeOpenAi } from '@jarvis/node/testing';
import { beforeEach, describe, expect, it, vi } from 'vitest';

import { type Call, CommandLine, runIdIn } from './command-line.ts';

// Megabytes are hashed, searched and written for real.
vi.setConfig({ testTimeout: 120_000 });

let shell: CommandLine;

beforeEach(() => {
  shell = new CommandLine();
  vi.stubEnv('OPENAI_API_KEY', 'sk-proj-Zq7Lw2vR9zT4mKp7sXy1aB8cD3');
  return () => {
    vi.unstubAllEnvs();
    shell.remove();
  };
});

const at = (path: string) => join(shell.folder, path);
const plan = { steps: ['Write it'], acceptanceCriteria: ['It is there'] };
const work = (...files: readonly { readonly path: string; readonly content: string }[]) => ({
  summary: 'Wrote it',
  files,
});
const approved = { approved: true, feedback: [] };

/** A run whose models say one thing after the other. */
async function run(...replies: readonly object[]): Promise<Call> {
  await using server = await startFakeOpenAi({
    script: replies.map((content) => ({ type: 'json', content }) as const),
  });
  const flags = ['--mode', 'SIMPLE_2LOOP', '--model', 'gpt-4.1-mini', '--json', '--max-cost', '100'];
  return await shell.call('run', 'Write a long text', '--base-url', server.baseUrl, ...flags);
}

describe('large texts', () => {
  it('L6: a file of a megabyte is written as it was said, shown in part, and brought back', async () => {
    const content = 'A bowline holds, and does not slip.\n'.repeat(29_000);

    const called = await run(plan, work({ path: 'knots.txt', content }), approved);
    const runId = runIdIn(called);
    const shown = await shell.call('show', runId, '--answers');
    const whole = await shell.call('show', runId, '--answers', '--json');
    const written = readFileSync(at('knots.txt'), 'utf8');
    const restored = await shell.call('restore', runId, '--round', '0');

    expect(JSON.parse(called.out)).toMatchObject({ status: 'done', files: ['knots.txt'] });
    expect(written).toBe(content);
    expect(shown.out).toMatch(/…\n {2}and \d+ more; all of it with --json\n/u);
    expect(shown.out.length).toBeLessThan(20_000);
    expect(JSON.parse(whole.out)).toMatchObject({ answers: { length: 3 } });
    expect(whole.out.length).toBeGreaterThan(1_000_000);
    expect(restored.code).toBe(0);
    expect(existsSync(at('knots.txt'))).toBe(false);
  });

  it('L6: a line of two million characters is written, and searched for secrets to its end', async () => {
    const line = 'word '.repeat(400_000);
    const token = `ghp_${'aB3dE6gH9j'.repeat(4).slice(0, 36)}`;

    const called = await run(
      plan,
      work({ path: 'line.txt', content: `${line}${token}` }),
      work({ path: 'line.txt', content: line }),
      approved,
    );
    const logs = await shell.call('logs', runIdIn(called));

    expect(JSON.parse(called.out)).toMatchObject({ status: 'done', files: ['line.txt'] });
    expect(readFileSync(at('line.txt'), 'utf8')).toBe(line);
    expect(logs.out).toContain('line.txt');
    expect(logs.out).toContain('github');
  });

  it('L6: a file of ten megabytes that was there is not shown to a model, so none may replace it', async () => {
    const before = 'All about knots.\n'.repeat(620_000);
    writeFileSync(at('large.txt'), before);

    const called = await run(
      plan,
      work({ path: 'large.txt', content: 'Rye\n' }),
      work({ path: 'notes.txt', content: 'Rye\n' }),
      approved,
    );
    const logs = await shell.call('logs', runIdIn(called));

    expect(JSON.parse(called.out)).toMatchObject({ status: 'done', files: ['notes.txt'] });
    expect(logs.out).toContain('"large.txt" exists and was not shown to you');
    expect(readFileSync(at('large.txt'), 'utf8') === before).toBe(true);
  });

  it('L6: more than 256 KB about a run are cut for people, with a note, and whole for programs', async () => {
    const folder = ['knots', 'ropes', 'lines', 'bends'].map((name) => name.repeat(48)).join('/');
    const files = (round: number) =>
      Array.from({ length: 200 }, (_, index) => ({
        path: `${folder}/${String(round)}-${String(index)}.txt`,
        content: 'Rye\n',
      }));

    const called = await run(
      plan,
      work(...files(1)),
      { approved: false, feedback: ['More of it'] },
      work(...files(2)),
      approved,
    );
    const shown = await shell.call('show', runIdIn(called));
    const whole = await shell.call('show', runIdIn(called), '--json');

    expect(Buffer.byteLength(shown.out)).toBeLessThan(256 * 1_024 + 100);
    expect(shown.out).toMatch(/\n… and [\d,]+ more bytes; all of it with --json\n$/u);
    expect(whole.out).toContain('2-199.txt');
    expect(JSON.parse(whole.out)).toMatchObject({ status: 'done' });
  });
});
