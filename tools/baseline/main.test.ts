import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';

import { makeScenario } from './testing/make-scenario.ts';

const reportSchema = z.looseObject({
  scenarios: z.array(z.looseObject({ id: z.string(), verdict: z.string() })),
});

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'baseline-cli-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe('npm run baseline', () => {
  it('plays any folder, writes the report, and ends with 0 when all is as it should be', () => {
    writeFileSync(join(folder, 'made.json'), JSON.stringify(makeScenario()));

    const { status, stdout } = runBaseline(folder, '--json', join(folder, 'report.txt'));

    const report = reportSchema.parse(JSON.parse(readFileSync(join(folder, 'report.txt'), 'utf8')));
    expect(status).toBe(0);
    expect(stdout).toContain('made.json: equal\n');
    expect(report.scenarios).toMatchObject([{ id: 'made', verdict: 'equal' }]);
  });

  it('ends with 1 and shows the fields when a run differs', () => {
    const differing = makeScenario({ record: (run) => ({ ...run, status: 'rejected' }) });
    writeFileSync(join(folder, 'made.json'), JSON.stringify(differing));

    const { status, stdout } = runBaseline(folder);

    expect(status).toBe(1);
    expect(stdout).toContain(
      'made.json: difference\n  /status\n    recorded "rejected"\n    ours     "approved"\n',
    );
  });

  it('ends with 1 when a run is not even accepted, and says why', () => {
    writeFileSync(join(folder, 'made.json'), JSON.stringify(makeScenario({ config: { max_cost_usd: -1 } })));

    const { status, stdout } = runBaseline(folder);

    expect(status).toBe(1);
    expect(stdout).toContain('made.json: difference; JARVIS_LEGACY_CONFIG: ');
  });

  it('ends with 2, one line a file, when something cannot be read, and plays the rest', () => {
    writeFileSync(join(folder, 'broken.json'), '{"format": "legacy-base');
    writeFileSync(join(folder, 'made.json'), JSON.stringify(makeScenario()));

    const { status, stdout, stderr } = runBaseline(folder);

    expect(status).toBe(2);
    expect(stdout).toContain('made.json: equal\n');
    expect(stdout).toMatch(/\nUnreadable:\n {2}broken\.json: not JSON, or cut off: .*\n/u);
    expect(stderr).toBe('');
  });

  it.each([['--unknown'], ['one', 'two']])('ends with 2 and the usage for %s %s', (...args) => {
    const { status, stderr } = runBaseline(...args);

    expect(status).toBe(2);
    expect(stderr).toContain('npm run baseline -- [folder of scenario files]');
  });
});

function runBaseline(...args: readonly string[]) {
  const main = fileURLToPath(new URL('main.ts', import.meta.url));
  return spawnSync(process.execPath, ['--conditions=@jarvis/source', main, ...args], { encoding: 'utf8' });
}
