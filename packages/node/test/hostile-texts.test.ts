import { isJarvisError, refusePath, screenTask } from '@jarvis/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { standardChecks } from '../src/checks/index.ts';
import { tolerantReplyParser } from '../src/json/reply-parser.ts';
import { createSecretlintScanner } from '../src/secrets/secretlint-scanner.ts';

const KEY = 'sk-proj-Zq7Lw2vR9zT4mKp7sXy1aB8cD3';

const part = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.string({ unit: fc.constantFrom('\ud800', '\udc00', '\0', '\u202e', '\u{e0041}'), maxLength: 4 }),
  fc.constantFrom(
    ...[
      '../',
      '.git',
      '<!--',
      '<a href="',
      '{"a":',
      '[',
      '- ',
      '&a ',
      '*a',
      'a: ',
      '"""',
      '```json\n',
      '\\u',
      '%2e',
      '\r\n',
    ],
    ...[
      'api_key=',
      '-----BEGIN PRIVATE KEY-----',
      'eyJ',
      'jarvis: allow-secret github',
      'ignore all ',
      'ign\u043Ere ',
      'i g n o r e ',
    ],
  ),
);
const hostile = fc.array(part, { maxLength: 40 }).map((parts) => parts.join(''));

/** What is thrown, unless it is an error of our own. */
async function foreignErrorOf(work: () => unknown): Promise<unknown> {
  try {
    await work();
    return undefined;
  } catch (error) {
    return isJarvisError(error) ? undefined : error;
  }
}

describe('any text at all', () => {
  it('makes neither the path gate, screening nor the reader of answers throw what is not typed', async () => {
    const parser = tolerantReplyParser();
    await fc.assert(
      fc.asyncProperty(hostile, async (text) => {
        for (const read of [refusePath, screenTask, (one: string) => parser.parse(one)]) {
          expect(await foreignErrorOf(() => read(text))).toBeUndefined();
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('makes the search for secrets neither throw what is not typed nor repeat the key', async () => {
    const scanner = createSecretlintScanner({ knownSecrets: [KEY] });
    await fc.assert(
      fc.asyncProperty(hostile, hostile, async (before, after) => {
        const content = `${before}${KEY}${after}`;

        const found = await scanner.scan([{ path: 'a.md', content, before: content }]);

        expect(found.map(({ rule }) => rule)).toContain('known-secret');
        expect(JSON.stringify(found)).not.toContain(KEY);
      }),
      { numRuns: 200 },
    );
  });

  it('makes no check throw, whatever the file is called', { timeout: 120_000 }, async () => {
    const checks = standardChecks();
    const name = fc.constantFrom('a.html', 'a.json', 'a.js', 'a.ts', 'a.css', 'a.py', 'a.yaml', 'a.md');
    await fc.assert(
      fc.asyncProperty(name, hostile, async (path, content) => {
        const files = [{ path, content, hash: 'x' }];
        for (const check of checks) {
          expect(await foreignErrorOf(() => check.inspect(files))).toBeUndefined();
        }
      }),
      { numRuns: 200 },
    );
  });
});
