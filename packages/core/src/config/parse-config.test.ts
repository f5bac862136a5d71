import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { InvalidConfigError } from './config-errors.ts';
import { parseConfig } from './parse-config.ts';

const ORIGIN = 'jarvis.config.json';

/** The lines of the error that refuses a configuration; no line when it is accepted. */
function problemsOf(written: unknown): readonly string[] {
  try {
    parseConfig(written, ORIGIN);
    return [];
  } catch (error) {
    if (error instanceof InvalidConfigError) return error.message.split('\n');
    throw error;
  }
}

describe('parseConfig', () => {
  it('gives back what was written', () => {
    const written = {
      $schema: 'https://example.com/schema.json',
      mode: 'SIMPLE_2LOOP',
      models: { manager: 'gpt-4.1' },
      costs: { capUsd: 1.5, prices: { 'my-model': { input: 1, output: 2 } } },
      loop: { maxRounds: 5 },
      git: { commit: 'off', init: true },
      llm: { baseUrl: 'https://models.example.com/v1', deadlineMs: 60_000, simulate: false },
    };

    expect(parseConfig(written, ORIGIN)).toEqual(written);
  });

  it('accepts that nothing is written', () => {
    expect(parseConfig({}, ORIGIN)).toEqual({});
  });

  it('gives a configuration that cannot be changed afterwards', () => {
    const config = parseConfig({ costs: { capUsd: 1, prices: { m: { input: 1, output: 1 } } } }, ORIGIN);

    expect(
      [config, config.costs, config.costs?.prices, config.costs?.prices?.['m']].every(Object.isFrozen),
    ).toBe(true);
  });

  it('leaves what the user handed in as it was', () => {
    const written = { orchestrator: { mode: 'PHASE3', config: { costs: { capUsd: null } } } };

    parseConfig(written, ORIGIN);

    expect(written).toEqual({ orchestrator: { mode: 'PHASE3', config: { costs: { capUsd: null } } } });
    expect(Object.isFrozen(written)).toBe(false);
  });

  it('reports every problem at once, each with its file, key and value', () => {
    const written = {
      mode: 'TURBO',
      costs: { capUsd: -1 },
      loop: { maxRounds: 1.5, rounds: 2 },
      colour: 'red',
    };

    expect(problemsOf(written)).toEqual([
      `${ORIGIN}: mode: expected one of SIMPLE_2LOOP, LEGACY_3LOOP, PHASE3, CONTEXT_AWARE (it is "TURBO")`,
      `${ORIGIN}: costs.capUsd: expected US dollars, a number above 0 and at most 1000000, or 'unlimited' (it is -1)`,
      `${ORIGIN}: loop.maxRounds: expected a whole number (it is 1.5)`,
      `${ORIGIN}: loop.rounds: unknown key. Known keys: maxRounds, maxAuditsPerStage, maxReopensPerStage, maxStages, onAuditLimit, checkBeforeEnd.`,
      `${ORIGIN}: colour: unknown key. Known keys: $schema, mode, models, costs, loop, git, llm, checks, gates, safety, secrets, prompts.`,
    ]);
  });

  it('carries the problems as data', () => {
    expect.assertions(1);
    try {
      parseConfig({ llm: { deadlineMs: 5 } }, '--deadline');
    } catch (error) {
      expect(error).toMatchObject({
        code: 'JARVIS_CONFIG_INVALID',
        problems: [
          {
            origin: '--deadline',
            key: 'llm.deadlineMs',
            problem: expect.stringContaining('1000') as unknown,
          },
        ],
      });
    }
  });
});

