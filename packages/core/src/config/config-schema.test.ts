import { describe, expect, it } from 'vitest';
import { z } from 'zod';

import { configSchema, defaultConfig, modeNames } from './config-schema.ts';

describe('configSchema', () => {
  it('accepts the defaults', () => {
    expect(configSchema.safeParse(defaultConfig).success).toBe(true);
  });

  it('describes every value for the JSON Schema that editors read', () => {
    const { properties } = z.toJSONSchema(configSchema, { io: 'input' });
    const leaves = Object.entries(properties ?? {}).flatMap(([section, schema]) =>
      typeof schema === 'object' && schema.type === 'object'
        ? Object.entries(schema.properties ?? {}).map(([key, leaf]) => [`${section}.${key}`, leaf] as const)
        : [[section, schema] as const],
    );

    const silent = leaves.filter(([, leaf]) => typeof leaf !== 'object' || leaf.description === undefined);

    expect(silent.map(([key]) => key)).toEqual(['$schema']);
  });

  it('knows the four ways of working', () => {
    expect(modeNames).toEqual(['SIMPLE_2LOOP', 'LEGACY_3LOOP', 'PHASE3', 'CONTEXT_AWARE']);
  });
});
