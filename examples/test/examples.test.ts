import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { startFakeOpenAi } from '@jarvis/node/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { exampleFile, runExample } from './run-example.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'jarvis-examples-'));
  mkdirSync(join(folder, 'my-project'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('the examples', () => {
  it('run-a-task builds a page, simulated where there is no key', async () => {
    const out = await runExample('run-a-task', { folder, env: {} });

    expect(out).toMatch(/^done 0 undefined$/mu);
    expect(readFileSync(join(folder, 'my-project/index.html'), 'utf8')).toContain('<h1>');
  });

  it('fake-openai starts a server and ends it', async () => {
    await expect(runExample('fake-openai', { folder, env: {} })).resolves.toMatch(
      /^http:\/\/127\.0\.0\.1:\d+\/v1 0\n$/u,
    );
  });

  it('old-payloads speaks to a server as the predecessor did', async () => {
    await using server = await startFakeOpenAi({
      script: [
        { type: 'json', content: { plan: ['Write index.html'], acceptance_criteria: [] } },
        { type: 'json', content: { files: { 'index.html': '<h1>Choir</h1>' } } },
        { type: 'json', content: { status: 'approved', feedback: [] } },
      ],
    });

    const out = await runExample('old-payloads', { folder, env: { OPENAI_BASE_URL: server.baseUrl } });

    expect(out).toMatch(/^done /u);
    expect(server.requests[0]?.body).toMatchObject({
      messages: [{}, { content: 'Build a page for a choir' }],
    });
  });
});

describe('the documents', () => {
  it.each([
    ['README.md', 'run-a-task'],
    ['packages/loops/README.md', 'run-a-task'],
    ['packages/node/README.md', 'fake-openai'],
    ['docs/migration/from-legacy.md', 'old-payloads'],
  ])('%s shows the example %s as it runs here', (document, example) => {
    const text = readFileSync(fileURLToPath(new URL(`../../${document}`, import.meta.url)), 'utf8');

    const shown = /```ts\n([\s\S]*?)```/u.exec(text)?.[1];

    expect(shown).toBe(readFileSync(exampleFile(example), 'utf8'));
  });
});
