import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { migrateConfigFile } from './migrate-config.ts';

let folder = '';
let file = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'legacy-'));
  file = join(folder, 'project_config.json');
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe('migrateConfigFile', () => {
  it('translates a file, with or without a byte order mark, and leaves it as it is', async () => {
    const text = '\uFEFF{"task": "Make a page", "max_cost_usd": 2}';
    writeFileSync(file, text);

    const { config, task } = await migrateConfigFile(file);

    expect({ task, capUsd: config.costs?.capUsd }).toEqual({ task: 'Make a page', capUsd: 2 });
    expect(readFileSync(file, 'utf8')).toBe(text);
  });

  it('gives the same when it is done twice', async () => {
    writeFileSync(file, '{"max_rounds": 5}');

    const [first, second] = [await migrateConfigFile(file), await migrateConfigFile(file)];

    expect(second).toEqual(first);
  });

  it.each([
    ['is cut', '{"task": ', /project_config\.json: it is no valid JSON/u],
    ['is not JSON', '{\n  "task": "secret" "a"\n}', /it is no valid JSON \(line 2, column 20\)\. /u],
    ['is a word', 'secret', /it is no valid JSON\. /u],
    ['is not there', undefined, /project_config\.json: it does not exist\. .*jarvis migrate config \.\./u],
    ['is empty', '\uFEFF \n', /it is empty/u],
    ['is a list', '[1]', /it holds a list, not an object/u],
    ['is nothing', 'null', /it holds null, not an object/u],
    ['is a number', '3', /it holds a number, not an object/u],
    ['is not UTF-8', Buffer.from('{"task": "caf\xe9"}', 'latin1'), /save it as UTF-8/u],
  ])('says so when the file %s', async (_, text, message) => {
    if (text !== undefined) writeFileSync(file, text);

    const reading = migrateConfigFile(file);

    await expect(reading).rejects.toThrow(message);
    await expect(reading).rejects.toMatchObject({
      code: 'JARVIS_LEGACY_CONFIG',
      message: expect.not.stringContaining('secret') as unknown,
    });
  });

  it('reads no folder, no pipe and nothing huge', async () => {
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    writeFileSync(file, '');
    truncateSync(file, 300 * 1024 ** 2);

    await expect(migrateConfigFile(folder)).rejects.toThrow(/it is a folder; name the file in it/u);
    await expect(migrateConfigFile(pipe)).rejects.toThrow(/it is no regular file/u);
    await expect(migrateConfigFile(file)).rejects.toThrow(/it is larger than 1 MB \(314572800 bytes\)/u);
  });
});
