import { spawnSync } from 'node:child_process';

import { LlmError } from '@jarvis/core';
import { describe, expect, it } from 'vitest';

import { createPinoLogger, type LogLevel } from './pino-logger.ts';

const SOURCE_MODULE = ['--conditions=@jarvis/source', '--input-type=module', '--eval'];

const KEY = 'key-"7\\Kq/9+Zw ümlaut';

/** A logger and the lines it wrote. */
function logTo({ level = 'debug', secrets = [KEY] }: { level?: LogLevel; secrets?: readonly string[] } = {}) {
  const lines: string[] = [];
  const destination = { write: (line: string) => void lines.push(line) };
  return { logger: createPinoLogger({ level, destination, secrets }), lines };
}

describe('createPinoLogger', () => {
  it('writes one JSON line a note, with level, time, message and facts', () => {
    const { logger, lines } = logTo();

    logger.warn('Disk %s is "nearly" full\n', { freeMb: 12, level: 'own', nested: { paths: ['a', 'b'] } });

    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^\{.*\}\n$/);
    expect(JSON.parse(lines[0] ?? '')).toEqual({
      level: 'warn',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/) as string,
      message: 'Disk %s is "nearly" full\n',
      facts: { freeMb: 12, level: 'own', nested: { paths: ['a', 'b'] } },
    });
  });

  it('leaves facts out when there are none', () => {
    const { logger, lines } = logTo();

    logger.info('Started');

    expect(JSON.parse(lines[0] ?? '')).not.toHaveProperty('facts');
  });

  it.each([
    ['debug', ['debug', 'info', 'warn']],
    ['info', ['info', 'warn']],
    ['warn', ['warn']],
    ['silent', []],
  ] as const)('at level %s writes %j', (level, written) => {
    const { logger, lines } = logTo({ level });

    logger.debug('d', {});
    logger.info('i', {});
    logger.warn('w', {});

    expect(lines.map((line) => (JSON.parse(line) as { level: string }).level)).toEqual(written);
  });

  it('takes a known secret out of messages, facts, names, errors and causes at any depth', () => {
    const { logger, lines } = logTo();
    const error = new Error(`refused ${KEY}`, {
      cause: new Error('inner', { cause: { header: `x ${KEY}` } }),
    });

    logger.debug(`with ${KEY}`, {
      [KEY]: 1,
      list: [{ deep: { deeper: `a${KEY}b` } }],
      map: new Map([[KEY, new Set([KEY])]]),
      url: new URL(`https://example.org/?q=${encodeURIComponent(KEY)}`),
      base64: Buffer.from(KEY).toString('base64'),
      base64url: Buffer.from(KEY).toString('base64url'),
      hex: Buffer.from(KEY).toString('hex'),
      json: JSON.stringify({ KEY }),
      bytes: Buffer.from(KEY),
      error,
    });

    const seen = lines[0] ?? '';
    const bytes = Buffer.from(KEY);
    const forms = [
      KEY,
      encodeURIComponent(KEY),
      ...(['base64', 'base64url', 'hex'] as const).map((form) => bytes.toString(form)),
    ];
    expect(seen).toContain('[redacted: API key]');
    expect(seen).not.toContain('Kq/9');
    for (const form of forms) expect(seen).not.toContain(form.slice(0, 12));
  });

  it('takes out what looks like a key, known or not', () => {
    const { logger, lines } = logTo({ secrets: [] });

    logger.info('Incorrect API key sk-proj-aB3dE6gH9j-12_x', {
      header: 'authorization: Bearer abc.def-ghi/jkl=',
    });

    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      message: 'Incorrect API key [redacted: OpenAI key]',
      facts: { header: 'authorization: Bearer [redacted: credentials]' },
    });
  });

  it('leaves ordinary words alone', () => {
    const { logger, lines } = logTo({ secrets: ['', 'abc'] });

    logger.info('risk-assessment of the task-list, abc, bearer of news', {
      path: 'src/desk-lamp-control.ts',
    });

    expect(lines[0]).not.toContain('[redacted');
  });

  it('writes errors by code and message, without their stack', () => {
    const { logger, lines } = logTo();
    const cause = new TypeError('socket');
    const error = new LlmError({ reason: 'connection_lost', seen: 'it broke', mayBeCharged: true, cause });

    logger.warn('Attempt failed', { error, list: [cause] });

    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      facts: {
        error: {
          code: 'JARVIS_LLM_CONNECTION_LOST',
          message: error.message,
          retryable: true,
          cause: { code: 'JARVIS_UNEXPECTED', message: 'socket' },
        },
        list: [{ code: 'JARVIS_UNEXPECTED', message: 'socket', retryable: false }],
      },
    });
    expect(lines[0]).not.toContain('.test.ts');
  });

  it('writes what JSON cannot hold in words', () => {
    const { logger, lines } = logTo();
    const circle: Record<string, unknown> = {};
    circle.self = circle;
    const deep = Array.from({ length: 20 }).reduce<unknown>((inner) => ({ inner }), 'bottom');

    logger.info('Odd', {
      circle,
      deep,
      nan: NaN,
      big: 1n,
      fn: () => 1,
      none: undefined,
      date: new Date(0),
      bad: new Date(NaN),
    });

    const { facts } = JSON.parse(lines[0] ?? '') as { facts: Record<string, unknown> };
    expect(facts).toMatchObject({
      circle: { self: '[circular]' },
      nan: 'NaN',
      big: '1',
      fn: '[function]',
      none: '[undefined]',
      date: '1970-01-01T00:00:00.000Z',
      bad: 'Invalid Date',
    });
    expect(JSON.stringify(facts.deep)).toContain('[deeper]');
  });

  it('does not throw when a fact does', () => {
    const { logger, lines } = logTo();
    const facts = {
      get broken(): string {
        throw new Error('no');
      },
    };

    logger.info('Still here', facts);

    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ message: 'Still here', facts: { unreadable: true } });
  });

  it('writes to stderr unless told otherwise, before the process ends', () => {
    const module = JSON.stringify(new URL('pino-logger.ts', import.meta.url).href);
    const program = `
      const { createPinoLogger } = await import(${module});
      createPinoLogger({ level: 'info', secrets: ['hush-hush'] }).info('hush-hush!');
      process.exit();`;

    const result = spawnSync(process.execPath, [...SOURCE_MODULE, program], { encoding: 'utf8' });

    expect(result.stdout).toBe('');
    expect(JSON.parse(result.stderr)).toMatchObject({ level: 'info', message: '[redacted: API key]!' });
  });
});
