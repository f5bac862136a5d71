import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { ConfigLayer } from './choose-value.ts';
import { type ConfigInput, defaultConfig } from './config-schema.ts';
import { mergeConfig } from './merge-config.ts';

const user = (config: ConfigInput, origin = 'user'): ConfigLayer => ({ origin, level: 'user', config });
const project = (config: ConfigInput, origin = 'project'): ConfigLayer => ({
  origin,
  level: 'project',
  config,
});

describe('mergeConfig', () => {
  it('gives the defaults when nobody wrote anything', () => {
    const { config, origins, ignored } = mergeConfig([]);

    expect(config).toEqual(defaultConfig);
    expect(new Set(Object.values(origins))).toEqual(new Set(['default']));
    expect(ignored).toEqual([]);
  });

  it('B11: the cap is 1 US dollar where nobody wrote one', () => {
    expect(mergeConfig([]).config.costs.capUsd).toBe(1);
  });

  it('lets later layers win and says where each value comes from', () => {
    const { config, origins } = mergeConfig([
      user(
        { mode: 'PHASE3', loop: { maxRounds: 7 }, models: { manager: 'file-model' } },
        'jarvis.config.json',
      ),
      user({ loop: { maxRounds: 9 }, git: { commit: 'off' } }, '--max-rounds'),
    ]);

    expect(config).toEqual({
      ...defaultConfig,
      mode: 'PHASE3',
      models: { manager: 'file-model', employee: defaultConfig.models.employee },
      loop: { ...defaultConfig.loop, maxRounds: 9 },
      git: { ...defaultConfig.git, commit: 'off' },
    });
    const written = Object.entries(origins).filter(([, origin]) => origin !== 'default');
    expect(Object.fromEntries(written)).toEqual({
      mode: 'jarvis.config.json',
      'models.manager': 'jarvis.config.json',
      'loop.maxRounds': '--max-rounds',
      'git.commit': '--max-rounds',
    });
    expect(origins).toMatchObject({ 'costs.capUsd': 'default', 'llm.baseUrl': 'default' });
  });

  it('puts the prices of all layers together', () => {
    const { config } = mergeConfig([
      user({ costs: { prices: { a: { input: 1, output: 1 }, b: { input: 1, output: 1 } } } }),
      user({ costs: { prices: { b: { input: 2, output: 2 } } } }),
    ]);

    expect(config.costs.prices).toEqual({ a: { input: 1, output: 1 }, b: { input: 2, output: 2 } });
  });

  it('does not take a key without a value for written', () => {
    const { config, origins } = mergeConfig([
      user({ llm: { baseUrl: 'https://models.example.com' } }, 'file'),
      user({ llm: { baseUrl: undefined }, costs: { capUsd: undefined } }, 'flags'),
    ]);

    expect(config.llm.baseUrl).toBe('https://models.example.com');
    expect(origins).toMatchObject({ 'llm.baseUrl': 'file', 'costs.capUsd': 'default' });
  });

  it('B13: a warning above the default cap is refused', () => {
    expect(() => mergeConfig([user({ costs: { warnAtUsd: 2 } }, 'mine.json')])).toThrow(
      'mine.json: costs.warnAtUsd: expected at most the cap of $1',
    );
  });

  it('leaves a warning out that a lower cap came over, and tells the user', () => {
    const { config, ignored } = mergeConfig([
      user({ costs: { capUsd: 5, warnAtUsd: 4 } }, 'mine.json'),
      user({ costs: { capUsd: 1 } }, '--max-cost'),
    ]);

    expect(config.costs).toMatchObject({ capUsd: 1, warnAtUsd: undefined });
    expect(ignored).toEqual([
      { origin: 'mine.json', key: 'costs.warnAtUsd', problem: expect.stringContaining('$4') as unknown },
    ]);
  });

  it('gives what cannot be changed afterwards', () => {
    const { config } = mergeConfig([user({ loop: { maxRounds: 2 } })]);

    expect(Object.isFrozen(config)).toBe(true);
    expect(Object.isFrozen(config.loop)).toBe(true);
    expect(Object.isFrozen(defaultConfig.costs.prices)).toBe(true);
  });
});

