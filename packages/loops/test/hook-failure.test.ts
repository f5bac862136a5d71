import { defaultConfig, GitHookFailedError } from '@jarvis/core';
import { FakeGitRepository, MarkerSecretScanner } from '@jarvis/core/testing';
import { readRunRecords } from '@jarvis/loops';
import { describe, expect, it } from 'vitest';

import { createTeam } from './team.ts';

/** A repository in which a hook objects to the first commit. */
class Objecting extends FakeGitRepository {
  readonly #output: string;
  readonly plans: Parameters<FakeGitRepository['commit']>[0][] = [];

  constructor(output: string) {
    super();
    this.#output = output;
  }

  override commit(...asked: Parameters<FakeGitRepository['commit']>): Promise<string> {
    this.plans.push(asked[0]);
    if (this.plans.length > 1) return super.commit(...asked);
    const failure = { hook: 'pre-commit', problem: 'failed with exit code 1', output: this.#output };
    return Promise.reject(new GitHookFailedError(failure));
  }
}

async function runWith(output: string, runHooks = true) {
  const git = new Objecting(output);
  const config = { ...defaultConfig, git: { ...defaultConfig.git, runHooks } };
  const secrets = new MarkerSecretScanner(['not-a-real-secret']);
  const { jarvis, context } = createTeam({}, { git, config, secrets });
  const stopped = await jarvis.run({ task: 'Build a page' });
  const records = JSON.stringify(await readRunRecords(context.journal, stopped.runId));
  return { jarvis, git, stopped, records };
}

describe('a run whose commit a hook objects to', () => {
  it('F44: waits, and commits the same plan when it is resumed', async () => {
    const { jarvis, git, stopped, records } = await runWith('no semicolon');

    const resumed = await jarvis.resume(stopped.runId);

    expect(stopped).toMatchObject({ status: 'waiting', reason: 'git_hook_failed' });
    expect(records).toContain('no semicolon');
    expect(resumed).toMatchObject({ status: 'done' });
    expect(git.plans).toHaveLength(2);
    expect(git.plans[1]).toEqual(git.plans[0]);
    expect(git.plans[0]).toMatchObject({ runsHooks: true });
  });

  it('F44: keeps nothing of what a hook wrote when that holds a secret', async () => {
    const { stopped, records } = await runWith('found not-a-real-secret');

    expect(stopped.reason).toBe('git_hook_failed');
    expect(records).toContain('What it wrote is not shown: it may hold a secret.');
    expect(records).not.toContain('not-a-real-secret');
  });

  it('F44: plans no hook unless it is asked for', async () => {
    const { git } = await runWith('', false);

    expect(git.plans[0]).not.toHaveProperty('runsHooks');
  });
});
