import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';

import { byteTokenCounter, defaultPriceTable, SIMULATION_MODEL } from '@jarvis/core';
import fc from 'fast-check';
import { encode as encodeNewer } from 'gpt-tokenizer/encoding/o200k_base';
import { encode as encodeOlder } from 'gpt-tokenizer/encoding/cl100k_base';
import { modelToEncodingMap } from 'gpt-tokenizer/mapping';
import { describe, expect, it } from 'vitest';

import { encodingOf } from './encoding.ts';
import { createTokenCounter } from './token-counter.ts';

const counter = createTokenCounter();

describe('createTokenCounter', () => {
  it.each([
    { text: '', count: 0 },
    { text: 'hello world', count: 2 },
    { text: 'Build a landing page for a bakery.', count: 8 },
    { text: '🙂', count: 1 },
  ])('counts $count tokens in $text', ({ text, count }) => {
    expect(counter.count(text, 'gpt-4.1-mini')).toBe(count);
  });

  it('counts the words that have a meaning for models as the text they are', () => {
    expect(counter.count('<|endoftext|>', 'gpt-4.1')).toBeGreaterThan(1);
    expect(counter.count('<|im_start|>system<|im_end|>', 'gpt-4')).toBeGreaterThan(3);
  });

  it.each([
    ['gpt-5', encodeNewer],
    ['gpt-4', encodeOlder],
  ] as const)('counts the sources of this package exactly as the encoding of %s does', (model, encode) => {
    for (const file of ['token-counter.ts', 'token-counter.test.ts', 'encoding.ts']) {
      const text = readFileSync(new URL(file, import.meta.url), 'utf8');

      expect(counter.count(text, model)).toBe(encode(text, { disallowedSpecial: new Set() }).length);
    }
  });

  it.each(['simulation', 'my-model', 'gpt-4.1-imitation', 'GPT-4.1', ''])(
    'counts the bytes for %j, whose encoding nobody can tell',
    (model) => {
      expect(counter.count('hällo wörld', model)).toBe(13);
    },
  );

  it('never counts more tokens than there are bytes, and fewer than none', () => {
    const text = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }));

    fc.assert(
      fc.property(text, fc.constantFrom('gpt-5', 'gpt-4'), (drawn, model) => {
        const count = counter.count(drawn, model);

        expect(count).toBeLessThanOrEqual(byteTokenCounter.count(drawn, model));
        expect(count > 0).toBe(drawn !== '');
      }),
      { numRuns: 1_000 },
    );
  });

  it('counts half of a pair of code units, which no file can hold', () => {
    expect(counter.count('\ud800', 'gpt-5')).toBeLessThanOrEqual(3);
  });

  it.each([
    ['letters', 'a'],
    ['marks', '='],
    ['spaces', ' '],
    ['lines', '\n'],
    ['pictures', '🙂'],
    ['words', `${'qzxjkvw'.repeat(70)} `],
  ])('counts two million %s in bounded time', (_, unit) => {
    const text = unit.repeat(2_000_000 / unit.length);
    const startedMs = performance.now();

    expect(counter.count(text, 'gpt-5')).toBe(byteTokenCounter.count(text, 'gpt-5'));
    expect(performance.now() - startedMs).toBeLessThan(5_000);
  });

  it('counts one endless line below the longest text by its bytes', () => {
    expect(counter.count('a'.repeat(100_000), 'gpt-5')).toBe(100_000);
  });

  it('loads a table once, when it is needed', () => {
    const loads: string[] = [];
    const lazy = createTokenCounter((name) => {
      loads.push(name);
      return () => 7;
    });

    lazy.count('x', 'unknown');
    expect(loads).toEqual([]);
    expect([lazy.count('x', 'gpt-5'), lazy.count('y', 'gpt-4o')]).toEqual([7, 7]);
    expect(loads).toEqual(['o200k_base']);
  });

  it('counts a text once while it is asked for again, for each table of its own', () => {
    const counted: string[] = [];
    const counter = createTokenCounter((name) => (text) => counted.push(`${name} ${text}`));
    const system = 'You build what you are asked for.';

    const counts = [1, 2, 3].map((round) => [
      counter.count(system, 'gpt-5'),
      counter.count(`Round ${String(round)}`, 'gpt-5'),
    ]);
    counter.count(system, 'gpt-4');

    expect(new Set(counts.map(([first]) => first)).size).toBe(1);
    expect(counted).toEqual([
      `o200k_base ${system}`,
      ...[1, 2, 3].map((round) => `o200k_base Round ${String(round)}`),
      `cl100k_base ${system}`,
    ]);
  });

  it('forgets what was not asked for in a while, and remembers nothing that is long', () => {
    const counted: string[] = [];
    const counter = createTokenCounter(() => (text) => counted.push(text.slice(0, 4)));
    const long = 'long text '.repeat(2_100);
    const kept = 'kept '.repeat(40);
    const lost = 'lost '.repeat(40);

    for (const text of [kept, lost, long, long]) counter.count(text, 'gpt-5');
    for (let index = 0; index < 63; index += 1) {
      counter.count(`other ${String(index)}`, 'gpt-5');
      counter.count(kept, 'gpt-5');
    }
    for (const text of [kept, lost]) counter.count(text, 'gpt-5');

    expect(counted.filter((text) => text !== 'othe')).toEqual(['kept', 'lost', 'long', 'long', 'lost']);
  });

  it('is imported without its tables', async () => {
    const source = new URL('../index.ts', import.meta.url).href;
    const program = `await import(${JSON.stringify(source)});
      const { default: module } = await import('node:module');
      const require = module.createRequire(${JSON.stringify(source)});
      console.log(Object.keys(require.cache).filter((name) => name.includes('gpt-tokenizer')).length);`;

    const { stdout } = await promisify(execFile)(process.execPath, [
      '--conditions=@jarvis/source',
      '--input-type=module',
      '--eval',
      program,
    ]);

    expect(stdout.trim()).toBe('0');
  });
});

describe('encodingOf', () => {
  it('knows every model that has a price, but for the simulation', () => {
    const models = Object.keys(defaultPriceTable.models).filter((model) => model !== SIMULATION_MODEL);

    for (const model of models) expect([model, encodingOf(model)]).toEqual([model, 'o200k_base']);
  });

  it('agrees with the library about every model that has another encoding than the newest', () => {
    const others: Readonly<Record<string, string>> = modelToEncodingMap;
    const named = Object.keys(others).filter((model) => encodingOf(model) !== undefined);

    expect(named).toContain('gpt-4-turbo');
    for (const model of named) expect([model, encodingOf(model)]).toEqual([model, others[model]]);
  });
});
