import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

import { describe, expect, it } from 'vitest';

function bench(...names: readonly string[]) {
  const main = fileURLToPath(new URL('main.ts', import.meta.url));
  return spawnSync(process.execPath, ['--conditions=@jarvis/source', main, ...names], { encoding: 'utf8' });
}

describe('npm run bench', () => {
  it.each([[[]], [['nothing-of-this-name']], [['ledger', 'nothing']]])(
    '%j: tells what can be measured, with 2',
    (names) => {
      const { status, stdout, stderr } = bench(...names);

      expect([status, stdout]).toEqual([2, '']);
      expect(stderr).toContain('ledger     reserve and settle');
    },
  );

  it('measures the ledger', () => {
    const { status, stdout } = bench('ledger');

    expect(status).toBe(0);
    expect(stdout).toMatch(/1,000 open: +[\d,]+ pairs\/s\n/u);
  });
});
