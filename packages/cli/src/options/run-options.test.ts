import { InvalidConfigError } from '@jarvis/core';
import { describe, expect, it } from 'vitest';

import { toConfig } from './run-options.ts';

const CAP = "expected US dollars, a number above 0 and at most 1000000, or 'unlimited'";

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
    [{ maxCost: 'abc' }, `--max-cost: ${CAP} (it is "abc")`],
    [{ maxCost: '-1' }, `--max-cost: ${CAP} (it is -1)`],
    [{ maxCost: '1e999' }, `--max-cost: ${CAP} (it is "1e999")`],
    [{ maxCost: '9'.repeat(400) }, `--max-cost: ${CAP} (it is Infinity)`],
    [{ maxCost: '0' }, `--max-cost: ${CAP} (it is 0)`],
    [{ maxCost: 'none' }, `--max-cost: ${CAP} (it is "none")`],
    [{ maxRounds: '1.5' }, '--max-rounds: expected a whole number (it is 1.5)'],
    [{ maxRounds: '0' }, '--max-rounds: expected at least 1 (it is 0)'],
    [{ maxRounds: '1000000000' }, '--max-rounds: expected at most 100 (it is 1000000000)'],
    [{ maxRounds: 'many' }, '--max-rounds: expected a number (it is "many")'],
    [
      { baseUrl: 'nonsense' },
      '--base-url: expected a URL such as https://api.openai.com/v1 (it is "nonsense")',
    ],
    [{ model: ' ' }, '--model: expected text that is not blank (it is " ")'],
  ])('refuses %j in one line that names the flag and says what is allowed', (options, line) => {
    expect(() => toConfig(options)).toThrow(InvalidConfigError);
    expect(messageOf(() => toConfig(options))).toBe(line);
  });

  it('takes "unlimited" only when it is written out', () => {
    expect(toConfig({ maxCost: 'unlimited' })).toMatchObject({ costs: { capUsd: 'unlimited' } });
  });
});

function messageOf(work: () => unknown): string {
  try {
    work();
    return 'nothing was thrown';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
