import { describe, expect, it } from 'vitest';

import { createSecretlintScanner } from './secretlint-scanner.ts';

// Put together here, so that no scanner takes this file for a leak.
const GITHUB_TOKEN = `ghp_${'aB3dE6gH9'.repeat(4)}`;
const KIND = 'RSA PRIVATE KEY';
const PRIVATE_KEY = `-----BEGIN ${KIND}-----
${'MIIEpAIBAAKCAQEA7x'.repeat(8)}
-----END ${KIND}-----`;
const OWN_KEY = `sk-own-${'q7Zt'.repeat(6)}`;

const scanner = createSecretlintScanner({ knownSecrets: [OWN_KEY] });

describe('createSecretlintScanner', () => {
  it.each([
    ['a token of a known service', `x\nconst t = "${GITHUB_TOKEN}";`, 2],
    ['a private key', PRIVATE_KEY, 1],
    [
      'a random value assigned to a telling name',
      'const api_key = "abcdefghijklmnopqrstuvwxyz0123456789";',
      1,
    ],
    ['a random value in a configuration', '{\n"password": "q8#Lw2!vR9zT4mKp"}', 2],
  ])('finds %s, with its line', async (_, content, line) => {
    const found = await scanner.scan([{ path: 'a.js', content }]);

    expect(found).toContainEqual(expect.objectContaining({ path: 'a.js', line }));
  });

  it.each([
    ['as it is', OWN_KEY],
    ['in base64', Buffer.from(OWN_KEY).toString('base64')],
    ['in the middle of base64', Buffer.from(`x${OWN_KEY}yz`).toString('base64')],
    ['in base64 for URLs', Buffer.from(`xy${OWN_KEY}`).toString('base64url')],
    ['in hex', Buffer.from(OWN_KEY).toString('hex').toUpperCase()],
    ['in a URL', `https://example.org/?k=${encodeURIComponent(OWN_KEY)}`],
  ])('finds a known value %s', async (_, form) => {
    const found = await scanner.scan([{ path: 'a.txt', content: `\n${form}` }]);

    expect(found.map(({ rule, line }) => `${rule} ${String(line)}`)).toContain('known-secret 2');
  });

  it.each([
    'const api_key = process.env.API_KEY;',
    'const api_key = "xxxxxxxxxxxxxxxxxxxxxxxx";',
    '<p>The secret of good bread is patience.</p>',
    'integrity="sha384-oqVuAfXRKap7fdgcCY5uykM6+R9GqQ8K/uxy9rx7HNQlGYl1kPzQho1wx4JwY8wC"',
  ])('takes no offence at %j', async (content) => {
    await expect(scanner.scan([{ path: 'a.js', content }])).resolves.toEqual([]);
  });

  it('cannot be switched off by a comment in the file', async () => {
    const content = `/* secretlint-disable */\nconst t = "${GITHUB_TOKEN}";`;

    await expect(scanner.scan([{ path: 'a.js', content }])).resolves.not.toEqual([]);
  });

  it('never carries a value along', async () => {
    const found = await scanner.scan([
      { path: 'a.js', content: `const t = "${GITHUB_TOKEN}"; // ${OWN_KEY}` },
    ]);

    expect(found.length).toBeGreaterThan(1);
    expect(JSON.stringify(found)).not.toContain(GITHUB_TOKEN);
    expect(JSON.stringify(found)).not.toContain(OWN_KEY);
  });

  it('gets to the end of a line of two megabytes', async () => {
    const content = `password = "${'a1'.repeat(1_000_000)}"`;

    await expect(scanner.scan([{ path: 'a.js', content }])).resolves.toBeDefined();
  });
});
