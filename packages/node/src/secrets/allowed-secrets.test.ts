import { type AllowedSecret, sha256 } from '@jarvis/core';
import { describe, expect, it } from 'vitest';

import { createSecretlintScanner } from './secretlint-scanner.ts';

// Put together here, so that no scanner takes this file for a leak.
const TOKEN = `ghp_${'aB3dE6gH9j'.repeat(4).slice(0, 36)}`;
const OTHER = TOKEN.replace('aB3', 'zX7');
const OWN_KEY = 'sk-proj-Zq7_Lw2vR9zT4mKp7sXy-1aB8cD3';
const [BEGIN, END] = ['BEGIN', 'END'].map((word) => `-----${word} PRIVATE KEY-----`);
const PEM = `${BEGIN ?? ''}\nMC4CAQAwBQYDK2VwBCIEIJ9Zq7Lw2vR9zT4mKp7sXy1aB8cD3eF6gH0j\nq8Lw2vR9zT4mKp7s\n${END ?? ''}`;

const LINE = `const token = "${TOKEN}";`;
const entry = (changes: Partial<AllowedSecret> = {}): AllowedSecret => ({
  file: 'test/**',
  rule: 'github',
  sha256: sha256(LINE),
  ...changes,
});

interface Scan {
  readonly content: string;
  readonly before?: string;
  readonly path?: string;
  readonly allow?: readonly AllowedSecret[];
}

async function rulesOf({
  content,
  before,
  path = 'test/a.js',
  allow = [],
}: Scan): Promise<readonly string[]> {
  const scanner = createSecretlintScanner({ knownSecrets: [OWN_KEY], allow });
  const found = await scanner.scan([{ path, content, before }]);
  return found.map(({ line, rule }) => `${String(line)} ${rule}`);
}

const others = (rules: readonly string[]) => rules.filter((rule) => !rule.endsWith('assigned-secret'));

describe('a list of what is no secret', () => {
  it('lets pass what it names by file, rule and hash, whatever the line ends are', async () => {
    const allow = [entry(), entry({ rule: 'assigned-secret' })];

    expect(await rulesOf({ content: `\r\n${LINE}\r\n`, allow })).toEqual([]);
    expect(await rulesOf({ content: `${LINE}\n`, allow })).toEqual([]);
  });

  it.each([
    ['of another file', { file: 'src/**' }],
    ['of another rule', { rule: 'slack' }],
    ['of another line', { sha256: sha256(`${LINE} `) }],
    ['of the value alone', { sha256: sha256(TOKEN) }],
  ])('has no effect when the entry is %s', async (_, changes) => {
    expect(others(await rulesOf({ content: LINE, allow: [entry(changes)] }))).toEqual(['1 github']);
  });

  it('does not let another secret pass on a line of its own or beside', async () => {
    const allow = [entry()];

    const found = others(
      await rulesOf({ content: `${LINE}\n${LINE.replace(TOKEN, OTHER)}\n${LINE}${OTHER}`, allow }),
    );

    expect(found).toEqual(['2 github', '3 github']);
  });

  it('means the lines of a private key down to what tells it, not the first alone', async () => {
    const lines = PEM.split('\n');
    const upTo = (count: number) =>
      entry({ rule: 'private-key', sha256: sha256(lines.slice(0, count).join('')) });

    expect(await rulesOf({ content: PEM, allow: [upTo(1)] })).toEqual(['1 private-key']);
    expect(await rulesOf({ content: PEM, allow: [upTo(2)] })).toEqual([]);
  });

  it('never lets the key pass that models are called with, nor a token in a path', async () => {
    const line = `key: ${OWN_KEY}`;
    const rules = ['known-secret', 'openai', 'assigned-secret'];
    const allow = rules.map((rule) => entry({ rule, sha256: sha256(line), file: '**' }));
    const inPath = ['github', 'github-in-path'].map((rule) =>
      entry({ rule, file: '**', sha256: sha256('') }),
    );

    expect(await rulesOf({ content: line, allow })).toContain('1 known-secret');
    expect(await rulesOf({ content: '', path: `test/${TOKEN}`, allow: inPath })).toEqual([
      '1 github-in-path',
    ]);
  });
});

describe('a comment that something is no secret', () => {
  const MARKED = `${LINE} // jarvis: allow-secret github, jarvis: allow-secret assigned-secret`;
  const ABOVE = `// jarvis: allow-secret github\n${LINE}`;

  it('counts on a line that stood in the file before, or together with the line before', async () => {
    const before = `first\n${MARKED}\r\n${ABOVE}\n`;

    expect(await rulesOf({ content: `new\n${MARKED}\nlast`, before })).toEqual([]);
    expect(others(await rulesOf({ content: `${ABOVE}\nlast`, before }))).toEqual([]);
  });

  it.each([
    ['where the file is new', MARKED, undefined],
    ['where the file was empty', MARKED, ''],
    ['where the line is new', MARKED, 'const a = 1;'],
    ['where the comment was added', MARKED, LINE],
    ['where the secret was added', MARKED, MARKED.replace(TOKEN, 'x')],
    ['where the secret was changed', MARKED.replace(TOKEN, OTHER), MARKED],
    ['where the line was begun otherwise', MARKED, `a${MARKED}`],
    ['where it was put above a line that was there', ABOVE, `${LINE}\n// jarvis: allow-secret github`],
    ['where the secret was put below it', ABOVE, '// jarvis: allow-secret github\n'],
    ['where it stands two lines above', ABOVE.replace('\n', '\n\n'), ABOVE.replace('\n', '\n\n')],
    [
      'where it names another rule',
      MARKED.replaceAll('github', 'slack'),
      MARKED.replaceAll('github', 'slack'),
    ],
    ['where it names none', `${LINE} // jarvis: allow-secret`, `${LINE} // jarvis: allow-secret`],
  ])('does not count %s', async (_, content, before) => {
    const found = await rulesOf({ content, ...(before !== undefined && { before }) });

    expect(found.some((rule) => rule.endsWith(' github'))).toBe(true);
  });

  it('never lets the key pass that models are called with', async () => {
    const content = `key: ${OWN_KEY} # jarvis: allow-secret known-secret, jarvis: allow-secret openai`;

    expect(await rulesOf({ content, before: content })).toContain('1 known-secret');
  });

  it.each([
    `/* secretlint-disable */\n${LINE}`,
    `// secretlint-disable-next-line\n${LINE}`,
    `${LINE} // secretlint-disable-line`,
    `/* secretlint-disable @secretlint/secretlint-rule-github */\n${LINE}\n/* secretlint-enable */`,
    `${LINE} // gitleaks:allow nosec pragma: allowlist secret`,
  ])('has no effect in the words of other tools: %j', async (content) => {
    const found = await rulesOf({ content, before: content });

    expect(found.some((rule) => rule.endsWith(' github'))).toBe(true);
  });
});
