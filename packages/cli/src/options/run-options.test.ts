import { InvalidConfigError } from '@jarvis/core';
import { describe, expect, it } from 'vitest';

import { toCap, toConfig } from './run-options.ts';

describe('toConfig', () => {
  it('makes a configuration of exactly the flags that were written', () => {
    const config = toConfig({ maxCost: '0.5', maxRounds: '2', model: 'gpt-4.1', git: 'off', json: true });

    expect(config).toEqual({
      models: { manager: 'gpt-4.1', employee: 'gpt-4.1' },
      costs: { capUsd: 0.5 },
      loop: { maxRounds: 2 },
      git: { commit: 'off' },
      llm: {},
    });
  });

  it.each([
    [{ maxCost: 'abc' }, '--max-cost: "abc" is not a number'],
    [{ maxCost: '-1' }, '--max-cost: "-1" is not a number'],
    [{ maxCost: '1e999' }, '--max-cost: "1e999" is not a number'],
    [{ maxCost: '0' }, '--max-cost: '],
    [{ maxRounds: '1.5' }, '--max-rounds: '],
    [{ maxRounds: '0' }, '--max-rounds: '],
    [{ baseUrl: 'file:///etc/passwd' }, '--base-url: '],
    [{ model: ' ' }, '--model: '],
  ])('refuses %j and names the flag', (options, message) => {
    expect(() => toConfig(options)).toThrow(InvalidConfigError);
    expect(() => toConfig(options)).toThrow(message);
  });
});

describe('toCap', () => {
  it('takes "unlimited" only when it is written out', () => {
    expect(toCap('unlimited')).toBe('unlimited');
    expect(() => toCap('none')).toThrow('--max-cost: "none" is not a number');
  });
});
