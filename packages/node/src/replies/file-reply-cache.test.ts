import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { type LlmResponse, sha256 } from '@jarvis/core';
import { beforeEach, describe, expect, it } from 'vitest';

import { createFileReplyCache } from './file-reply-cache.ts';

const KEY = sha256('a question');

const reply: LlmResponse = {
  outcome: 'answered',
  text: 'é🙂\n',
  model: 'gpt-4.1-mini',
  usage: { inputTokens: 3, cachedInputTokens: 0, outputTokens: 2 },
  isSimulated: false,
};

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'jarvis-replies-'));
  return () => rmSync(directory, { recursive: true, force: true });
});

const open = (server = 'https://llm.example.org/v1') => createFileReplyCache({ directory, server });

const filesIn = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());

describe('createFileReplyCache', () => {
  it('gives back what another process kept, and nothing for another question or server', async () => {
    await open().write(KEY, reply);

    const read = await Promise.all([
      open().read(KEY),
      open().read(sha256('another question')),
      open('http://127.0.0.1:11434/v1').read(KEY),
    ]);

    expect(read).toEqual([reply, undefined, undefined]);
  });

  it('keeps the last answer, for the owner only, and nothing beside it', async () => {
    const cache = open();

    await Promise.all([cache.write(KEY, { ...reply, text: 'first' }), cache.write(sha256('b'), reply)]);
    await cache.write(KEY, reply);

    const files = filesIn(directory);
    expect(await cache.read(KEY)).toEqual(reply);
    expect(files.map(({ name }) => name).sort()).toEqual([`${KEY}.json`, `${sha256('b')}.json`].sort());
    expect(files.map(({ parentPath, name }) => statSync(join(parentPath, name)).mode & 0o777)).toEqual([
      0o600, 0o600,
    ]);
  });

  it.each(['', '{"outcome":"answ', '{"outcome":"answered"}', 'null'])(
    'takes a file with %j for no answer',
    async (content) => {
      await open().write(KEY, reply);
      for (const { parentPath, name } of filesIn(directory)) writeFileSync(join(parentPath, name), content);

      expect(await open().read(KEY)).toBeUndefined();
    },
  );

  it('does not fail when nothing can be kept', async () => {
    const file = join(directory, 'a-file');
    writeFileSync(file, 'in the way');
    const cache = createFileReplyCache({ directory: file, server: 'x' });

    await cache.write(KEY, reply);

    expect(await cache.read(KEY)).toBeUndefined();
    expect(readFileSync(file, 'utf8')).toBe('in the way');
  });
});
