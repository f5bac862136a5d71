import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { makeScenario } from '../testing/make-scenario.ts';
import { ownFolder } from '../testing/read-own-scenarios.ts';
import { readScenarioFolder } from './read-folder.ts';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'scenarios-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe('readScenarioFolder', () => {
  it('reads every recorded run of this repository', async () => {
    const { scenarios, unreadable } = await readScenarioFolder(ownFolder);

    expect(scenarios.length).toBe(40);
    expect(unreadable).toEqual([]);
  });

  it.each([
    ['', /^the file is empty$/u],
    ['{"format": "legacy-baseline/1", "scen', /^not JSON, or cut off: /u],
    ['not JSON\nat all \u001b[31m', /^not JSON, or cut off: \P{Cc}+$/u],
    ['[]', /^the format is none, expected "legacy-baseline\/1"$/u],
    [
      '{"format": "legacy-baseline/9"}',
      /^the format is "legacy-baseline\/9", expected "legacy-baseline\/1"$/u,
    ],
    ['{"format": "legacy-baseline/1", "scenario": {}}', /^scenario\.id: .*; and \d+ more$/u],
  ])('tells what is wrong with %j in one line', async (text, problem) => {
    writeFileSync(join(folder, 'broken.json'), text);

    const { unreadable } = await readScenarioFolder(folder);

    expect(unreadable.map(({ name }) => name)).toEqual(['broken.json']);
    expect(unreadable[0]?.problem).toMatch(problem);
  });

  it('refuses a scenario with a field nobody knows, for it may change what the scenario means', async () => {
    const { scenario, ...rest } = makeScenario();
    writeFileSync(
      join(folder, 'later.json'),
      JSON.stringify({ ...rest, scenario: { ...scenario, weather: 'fair' } }),
    );

    const { unreadable } = await readScenarioFolder(folder);

    expect(unreadable[0]?.problem).toContain('weather');
  });

  it('reads the others when one cannot be read', async () => {
    writeFileSync(join(folder, 'a.json'), '{');
    writeFileSync(join(folder, 'b.json'), JSON.stringify(makeScenario()));

    const { scenarios, unreadable } = await readScenarioFolder(folder);

    expect(scenarios.map(({ name }) => name)).toEqual(['b.json']);
    expect(unreadable.map(({ name }) => name)).toEqual(['a.json']);
  });

  it('tells when there is nothing to read', async () => {
    const empty = await readScenarioFolder(folder);
    const missing = await readScenarioFolder(join(folder, 'missing'));

    expect(empty.unreadable).toEqual([{ name: folder, problem: 'the folder has no *.json' }]);
    expect(missing.unreadable).toEqual([
      { name: join(folder, 'missing'), problem: 'the folder cannot be read (ENOENT)' },
    ]);
  });
});
