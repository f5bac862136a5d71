import { describe, expect, it, vi } from 'vitest';

import { createSecretlintScanner } from './secretlint-scanner.ts';

// Threads take their time to start on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

// Put together here, so that no scanner takes this file for a leak.
const [PRIVATE, ZA, IA, SECRET_ACCESS] = ['PRIVATE', 'za', 'IA', 'SECRET_ACCESS'];
const GITHUB_TOKEN = `ghp_${'aB3dE6gH9'.repeat(4)}`;
const KIND = 'RSA PRIVATE KEY';
const PRIVATE_KEY = `-----BEGIN ${KIND}-----
${'MIIEpAIBAAKCAQEA7x'.repeat(8)}
-----END ${KIND}-----`;
const GOOGLE_KEY = `AI${ZA}SyD-9tSrke72PouQMnMX-a7eZSW0jkFMBWY`;
const OWN_KEY = `sk-own-${'q7Zt'.repeat(6)}`;

const ED25519 = 'MC4CAQAwBQYDK2VwBCIEIJ+DYvh6SEqVTm50DFtMDoQikTmiCqirVv9mWG9qfSnF';
const base64url = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
const JWT = `${base64url({ alg: 'HS256' })}.${base64url({ sub: '1234567890' })}.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9P`;

const scanner = createSecretlintScanner({ knownSecrets: [OWN_KEY] });