describe('parseConfig, keys', () => {
  it.each([
    { written: { moed: 'PHASE3', modell: {} }, hint: 'Did you mean "models"?' },
    { written: { costs: { capUds: 1 } }, hint: 'Did you mean "capUsd"?' },
    { written: { costs: { CAPUSD: 1 } }, hint: 'Did you mean "capUsd"?' },
    { written: { maxRounds: 1 }, hint: 'Did you mean "loop.maxRounds"?' },
    {
      written: { costs: { prices: { m: { input: 1, output: 1, cached: 1 } } } },
      hint: 'Known keys: input, cachedInput, cacheWrite, output, longContext.',
    },
    {
      written: { costs: { prices: { m: { input: 1, output: 1, longContext: { aboveInputToken: 1 } } } } },
      hint: 'Did you mean "aboveInputTokens"?',
    },
    { written: { costs: { roleCapsUsd: { manger: 1 } } }, hint: 'Did you mean "manager"?' },
    { written: { costs: { prices: { m: { input: 1, outptu: 1 } } } }, hint: 'Did you mean "output"?' },
  ])('B06: an unknown key is refused: $hint', ({ written, hint }) => {
    expect(problemsOf(written).join('\n')).toContain(hint);
  });

  it('B20: __proto__ is refused as a key, wherever it stands', () => {
    const top: unknown = JSON.parse('{"__proto__":{"capUsd":"unlimited"}}');
    const section: unknown = JSON.parse('{"costs":{"__proto__":{"capUsd":"unlimited"}}}');
    const model: unknown = JSON.parse('{"costs":{"prices":{"__proto__":{"input":0,"output":0}}}}');
    const plan: unknown = JSON.parse('{"orchestrator":{"config":{"__proto__":{}}}}');

    expect(problemsOf(top).join()).toContain('__proto__: unknown key');
    expect(problemsOf(section).join()).toContain('costs.__proto__: unknown key');
    expect(problemsOf(model)).toEqual([`${ORIGIN}: costs.prices.__proto__: is not a name a model may have`]);
    expect(problemsOf(plan).join()).toContain('__proto__: unknown key');
  });

  it.each(['constructor', 'toString', 'hasOwnProperty'])('refuses the key %s', (key) => {
    expect(problemsOf({ [key]: 1, costs: { [key]: 1 } })).toHaveLength(2);
  });

  it('shows a key that a terminal would act on as text', () => {
    expect(problemsOf({ '\u001b[2Jmode': 1 })[0]).toContain(String.raw`: "\u001b[2Jmode": unknown key`);
  });
});

describe('parseConfig, values', () => {
  it.each([[undefined], [null], ['{}'], [3], [true]])('%j is not a configuration', (written) => {
    expect(problemsOf(written)).toHaveLength(1);
  });

  it('B05: a list is not a configuration', () => {
    expect(problemsOf([{ mode: 'PHASE3' }])).toEqual([`${ORIGIN}: expected an object (it is a list of 1)`]);
  });

  it.each([
    { row: 'B07', capUsd: -0.01 },
    { row: 'B08', capUsd: '1.5' },
    { row: 'B09', capUsd: Number.NaN },
    { row: 'B09', capUsd: Number.POSITIVE_INFINITY },
    { row: 'B10', capUsd: 0 },
    { row: 'B10', capUsd: -0 },
    { row: 'B10', capUsd: 'none' },
    { row: 'B10', capUsd: false },
    { row: 'B10', capUsd: 1_000_001 },
  ])('$row: a cap of $capUsd is refused with what is allowed', ({ capUsd }) => {
    expect(problemsOf({ costs: { capUsd } })).toEqual([
      expect.stringContaining(
        "costs.capUsd: expected US dollars, a number above 0 and at most 1000000, or 'unlimited'",
      ),
    ]);
  });

  it('B09: a number too large for JSON is refused', () => {
    expect(problemsOf(JSON.parse('{"costs":{"capUsd":1e999}}'))[0]).toContain('(it is Infinity)');
  });

  it("B10: no cap must be written out as 'unlimited'", () => {
    expect(parseConfig({ costs: { capUsd: 'unlimited' } }, ORIGIN)).toEqual({
      costs: { capUsd: 'unlimited' },
    });
  });

  it('B11: a cap of null counts as left out', () => {
    expect(parseConfig({ costs: { capUsd: null } }, ORIGIN).costs?.capUsd).toBeUndefined();
  });

  it('B13: a warning above the cap is refused', () => {
    expect(problemsOf({ costs: { capUsd: 2, warnAtUsd: 2.5 } })).toEqual([
      `${ORIGIN}: costs.warnAtUsd: expected at most the cap of $2: above it, $2.5 would never be warned of (it is 2.5)`,
    ]);
    expect(problemsOf({ costs: { capUsd: 2, warnAtUsd: 2 } })).toEqual([]);
    expect(problemsOf({ costs: { capUsd: 'unlimited', warnAtUsd: 50 } })).toEqual([]);
  });

  it.each([
    { stageCapUsd: 0 },
    { stageCapUsd: 'unlimited' },
    { roleCapsUsd: { manager: -1 } },
    { roleCapsUsd: { employee: Number.NaN } },
    { warnAtUsd: '1' },
  ])('refuses the amount in %j and says what is allowed', (costs) => {
    expect(problemsOf({ costs })).toEqual([
      expect.stringContaining('expected US dollars, a number above 0 and at most 1000000 (it is'),
    ]);
  });

  it.each([
    { input: 1, output: 1, cacheWrite: -1 },
    { input: 1, output: 1, longContext: { aboveInputTokens: 1.5, input: 1, output: 1 } },
    { input: 1, output: 1, longContext: { aboveInputTokens: 1, input: 1 } },
  ])('refuses the price %j in our own words', (price) => {
    expect(problemsOf({ costs: { prices: { m: price } } })).toEqual([
      expect.stringMatching(/: expected (?:US dollars per million tokens|a whole number of tokens)/u),
    ]);
  });

  it('takes prices in tiers, and caps for stages and roles', () => {
    const costs = {
      stageCapUsd: 0.5,
      roleCapsUsd: { manager: 0.2 },
      warnAtUsd: 0.8,
      prices: {
        m: { input: 1, output: 2, cacheWrite: 1, longContext: { aboveInputTokens: 9, input: 2, output: 3 } },
      },
    };

    expect(parseConfig({ costs }, ORIGIN)).toEqual({ costs });
  });

  it('takes null for left out in no other place', () => {
    expect(
      problemsOf({ mode: null, loop: { maxRounds: null }, llm: { baseUrl: null }, git: null }),
    ).toHaveLength(4);
  });

  it.each([0, -1, 1.5, 101, 1e9, Number.MAX_VALUE, '3'])('B12: maxRounds of %s is refused', (maxRounds) => {
    expect(problemsOf({ loop: { maxRounds } }).join()).toMatch(/loop\.maxRounds: /u);
  });

  it.each(['', '  ', 'x'.repeat(201)])('%j is not the name of a model', (model) => {
    expect(problemsOf({ models: { manager: model, employee: model } })).toHaveLength(2);
  });

  it.each([{ input: -1, output: 1 }, { input: 1 }, { input: Number.NaN, output: 1 }, 'cheap'])(
    'refuses the price %j',
    (price) => {
      expect(problemsOf({ costs: { prices: { m: price } } })).toHaveLength(1);
    },
  );

  it('shows no more than 80 characters of a bad value', () => {
    const [line = ''] = problemsOf({ mode: 'x'.repeat(50_000_000) });

    expect(line.length).toBeLessThan(300);
    expect(line).toContain(`"${'x'.repeat(80)}…"`);
  });

  it('a value of any depth is refused without being walked through', () => {
    const deep: unknown = JSON.parse('['.repeat(100_000) + ']'.repeat(100_000));
    const circle: Record<string, unknown> = {};
    circle['mode'] = circle;

    expect(problemsOf({ mode: deep })[0]).toContain('(it is a list of 1)');
    expect(problemsOf(circle)[0]).toContain('(it is an object with "mode")');
  });
});

