import { describe, expect, it } from 'vitest';

import { type Check, runChecks } from './check.ts';

const files = [{ path: 'a.html', content: '<p>', hash: 'x' }];
const checkOf = (id: string, inspect: Check['inspect']): Check => ({ id, inspect });

describe('runChecks', () => {
  it('hands the files to every check and gives all findings in their order', async () => {
    const seen: unknown[] = [];
    const checks = ['html', 'css'].map((id) =>
      checkOf(id, async (given) => {
        seen.push(given);
        return [{ severity: 'warning', source: id, description: `${id} finding` }];
      }),
    );

    const findings = await runChecks(checks, files);

    expect(findings.map(({ source }) => source)).toEqual(['html', 'css']);
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
});
