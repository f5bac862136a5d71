import { describe, expect, it } from 'vitest';
import { z } from 'zod';

import { configJsonSchema } from './config-json-schema.ts';
import { InvalidConfigError } from './config-errors.ts';
import { parseConfig } from './parse-config.ts';

const accepted: readonly unknown[] = [
  {},
  { $schema: './jarvis.config.schema.json', mode: 'SIMPLE_2LOOP' },
  { models: { manager: 'gpt-4.1', employee: 'gpt-4.1-mini' }, loop: { maxRounds: 100 } },
  { costs: { capUsd: 0.5, prices: { mine: { input: 1, output: 2 } } } },
  { costs: { capUsd: 'unlimited' } },
  { costs: { capUsd: null } },
  { git: { commit: 'off', init: true } },
  { secrets: { allow: [{ file: 'test/**', rule: 'github', sha256: 'a'.repeat(64) }] } },
  { llm: { baseUrl: 'http://localhost:11434/v1', deadlineMs: 1_000, simulate: false } },
  { orchestrator: { mode: 'PHASE3', config: { costs: { capUsd: null }, loop: { maxRounds: 2 } } } },
];

const refused: readonly unknown[] = [
  [],
  'SIMPLE_2LOOP',
  { maxRounds: 3 },
  { mode: 'TURBO' },
  { models: { manager: '' } },
  { costs: { capUsd: 0 } },
  { costs: { capUsd: '1.5' } },
  { costs: { prices: { mine: { input: 1 } } } },
  { loop: { maxRounds: 1.5 } },
  { loop: { maxRounds: 101 } },
  { git: { commit: 'maybe' } },
  { secrets: { allow: [{ file: 'test/**', rule: 'github' }] } },
  { secrets: { allow: [{ file: 'a', rule: 'github', sha256: 'A'.repeat(64) }] } },
  { llm: { deadlineMs: 1 } },
  { orchestrator: { config: { loop: { rounds: 2 } } } },
  { orchestrator: { modes: [] } },
];

/** Reads the JSON Schema as another tool would. */
function accepts(value: unknown): boolean {
  return z.fromJSONSchema(configJsonSchema()).safeParse(value).success;
}

describe('configJsonSchema', () => {
  it.each(accepted)('accepts %j, as parseConfig does', (value) => {
    expect(() => parseConfig(value, 'jarvis.config.json')).not.toThrow();
    expect(accepts(value)).toBe(true);
  });

  it.each(refused.map((value) => [value]))('refuses %j, as parseConfig does', (value) => {
    expect(() => parseConfig(value, 'jarvis.config.json')).toThrow(InvalidConfigError);
    expect(accepts(value)).toBe(false);
  });

  it('is plain JSON that says which draft it is written in', () => {
    const schema = configJsonSchema();

    expect(schema['$schema']).toBe('http://json-schema.org/draft-07/schema#');
    expect(JSON.parse(JSON.stringify(schema))).toEqual(schema);
  });
});
