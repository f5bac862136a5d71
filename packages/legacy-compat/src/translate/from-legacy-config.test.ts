import { parseConfig } from '@jarvis/core';
import { describe, expect, it } from 'vitest';

import { LegacyConfigError } from '../errors.ts';
import { fromLegacyConfig } from './from-legacy-config.ts';

describe('fromLegacyConfig', () => {
  it('translates a whole project_config.json and tells what it leaves out', () => {
    const { config, task, notes } = fromLegacyConfig({
      project_subdir: 'site',
      task: 'Make a page',
      prompts_file: 'prompts_default.json',
      interactive_cost_mode: 'off',
      max_cost_usd: 1.5,
      cost_warning_usd: 0.5,
      use_git: true,
      use_visual_review: false,
      max_rounds: 4,
      colour: 'blue',
    });

    expect(task).toBe('Make a page');
    expect(config).toEqual({
      mode: 'SIMPLE_2LOOP',
      models: { manager: 'gpt-4o-mini', employee: 'gpt-4o-mini' },
      costs: { capUsd: 1.5 },
      loop: { maxRounds: 4 },
      git: { commit: 'required', init: true },
    });
    expect(notes.map((note) => note.split(':')[0])).toEqual([
      'project_subdir',
      'prompts_file',
      'interactive_cost_mode',
      'cost_warning_usd',
      'use_visual_review',
      'colour',
    ]);
    expect(notes.at(-1)).toBe('colour: not known; it is left out.');
  });

  it.each([[{}], [{ max_cost_usd: 0 }], [{ max_cost_usd: null }], [{ max_cost_usd: '0' }]])(
    'writes out that %j has no cap, and says so',
    (written) => {
      const { config, notes } = fromLegacyConfig(written);

      expect(config.costs).toEqual({ capUsd: 'unlimited' });
      expect(notes).toEqual([expect.stringContaining('meant no cap')]);
    },
  );

  it('reads numbers that are written as text', () => {
    const { config } = fromLegacyConfig({ max_cost_usd: '0.25', max_rounds: '2' });

    expect(config).toMatchObject({ costs: { capUsd: 0.25 }, loop: { maxRounds: 2 } });
  });

  it('leaves rounds that are null to the default', () => {
    const { config } = fromLegacyConfig({ max_rounds: null });

    expect(config.loop).toBeUndefined();
  });

  it('takes the manager from the old variable, charged as before', () => {
    const { config } = fromLegacyConfig({}, { DEFAULT_MANAGER_MODEL: 'gpt-4o-2024-08-06' });

    expect(config.models?.manager).toBe('gpt-4o-2024-08-06');
    expect(config.costs?.prices).toEqual({ 'gpt-4o-2024-08-06': { input: 2.5, output: 10 } });
  });

  it.each(['gpt-4o', 'another-model'])('adds no price for %s', (manager) => {
    const { config } = fromLegacyConfig({}, { DEFAULT_MANAGER_MODEL: manager });

    expect(config.costs).toEqual({ capUsd: 'unlimited' });
  });

  it('gives what the new configuration accepts', () => {
    const { config } = fromLegacyConfig({ max_cost_usd: 1, use_git: false });

    expect(parseConfig(config, 'translated')).toEqual(config);
  });

  it.each([[[]], ['text'], [null], [{ use_git: 'yes' }], [{ max_rounds: [] }]])('refuses %j', (written) => {
    expect(() => fromLegacyConfig(written)).toThrow(LegacyConfigError);
  });
});
