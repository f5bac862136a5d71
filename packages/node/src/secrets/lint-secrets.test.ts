import { describe, expect, it } from 'vitest';

import { lintSecrets } from './lint-secrets.ts';

describe('lintSecrets', () => {
  it('gives line and kind of what secretlint finds, whatever a comment says', async () => {
    const content = `/* secretlint-disable */\nconst t = "ghp_${'aB3dE6gH9'.repeat(4)}";`;

    await expect(lintSecrets({ path: 'a.js', content })).resolves.toEqual([
      { line: 2, lastLine: 2, rule: 'github' },
    ]);
  });

  it('finds the id of a key of AWS, but takes the number of an account for none', async () => {
    const id = ['AK', 'IA', 'IOSFODNN7QRSTUVX'].join('');
    const content = `aws_account_id = 1234-5678-9012\naccount: 123456789012\naws_access_key_id = ${id}\n`;

    await expect(lintSecrets({ path: 'a.ini', content })).resolves.toEqual([
      { line: 3, lastLine: 3, rule: 'aws' },
    ]);
  });

  it('recognises the credentials of a service account by the kind of file', async () => {
    const kind = 'PRIVATE KEY';
    const content = JSON.stringify({ private_key_id: 'x', private_key: `-----BEGIN ${kind}-----` });

    const found = await lintSecrets({ path: 'account.json', content });

    expect(found.map(({ rule }) => rule)).toContain('gcp');
  });
});