describe('parseConfig, base URL', () => {
  it.each([
    'https://api.openai.com/v1',
    'HTTPS://API.EXAMPLE.COM:8443/v1',
    '  https://models.example.com  ',
    'http://localhost:11434/v1',
    'http://models.localhost/v1',
    'http://127.0.0.1:8080',
    'http://[::1]:8080/v1',
    'http://127.8.4.2',
    'https://192.168.1.20/v1',
  ])('accepts %s', (baseUrl) => {
    expect(parseConfig({ llm: { baseUrl } }, ORIGIN).llm?.baseUrl).toBe(baseUrl.trim());
  });

  it.each([
    { baseUrl: 'file:///etc/passwd', says: 'https://' },
    { baseUrl: 'javascript:alert(1)', says: 'https://' },
    { baseUrl: 'localhost:8080', says: 'https://' },
    { baseUrl: 'not a url', says: 'expected a URL' },
    { baseUrl: '', says: 'expected a URL' },
    { baseUrl: 'http://api.openai.com/v1', says: 'http:// is for servers on this machine' },
    { baseUrl: 'http://192.168.1.20/v1', says: 'http:// is for servers on this machine' },
    { baseUrl: 'http://localhost.example.com', says: 'http:// is for servers on this machine' },
    { baseUrl: 'http://127.0.0.1.example.com', says: 'http:// is for servers on this machine' },
    { baseUrl: 'http://0.0.0.0', says: 'http:// is for servers on this machine' },
    { baseUrl: 'https://user@models.example.com', says: 'user name or password' },
    { baseUrl: 'http://localhost@169.254.169.254', says: 'user name or password' },
    { baseUrl: 'https://models.example.com/v1?key=x', says: 'query or a fragment' },
    { baseUrl: 'https://models.example.com/v1#x', says: 'query or a fragment' },
    { baseUrl: 'http://169.254.169.254/latest', says: 'metadata' },
    { baseUrl: 'https://169.254.169.254', says: 'metadata' },
    { baseUrl: 'https://0xa9fea9fe', says: 'metadata' },
    { baseUrl: 'https://2852039166', says: 'metadata' },
    { baseUrl: 'https://[::ffff:169.254.169.254]', says: 'metadata' },
    { baseUrl: 'https://[fd00:ec2::254]', says: 'metadata' },
    { baseUrl: 'https://[fe80::1]', says: 'metadata' },
    { baseUrl: 'https://metadata.google.internal', says: 'metadata' },
    { baseUrl: 'https://METADATA.google.internal.', says: 'metadata' },
    { baseUrl: 'https://100.100.100.200', says: 'metadata' },
  ])('B15: $baseUrl is refused', ({ baseUrl, says }) => {
    expect(problemsOf({ llm: { baseUrl } })).toEqual([expect.stringContaining(says)]);
  });

  it('B15: a password in the URL is not repeated', () => {
    const [line = ''] = problemsOf({ llm: { baseUrl: 'https://user:hunter2@models.example.com/v1' } });

    expect(line).toContain('(it is "https://models.example.com/v1")');
  });
});

