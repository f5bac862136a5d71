import { describe, expect, it } from 'vitest';

import type { Finding } from '../vocabulary/finding.ts';
import type { Check } from './check.ts';
import { runChecks } from './run-checks.ts';

const files = [{ path: 'a.html', content: '<p>', hash: 'x' }];
const checkOf = (id: string, inspect: Check['inspect']): Check => ({ id, inspect });

describe('runChecks', () => {
  it('hands the files to every check and gives all findings', async () => {
    const seen: unknown[] = [];
    const checks = ['html', 'css'].map((id) =>
      checkOf(id, async (given) => {
        seen.push(given);
        return [{ severity: 'warning', source: id, description: `${id} finding` }];
      }),
    );

    const findings = await runChecks(checks, files);

    expect(findings.map(({ source }) => source)).toEqual(['css', 'html']);
    expect(seen).toEqual([files, files]);
  });

  it.each([
    { thrown: new Error('out of memory'), says: 'out of memory' },
    { thrown: new Error('the parser\ngave up'), says: 'the parser\ngave up' },
  ])('takes a check that cannot run for an error, and runs the others: $says', async ({ thrown, says }) => {
    const checks = [
      checkOf('broken', () => Promise.reject(thrown)),
      checkOf('fine', async () => [{ severity: 'note', source: 'fine', description: 'ok' }]),
    ];

    expect(await runChecks(checks, files)).toEqual([
      {
        severity: 'error',
        source: 'broken',
        rule: 'check-failed',
        description: `The check could not run: ${says}`,
      },
      { severity: 'note', source: 'fine', description: 'ok' },
    ]);
  });

  it('finds nothing without checks', async () => {
    expect(await runChecks([], files)).toEqual([]);
  });

  it('gives the same order whatever the order of the checks and of what they found', async () => {
    const at = (severity: Finding['severity'], file: string, line: number): Finding => ({
      severity,
      source: 'a',
      description: `${severity} ${file} ${String(line)}`,
      file,
      line,
    });
    const found = [at('note', 'b', 1), at('error', 'b', 10), at('error', 'b', 9), at('error', 'b', 1)];
    const others = [at('warning', 'Z', 3), at('warning', 'ä', 2), { ...at('error', '', 0), file: undefined }];
    const one = checkOf('one', async () => found);
    const other = checkOf('other', async () =>
      others.map(({ file, ...rest }) => ({ ...rest, ...(file !== undefined && { file }) })),
    );
    const reversed = checkOf('one', async () => found.toReversed());

    const findings = await runChecks([one, other], files);

    expect(findings.map(({ description }) => description)).toEqual([
      'error  0',
      'warning Z 3',
      'error b 1',
      'note b 1',
      'error b 9',
      'error b 10',
      'warning ä 2',
    ]);
    expect(await runChecks([other, reversed], files)).toEqual(findings);
  });

  it('shows fifty findings of a file and says how many more there are, and hides no error behind warnings', async () => {
    const warnings = Array.from({ length: 60 }, (_, index): Finding => {
      return { severity: 'warning', source: 'a', description: 'odd', file: 'a.html', line: index + 1 };
    });
    const last: Finding = { severity: 'error', source: 'a', description: 'bad', file: 'a.html', line: 99 };

    const findings = await runChecks([checkOf('a', async () => [...warnings, last])], files);

    expect(findings).toHaveLength(51);
    expect(findings.at(-2)).toEqual(last);
    expect(findings.at(-1)?.description).toBe('11 more findings in this file are not shown.');
  });

  it('ends with the reason of the signal when that ended a check', async () => {
    const stopping = new AbortController();
    const check = checkOf('slow', async (_files, signal) => {
      stopping.abort(new Error('stop'));
      signal?.throwIfAborted();
      return [];
    });

    await expect(runChecks([check], files, stopping.signal)).rejects.toThrow('stop');
  });
});