describe('createSecretlintScanner', () => {
  it.each<[string, string, number]>([
    ['a token of a known service', `x\nconst t = "${GITHUB_TOKEN}";`, 2],
    ['a private key', PRIVATE_KEY, 1],
    [
      'a random value assigned to a telling name',
      'const api_key = "abcdefghijklmnopqrstuvwxyz0123456789";',
      1,
    ],
    ['a short private key', `x\n-----BEGIN ${PRIVATE} KEY-----\n${ED25519}\n-----END`, 2],
    ['a private key in a string of code', `const key = "-----BEGIN ${PRIVATE} KEY-----\\n${ED25519}\\n"`, 1],
    ['a private key put together', `k = "-----BEGIN EC ${PRIVATE} KEY-----\\n" +\n  "${ED25519}"`, 1],
    [
      'an encrypted private key',
      `-----BEGIN RSA ${PRIVATE} KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\n${ED25519}`,
      1,
    ],
    ['a key of Google', `x\n${GOOGLE_KEY}`, 2],
    ['a web token', `x\nAuthorization: Bearer ${JWT}`, 2],
    ['a token of Hugging Face', `hf_${'aB3dE6gH9jKlMnOpQ'.repeat(2)}`, 1],
    ['the id of a key of AWS', `id: AK${IA}IOSFODNN7QRSTUVX`, 1],
    ['an unquoted value in YAML', 'a: 1\napi_key: q8Lw2vR9zT4mKp7s # mine', 2],
    ['an unquoted value in a list of YAML', '- client_secret: q8Lw2vR9zT4mKp7s', 1],
    ['a variable of a shell', `export AWS_${SECRET_ACCESS}_KEY=wJalrXUtnFEMI/K7MDENG2bPxRfiCYzQ`, 1],
    ['a variable in front of a command', 'API_TOKEN=q8Lw2vR9zT4mKp7s npm start', 1],
    ['a random value in a configuration', '{\n"password": "q8#Lw2!vR9zT4mKp"}', 2],
  ])('finds %s, with its line', async (_, content, line) => {
    const found = await scanner.scan([{ path: 'a.yml', content }]);

    expect(found).toContainEqual(expect.objectContaining({ path: 'a.yml', line }));
  });

  it.each([
    ['as it is', OWN_KEY],
    ['in base64', Buffer.from(OWN_KEY).toString('base64')],
    ['in the middle of base64', Buffer.from(`x${OWN_KEY}yz`).toString('base64')],
    ['in base64 for URLs', Buffer.from(`xy${OWN_KEY}`).toString('base64url')],
    ['in hex', Buffer.from(OWN_KEY).toString('hex').toUpperCase()],
    [
      'in hex, digit by digit in a URL',
      OWN_KEY.replace(/./gu, (one) => `%${Buffer.from(one).toString('hex')}`),
    ],
    ['in a URL', `https://example.org/?k=${encodeURIComponent(OWN_KEY)}`],
  ])('finds a known value %s', async (_, form) => {
    const found = await scanner.scan([{ path: 'a.txt', content: `\n${form}` }]);

    expect(found.map(({ rule, line }) => `${rule} ${String(line)}`)).toContain('known-secret 2');
  });

  it.each([
    'const api_key = process.env.API_KEY;',
    'const api_key = "xxxxxxxxxxxxxxxxxxxxxxxx";',
    'password: "your-password-goes-here-123"',
    'token = "one-two-three-four-five-six"',
    'tokenizer: "8f3a9c1e7b2d4056a1"',
    'token: "aaaaaaaaaaaaaaaaaaaa11111111"',
    '<p>The secret of good bread is patience.</p>',
    'integrity="sha384-oqVuAfXRKap7fdgcCY5uykM6+R9GqQ8K/uxy9rx7HNQlGYl1kPzQho1wx4JwY8wC"',
  ])('takes no offence at %j', async (content) => {
    await expect(scanner.scan([{ path: 'a.js', content }])).resolves.toEqual([]);
  });

  it('looks at every part of a long line', async () => {
    const assignment = 'apiKey:"q8Lw2vR9zT4mKp7s"';
    for (const before of [9_200, 10_230, 30_000]) {
      const content = `${'x;'.repeat(before / 2)}${assignment}${'x;'.repeat(20_000)}`;

      const found = await scanner.scan([{ path: 'app.min.js', content }]);

      expect(found).toEqual([{ path: 'app.min.js', line: 1, rule: 'assigned-secret' }]);
    }
  });

  it('names each line once a rule, in the order of the lines', async () => {
    const content = `${OWN_KEY} ${OWN_KEY}\n\n${OWN_KEY}`;

    const found = await scanner.scan([{ path: 'a.txt', content }]);

    expect(found.map(({ line, rule }) => `${String(line)} ${rule}`)).toEqual([
      '1 known-secret',
      '3 known-secret',
    ]);
  });

  it('finds a known value in a path, and does not repeat it', async () => {
    const inPlain = await scanner.scan([{ path: `notes/${OWN_KEY}.txt`, content: '' }]);
    const inHex = await scanner.scan([
      { path: `notes/${Buffer.from(OWN_KEY).toString('hex')}.txt`, content: '' },
    ]);

    expect(inPlain).toEqual([{ path: 'notes/***.txt', line: 1, rule: 'known-secret-in-path' }]);
    expect(inHex).toEqual([{ path: '***', line: 1, rule: 'known-secret-in-path' }]);
  });

  it('tells whether a text holds a known value, and does not mind what only looks like one', () => {
    expect(scanner.holdsKnownSecret(JSON.stringify({ steps: [OWN_KEY] }))).toBe(true);
    expect(scanner.holdsKnownSecret(Buffer.from(OWN_KEY).toString('base64'))).toBe(true);
    expect(scanner.holdsKnownSecret(GITHUB_TOKEN)).toBe(false);
  });

  it('finds in a path what looks like a token, and does not repeat it', async () => {
    const found = await scanner.scan([
      { path: 'fine.txt', content: '' },
      { path: `notes/${GITHUB_TOKEN}.txt`, content: '' },
      { path: `notes/a\n${GOOGLE_KEY}`, content: '' },
    ]);

    expect(found).toEqual([
      { path: '***', line: 1, rule: 'github-in-path' },
      { path: '***', line: 1, rule: 'google-api-key-in-path' },
    ]);
  });

  it('does not look for known values that stand in every text', async () => {
    const short = createSecretlintScanner({ knownSecrets: ['test'] });

    await expect(short.scan([{ path: 'test.js', content: 'test' }])).resolves.toEqual([]);
  });

  it('blocks, with the file named and nothing of it shown, when the search takes too long', async () => {
    const hasty = createSecretlintScanner({ knownSecrets: [OWN_KEY], timeoutMs: 1 });

    const scanning = hasty.scan([{ path: `${OWN_KEY}.txt`, content: OWN_KEY }]);

    await expect(scanning).rejects.toMatchObject({ code: 'JARVIS_SECRET_SCAN', path: '***.txt' });
    await expect(scanning).rejects.toThrow(
      /^\*\*\*\.txt could not be searched for secrets: it took longer than 0\.001 s/u,
    );
  });

  it('searches several texts at once, each for itself', async () => {
    const scans = ['a.js', 'b.js', 'c.js'].map((path) =>
      scanner.scan([
        { path: 'clean.js', content: 'const a = 1;' },
        { path, content: `const t = "${GITHUB_TOKEN}";` },
      ]),
    );

    const found = await Promise.all(scans);

    expect(found.map((findings) => findings.map(({ path }) => path))).toEqual([['a.js'], ['b.js'], ['c.js']]);
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
