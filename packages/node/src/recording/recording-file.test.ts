import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { RecordedExchange } from '@jarvis/core';
import { beforeEach, describe, expect, it } from 'vitest';

import { openRecordingFile, proveRecordingFile, readRecordingFile } from './recording-file.ts';

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'jarvis-recording-'));
  path = join(folder, 'run.jsonl');
  return () => rmSync(folder, { recursive: true, force: true });
});

const exchangeOf = (text: string): RecordedExchange => ({
  request: {
    model: 'gpt-4.1-mini',
    role: 'employee',
    purpose: 'work',
    messages: [{ role: 'user', content: `Write ${text}` }],
    replyFormat: { type: 'json' },
    maxOutputTokens: 10,
    minOutputTokens: 1,
  },
  response: { outcome: 'answered', text, model: 'gpt-4.1-mini', isSimulated: false },
});

describe('openRecordingFile', () => {
  it('writes nothing before something is asked', () => {
    openRecordingFile(path);

    expect(existsSync(path)).toBe(false);
  });

  it('keeps exchanges whole and in order, for the owner only', async () => {
    const sink = openRecordingFile(path);
    await sink.prepare();

    await Promise.all(['one', 'two', 'three'].map((text) => sink.append(exchangeOf(text))));

    expect(await readRecordingFile(path)).toEqual(['one', 'two', 'three'].map(exchangeOf));
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('goes on with a recording, without what a killed process left of a line', async () => {
    const first = openRecordingFile(path);
    await first.prepare();
    await first.append(exchangeOf('one'));
    appendFileSync(path, '{"request":{"mod');

    const second = openRecordingFile(path);
    await second.prepare();
    await second.append(exchangeOf('two'));

    expect(await readRecordingFile(path)).toEqual([exchangeOf('one'), exchangeOf('two')]);
  });

  it.each([
    '# My notes\n',
    '{"name":"package"}\n',
    '{"format":"jarvis-llm-recording","version":9}\n',
    'no end',
  ])('refuses a file with %j, and leaves it as it is', async (content) => {
    writeFileSync(path, content);

    await expect(openRecordingFile(path).prepare()).rejects.toMatchObject({
      code: 'JARVIS_LLM_RECORDING_UNREADABLE',
      source: path,
    });

    expect(readFileSync(path, 'utf8')).toBe(content);
  });

  it('does not write through a link', async () => {
    const elsewhere = join(folder, 'elsewhere');
    symlinkSync(elsewhere, path);

    await expect(openRecordingFile(path).prepare()).rejects.toThrow('cannot be read or written (ELOOP)');

    expect(existsSync(elsewhere)).toBe(false);
  });

  it('tells when it cannot be written', async () => {
    await expect(openRecordingFile(join(folder, 'none', 'a')).prepare()).rejects.toMatchObject({
      code: 'JARVIS_LLM_RECORDING_UNREADABLE',
      cause: { code: 'ENOENT' },
    });
  });
});

describe('readRecordingFile', () => {
  it('tells when there is no file', async () => {
    await expect(readRecordingFile(path)).rejects.toThrow('the file cannot be read or written (ENOENT)');
  });

  it('is found out before anything is asked: no file will do, a foreign one will not', async () => {
    const foreign = join(folder, 'mine.txt');
    writeFileSync(foreign, 'my own notes\n');

    await expect(proveRecordingFile(join(folder, 'none.jsonl'))).resolves.toBeUndefined();
    await expect(proveRecordingFile(foreign)).rejects.toMatchObject({
      code: 'JARVIS_LLM_RECORDING_UNREADABLE',
    });
    expect(readFileSync(foreign, 'utf8')).toBe('my own notes\n');
  });
});
