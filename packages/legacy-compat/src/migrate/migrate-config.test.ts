import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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
    ['is not JSON', '{"task": ', /project_config\.json: .*JSON/u],
    ['is not there', undefined, /ENOENT/u],
    ['is no such configuration', '[]', /expected object/u],
  ])('says so when the file %s', async (_, text, message) => {
    if (text !== undefined) writeFileSync(file, text);

    const reading = migrateConfigFile(file);

    await expect(reading).rejects.toThrow(message);
    await expect(reading).rejects.toMatchObject({ code: 'JARVIS_LEGACY_CONFIG' });
  });
});
