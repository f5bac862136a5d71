import { describe, expect, it } from 'vitest';

import type { ConfigInput } from './config-schema.ts';
import { mergeConfig } from './merge-config.ts';
import { parseConfig } from './parse-config.ts';

const user = (llm: ConfigInput['llm']) => ({ origin: 'user', level: 'user', config: { llm } }) as const;
const project = (llm: ConfigInput['llm']) =>
  ({ origin: 'project', level: 'project', config: { llm } }) as const;

describe('the section llm', () => {
  it('waits a minute, has no stand-ins and keeps no answers when nobody wrote anything', () => {
    expect(mergeConfig([]).config.llm).toMatchObject({ maxWaitMs: 60_000, fallbacks: {}, cache: 'off' });
  });

  it('takes what the user wrote', () => {
    const llm = {
      maxWaitMs: 3_600_000,
      fallbacks: { 'gpt-5': ['gpt-4.1', 'gpt-4o'] },
      cache: 'disk',
    } as const;

    expect(mergeConfig([user(parseConfig({ llm }, 'user').llm)]).config.llm).toMatchObject(llm);
  });

  it('lets a project lower the wait and fill in stand-ins', () => {
    const { config, ignored } = mergeConfig([
      project({ maxWaitMs: 1_000, fallbacks: { 'gpt-5': ['gpt-4.1'] } }),
    ]);

    expect(config.llm).toMatchObject({ maxWaitMs: 1_000, fallbacks: { 'gpt-5': ['gpt-4.1'] } });
    expect(ignored).toEqual([]);
  });

  it('lets no project raise the wait or replace the stand-ins of the user', () => {
    const { config, ignored } = mergeConfig([
      user({ fallbacks: { 'gpt-5': ['gpt-4.1'] } }),
      project({ maxWaitMs: 90_000, fallbacks: { 'gpt-5': ['dear-model'] } }),
    ]);

    expect(config.llm).toMatchObject({ maxWaitMs: 60_000, fallbacks: { 'gpt-5': ['gpt-4.1'] } });
    expect(ignored.map(({ key }) => key)).toEqual(['llm.maxWaitMs', 'llm.fallbacks']);
  });

  it('lets no project turn the cache on', () => {
    expect(() => mergeConfig([project({ cache: 'disk' })])).toThrow(
      expect.objectContaining({
        problems: [{ origin: 'project', key: 'llm.cache', problem: expect.any(String) as unknown }],
      }),
    );
  });

  it.each([
    { cache: 'on' },
    { maxWaitMs: -1 },
    { maxWaitMs: 86_400_001 },
    { fallbacks: { 'gpt-5': 'gpt-4.1' } },
    { fallbacks: { 'gpt-5': [] } },
    { fallbacks: { 'gpt-5': [''] } },
    { fallbacks: { 'gpt-5': ['a', 'b', 'c', 'd', 'e', 'f'] } },
  ])('refuses %j', (llm) => {
    expect(() => parseConfig({ llm }, 'user')).toThrow(
      expect.objectContaining({ code: 'JARVIS_CONFIG_INVALID' }),
    );
  });
});