describe('parseConfig, the spelling of the consolidation plan', () => {
  it('understands { orchestrator: { mode, config } }', () => {
    const written = {
      orchestrator: { mode: 'SIMPLE_2LOOP', config: { costs: { capUsd: 2 } } },
      git: { init: true },
    };

    expect(parseConfig(written, ORIGIN)).toEqual({
      mode: 'SIMPLE_2LOOP',
      costs: { capUsd: 2 },
      git: { init: true },
    });
  });

  it.each([{ orchestrator: {} }, { orchestrator: { mode: undefined } }, { orchestrator: { config: {} } }])(
    'understands %j',
    (written) => {
      expect(parseConfig(written, ORIGIN)).toEqual({});
    },
  );

  it('names keys as they were written', () => {
    const written = { orchestrator: { mode: 'TURBO', config: { costs: { capUsd: 0 }, colour: 'red' } } };

    expect(problemsOf(written).map((line) => line.split(': ')[1])).toEqual([
      'orchestrator.mode',
      'orchestrator.config.costs.capUsd',
      'orchestrator.config.colour',
    ]);
  });

  it.each([
    {
      written: { orchestrator: 'PHASE3' },
      line: 'orchestrator: expected an object with mode and config (it is "PHASE3")',
    },
    {
      written: { orchestrator: null },
      line: 'orchestrator: expected an object with mode and config (it is null)',
    },
    {
      written: { orchestrator: { config: [1] } },
      line: 'orchestrator.config: expected an object (it is a list of 1)',
    },
    {
      written: { orchestrator: { config: null } },
      line: 'orchestrator.config: expected an object (it is null)',
    },
    {
      written: { orchestrator: { costs: {} } },
      line: 'orchestrator.costs: unknown key. Known keys: mode, config.',
    },
  ])('refuses $line', ({ written, line }) => {
    expect(problemsOf(written)).toEqual([`${ORIGIN}: ${line}`]);
  });

  it.each([
    { mode: 'PHASE3', orchestrator: { mode: 'PHASE3' } },
    { orchestrator: { mode: 'PHASE3', config: { mode: 'PHASE3' } } },
    { mode: 'PHASE3', orchestrator: { config: { mode: 'PHASE3' } } },
  ])('does not choose between two spellings of one key: %j', (written) => {
    expect(problemsOf(written)).toEqual([expect.stringMatching(/mode: is written in two places/u)]);
  });
});

describe('parseConfig, anything at all', () => {
  const keys = fc.constantFrom(
    'mode',
    'costs',
    'loop',
    'llm',
    'orchestrator',
    'config',
    '__proto__',
    'capUsd',
    'x',
  );

  it('either accepts or refuses with an error of its own', () => {
    const written = fc.letrec((tie) => ({
      tree: fc.oneof({ depthSize: 'small' }, fc.anything(), fc.dictionary(keys, tie('tree'))),
    })).tree;

    fc.assert(
      fc.property(written, (value) => {
        for (const line of problemsOf(value)) expect(line.startsWith(`${ORIGIN}: `)).toBe(true);
      }),
    );
  });
});
