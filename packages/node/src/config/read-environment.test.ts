import { describe, expect, it } from 'vitest';

import { readEnvironment } from './read-environment.ts';

describe('readEnvironment', () => {
  it('knows nothing of an empty environment', () => {
    expect(readEnvironment({ HOME: '/home/ada' })).toEqual({
      apiKey: undefined,
      homeDirectory: '/home/ada',
      executablePath: '',
      jarvisHome: undefined,
      xdgStateHome: undefined,
      xdgConfigHome: undefined,
      layers: [],
      problems: [],
    });
  });

  it('takes the home directory from the system when it is not set', () => {
    expect(readEnvironment({}).homeDirectory).toMatch(/^\//u);
  });

  it('reads the places and the key', () => {
    const environment = readEnvironment({
      OPENAI_API_KEY: 'sk-abc_123',
      PATH: '/usr/bin:/bin',
      JARVIS_HOME: '/var/jarvis',
      XDG_STATE_HOME: '/state',
      XDG_CONFIG_HOME: '/config',
    });

    expect(environment).toMatchObject({
      apiKey: 'sk-abc_123',
      executablePath: '/usr/bin:/bin',
      jarvisHome: '/var/jarvis',
      xdgStateHome: '/state',
      xdgConfigHome: '/config',
    });
  });

  it('makes each variable that configures a layer of its own, named by the variable', () => {
    const { layers, problems } = readEnvironment({
      OPENAI_BASE_URL: 'http://127.0.0.1:11434/v1',
      JARVIS_ORCHESTRATOR_MODE: 'SIMPLE_2LOOP',
      JARVIS_MODEL: 'gpt-4.1',
      JARVIS_MAX_COST_USD: '2.50',
    });

    expect(problems).toEqual([]);
    expect(layers).toEqual([
      { origin: 'OPENAI_BASE_URL', level: 'user', config: { llm: { baseUrl: 'http://127.0.0.1:11434/v1' } } },
      { origin: 'JARVIS_ORCHESTRATOR_MODE', level: 'user', config: { mode: 'SIMPLE_2LOOP' } },
      {
        origin: 'JARVIS_MODEL',
        level: 'user',
        config: { models: { manager: 'gpt-4.1', employee: 'gpt-4.1' } },
      },
      { origin: 'JARVIS_MAX_COST_USD', level: 'user', config: { costs: { capUsd: 2.5 } } },
    ]);
  });

  it('takes a variable that is set to nothing for one that is not set', () => {
    const { layers, problems, apiKey } = readEnvironment({
      OPENAI_BASE_URL: '',
      JARVIS_MAX_COST_USD: '  ',
      OPENAI_API_KEY: '',
    });

    expect({ layers, problems, apiKey }).toEqual({ layers: [], problems: [], apiKey: undefined });
  });

  it('lifts the cap only when that is written out', () => {
    expect(readEnvironment({ JARVIS_MAX_COST_USD: 'unlimited' }).layers).toMatchObject([
      { config: { costs: { capUsd: 'unlimited' } } },
    ]);
  });

  it.each(['abc', '1,5', '1e999', 'NaN', 'Infinity', '0x10', '1.', '$2', '1 2'])(
    'B22: reports JARVIS_MAX_COST_USD=%s as no number',
    (text) => {
      const { layers, problems } = readEnvironment({ JARVIS_MAX_COST_USD: text });

      expect(layers).toEqual([]);
      expect(problems).toEqual([
        {
          origin: 'JARVIS_MAX_COST_USD',
          key: '',
          problem: `it must be a number of US dollars such as 1.50, or unlimited (it is "${text}")`,
        },
      ]);
    },
  );

  it.each(['0', '-1', '2000000'])('B07: reports the cap %s as out of range', (text) => {
    const { problems } = readEnvironment({ JARVIS_MAX_COST_USD: text });

    expect(problems).toEqual([
      expect.objectContaining({ origin: 'JARVIS_MAX_COST_USD', key: 'costs.capUsd' }),
    ]);
  });

  it('reports all variables that are wrong', () => {
    const { problems } = readEnvironment({
      OPENAI_BASE_URL: 'file:///etc/passwd',
      JARVIS_ORCHESTRATOR_MODE: 'FOUR_LOOP',
      JARVIS_MAX_COST_USD: 'lots',
    });

    expect(problems.map(({ origin }) => origin)).toEqual([
      'OPENAI_BASE_URL',
      'JARVIS_ORCHESTRATOR_MODE',
      'JARVIS_MAX_COST_USD',
    ]);
  });

  it('cuts a value that is shown to 80 characters', () => {
    const [problem] = readEnvironment({ JARVIS_MAX_COST_USD: 'x'.repeat(5_000) }).problems;

    expect(problem?.problem.length).toBeLessThan(200);
  });

  it.each([
    'sk-secret\n',
    'sk-secret sk-other',
    '"sk-secret"\t',
    'sk-secret\u00a0',
    'sk-sécret',
    'sk-\u0007secret',
  ])('B23: refuses the key %j without showing it', (key) => {
    const { apiKey, problems } = readEnvironment({ OPENAI_API_KEY: key });

    expect(apiKey).toBeUndefined();
    expect(problems).toEqual([expect.objectContaining({ origin: 'OPENAI_API_KEY' })]);
    expect(JSON.stringify(problems)).not.toMatch(/s[eé]cret/u);
  });
});
