import { type SecretScanner, type Workspace, WorkspaceConflictError } from '@jarvis/core';
import { MarkerSecretScanner, MemoryWorkspace } from '@jarvis/core/testing';
import { projectRun, readRunRecords } from '@jarvis/loops';
import { describe, expect, it } from 'vitest';

import { createTeam } from './team.ts';

const scanner = new MarkerSecretScanner(['not-a-real-secret'], ['the-known-key']);
const broken: SecretScanner = {
  scan: async (files) => {
    if (files[0]?.path === 'shown text') throw new Error('broken');
    return [];
  },
  holdsKnownSecret: () => false,
};

/** A run whose first answer meets a conflict that a folder describes with a diff. */
async function stopAt(diff: string, secrets: SecretScanner = scanner) {
  const memory = new MemoryWorkspace({ files: { 'index.html': 'old' } });
  const workspace: Workspace = {
    root: memory.root,
    prove: () => memory.prove(),
    readFiles: () => memory.readFiles(),
    hashFiles: (paths) => memory.hashFiles(paths),
    readModes: (paths) => memory.readModes(paths),
    apply: () => Promise.reject(new WorkspaceConflictError({ paths: ['index.html'], diff })),
  };
  const { jarvis, context } = createTeam({}, { workspace, secrets });
  const { runId } = await jarvis.run({ task: 'Build a page' });
  const records = await readRunRecords(context.journal, runId);
  return { stop: projectRun(records)?.stop, kept: JSON.stringify(records) };
}

describe('a run that waits because somebody changed a file', () => {
  it('F46: keeps the difference and shows it', async () => {
    const { stop } = await stopAt('-old\n+the user was here');

    expect(stop).toMatchObject({ status: 'waiting', reason: 'workspace_conflict' });
    expect(stop?.message).toMatch(/\n-old\n\+the user was here$/u);
  });

  it.each([
    ['what looks like a secret', '+not-a-real-secret', scanner],
    ['the key', '-the-known-key', scanner],
    ['what cannot be searched', '+a', broken],
  ])('F46: keeps no difference with %s', async (_, diff, secrets) => {
    const { stop, kept } = await stopAt(diff, secrets);

    expect(stop?.reason).toBe('workspace_conflict');
    expect(stop?.message).toMatch(/shown to the employee\.$/u);
    expect(kept).not.toContain(diff);
  });
});