describe('mergeConfig, project files', () => {
  it('may lower limits', () => {
    const { config, origins } = mergeConfig([
      project({ costs: { capUsd: 0.2 }, loop: { maxRounds: 1 }, llm: { deadlineMs: 1_000 } }),
    ]);

    expect(config.costs.capUsd).toBe(0.2);
    expect(config.loop.maxRounds).toBe(1);
    expect(config.llm.deadlineMs).toBe(1_000);
    expect(origins).toMatchObject({
      'costs.capUsd': 'project',
      'loop.maxRounds': 'project',
      'llm.deadlineMs': 'project',
    });
  });

  it('do not raise limits, and the user is told', () => {
    const { config, origins, ignored } = mergeConfig([
      project({ costs: { capUsd: 50 }, loop: { maxRounds: 100 }, llm: { deadlineMs: 3_600_000 } }, 'p.json'),
    ]);

    expect(config).toEqual(defaultConfig);
    expect(origins['costs.capUsd']).toBe('default');
    expect(ignored).toEqual([
      { origin: 'p.json', key: 'costs.capUsd', problem: expect.stringContaining('It stays 1.') as unknown },
      { origin: 'p.json', key: 'loop.maxRounds', problem: expect.stringContaining('It stays 3.') as unknown },
      {
        origin: 'p.json',
        key: 'llm.deadlineMs',
        problem: expect.stringContaining('It stays 180000.') as unknown,
      },
    ]);
  });

  it('may put a cap on stages and roles, and lower it, but not raise it', () => {
    const { config, ignored } = mergeConfig([
      user({ costs: { roleCapsUsd: { manager: 0.5, employee: 0.5 } } }),
      project({ costs: { stageCapUsd: 0.1, roleCapsUsd: { manager: 0.2, employee: 0.9 } } }),
    ]);

    expect(config.costs.stageCapUsd).toBe(0.1);
    expect(config.costs.roleCapsUsd).toEqual({ manager: 0.2, supervisor: undefined, employee: 0.5 });
    expect(ignored.map(({ key }) => key)).toEqual(['costs.roleCapsUsd.employee']);
  });

  it('may put a cap where the user wants none', () => {
    const { config } = mergeConfig([
      user({ costs: { capUsd: 'unlimited' } }),
      project({ costs: { capUsd: 500 } }),
    ]);

    expect(config.costs.capUsd).toBe(500);
  });

  it('fill in what the user left open, and nothing else', () => {
    const layers = [
      user({ mode: 'PHASE3', git: { commit: 'required' } }),
      project({ mode: 'SIMPLE_2LOOP', git: { commit: 'off' }, models: { manager: 'gpt-4o' } }),
    ];

    const { config, ignored } = mergeConfig(layers);

    expect(config.mode).toBe('PHASE3');
    expect(config.git.commit).toBe('required');
    expect(config.models.manager).toBe('gpt-4o');
    expect(ignored.map(({ key }) => key)).toEqual(['mode', 'git.commit']);
  });

  it('B16: do not set the base URL, prices, git.init, hooks or simulation', () => {
    const layers = [
      project({
        costs: { prices: { m: { input: 0, output: 0 } }, capUsd: 'unlimited' },
        git: { init: true, runHooks: true },
        llm: { baseUrl: 'https://evil.example.com', simulate: true },
      }),
    ];

    expect(() => mergeConfig(layers)).toThrow(
      expect.objectContaining({
        code: 'JARVIS_CONFIG_INVALID',
        problems: [
          'costs.capUsd',
          'costs.prices',
          'git.init',
          'git.runHooks',
          'llm.baseUrl',
          'llm.simulate',
        ].map((key) => ({
          origin: 'project',
          key,
          problem: expect.stringContaining('a project file may') as unknown,
        })),
      }),
    );
  });

  it('set all of that when they are trusted, unless the user did, and never the base URL', () => {
    const trusted: ConfigLayer = {
      origin: 'p.json (trusted)',
      level: 'trusted',
      config: {
        costs: { capUsd: 50, prices: { m: { input: 0, output: 0 } } },
        loop: { maxRounds: 9 },
        models: { routing: [{ when: {}, model: 'm', because: 'It is the one.' }] },
        git: { init: true },
        llm: { simulate: true },
      },
    };

    const { config, origins, ignored } = mergeConfig([trusted, user({ loop: { maxRounds: 2 } })]);

    expect(config).toMatchObject({
      ...trusted.config,
      loop: { maxRounds: 2 },
      models: { routing: [{ model: 'm' }] },
    });
    expect(origins).toMatchObject({ 'costs.capUsd': 'p.json (trusted)', 'loop.maxRounds': 'user' });
    expect(ignored).toEqual([]);
    expect(() =>
      mergeConfig([{ ...trusted, config: { llm: { baseUrl: 'https://evil.example.com' } } }]),
    ).toThrow('p.json (trusted): llm.baseUrl: a project file may not set this.');
  });

  it('never loosen what holds without them, in whichever order the layers come', () => {
    const limits = fc.record(
      {
        costs: fc.record({ capUsd: fc.double({ min: 0.01, max: 1_000, noNaN: true }) }),
        loop: fc.record({ maxRounds: fc.integer({ min: 1, max: 100 }) }),
        llm: fc.record({ deadlineMs: fc.integer({ min: 1_000, max: 3_600_000 }) }),
      },
      { requiredKeys: [] },
    );
    const layers = fc.array(fc.record({ level: fc.constantFrom('user', 'project'), config: limits }), {
      maxLength: 6,
    });

    fc.assert(
      fc.property(layers, (drawn) => {
        const all = drawn.map((layer, index) => ({ ...layer, origin: String(index) }) satisfies ConfigLayer);

        const merged = mergeConfig(all).config;
        const alone = mergeConfig(all.filter(({ level }) => level === 'user')).config;

        expect(Number(merged.costs.capUsd)).toBeLessThanOrEqual(Number(alone.costs.capUsd));
        expect(merged.loop.maxRounds).toBeLessThanOrEqual(alone.loop.maxRounds);
        expect(merged.llm.deadlineMs).toBeLessThanOrEqual(alone.llm.deadlineMs);
      }),
    );
  });
});
