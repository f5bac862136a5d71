import type { ScannedFile, SecretScanner } from '@jarvis/core';
import { MarkerSecretScanner, MemoryWorkspace } from '@jarvis/core/testing';
import { expect, it } from 'vitest';

import { createTeam, PAGE } from './team.ts';

it('searches what the employee writes beside what the user had there, and nothing else', async () => {
  const scanned: ScannedFile[] = [];
  const marker = new MarkerSecretScanner();
  const secrets: SecretScanner = {
    scan: async (files) => {
      scanned.push(...files);
      return marker.scan(files);
    },
    holdsKnownSecret: () => false,
  };
  const workspace = new MemoryWorkspace({ files: { 'index.html': 'of the user', 'notes.md': 'Notes' } });
  const work = [{ 'index.html': PAGE, 'new.html': PAGE }].map((files) =>
    Object.entries(files).map(([path, content]) => ({ path, content })),
  );

  const { jarvis } = createTeam({ work }, { workspace, secrets });
  const result = await jarvis.run({ task: 'Build a page.' });

  expect(result.status).toBe('done');
  expect(scanned.filter(({ path }) => path.endsWith('.html'))).toEqual([
    { path: 'index.html', content: PAGE, before: 'of the user' },
    { path: 'new.html', content: PAGE, before: undefined },
  ]);
});
