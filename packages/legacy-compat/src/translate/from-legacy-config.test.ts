import { parseConfig } from '@jarvis/core';
import { describe, expect, it } from 'vitest';

import { LegacyConfigError } from '../errors.ts';
import { fromLegacyConfig } from './from-legacy-config.ts';
import type { LegacyModule } from './legacy-modules.ts';

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
      costs: { capUsd: 1.5, warnAtUsd: 0.5 },
      loop: { maxRounds: 4 },
      git: { commit: 'required', init: true },
    });
    expect(notes.map((note) => note.split(':')[0])).toEqual([
      'mode',
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
      const { config, notes } = fromLegacyConfig(written, {}, 'orchestrator_2loop');

      expect(config.costs).toEqual({ capUsd: 'unlimited' });
      expect(notes).toEqual([expect.stringContaining('meant no cap')]);
    },
  );

  it('reads numbers that are written as text', () => {
    const { config } = fromLegacyConfig({ max_cost_usd: '0.25', max_rounds: '2' });

    expect(config).toMatchObject({ costs: { capUsd: 0.25 }, loop: { maxRounds: 2 } });
  });

  it('leaves rounds that are null to the default, and says so', () => {
    const { config, notes } = fromLegacyConfig({ max_rounds: null });

    expect(config.loop).toBeUndefined();
    expect(notes).toContain('max_rounds: null; the default of this release applies.');
  });

  it.each(['1_000.5', ' 1000.5 ', '+1_000.5e0'])('reads %j as Python does', (written) => {
    const { config } = fromLegacyConfig({ max_cost_usd: written });

    expect(config.costs).toEqual({ capUsd: 1000.5 });
  });

  it.each([
    [{ max_cost_usd: ' ' }, 'max_cost_usd: expected a number'],
    [{ max_cost_usd: '0x10' }, 'max_cost_usd: expected a number'],
    [{ max_cost_usd: '1__0' }, 'max_cost_usd: expected a number'],
    [{ max_cost_usd: '1e999' }, 'max_cost_usd: expected a number'],
    [{ max_cost_usd: -1 }, 'max_cost_usd: expected'],
    [{ max_rounds: 1.5 }, 'max_rounds: expected'],
    [{ max_audits_per_stage: 0, mode: 'phase3' }, 'max_audits_per_stage: expected'],
  ])('refuses %j by the key that is in the file', (written, problem) => {
    const translate = () => fromLegacyConfig(written);

    expect(translate).toThrow(LegacyConfigError);
    expect(translate).toThrow(problem);
    expect(translate).not.toThrow(/capUsd|maxRounds|maxAudits|NaN/u);
  });

  it('names the variable whose model cannot be used', () => {
    const translate = () => fromLegacyConfig({}, { DEFAULT_MANAGER_MODEL: '' });

    expect(translate).toThrow('DEFAULT_MANAGER_MODEL');
  });

  it('takes null for left out, and says so', () => {
    const { config, notes, task } = fromLegacyConfig({
      task: null,
      max_cost_usd: 1,
      mode: null,
      use_git: null,
      interactive_cost_mode: null,
      safety: null,
      orchestrator: { type: '2loop', loops: null, config: { max_rounds: 2, use_visual_review: null } },
    });

    expect(task).toBeUndefined();
    expect(config).toMatchObject({ mode: 'SIMPLE_2LOOP', loop: { maxRounds: 2 }, git: { commit: 'off' } });
    expect(config.gates).toBeUndefined();
    expect(notes).toEqual(
      [
        'task',
        'mode',
        'use_git',
        'interactive_cost_mode',
        'safety',
        'orchestrator.loops',
        'use_visual_review',
      ].map((key) => `${key}: null; it counts as left out.`),
    );
  });

  it('takes the manager from the old variable, charged as before', () => {
    const { config } = fromLegacyConfig({}, { DEFAULT_MANAGER_MODEL: 'gpt-4o-2024-08-06' });

    expect(config.models?.manager).toBe('gpt-4o-2024-08-06');
    expect(config.costs?.prices).toEqual({ 'gpt-4o-2024-08-06': { input: 2.5, output: 10 } });
  });

  it('takes mode, supervisor, audits and the safety check for the module that read them', () => {
    const written = { max_rounds: 4, max_audits_per_stage: '2', safety: { run_safety_before_final: false } };
    const variables = { DEFAULT_SUPERVISOR_MODEL: 'gpt-4o-2024-08-06' };

    const three = fromLegacyConfig(written, variables, 'orchestrator_3loop_legacy');
    const phase3 = fromLegacyConfig(written, variables, 'orchestrator_phase3');
    const old = fromLegacyConfig({}, {}, 'orchestrator');

    expect(three.config).toMatchObject({
      mode: 'LEGACY_3LOOP',
      models: { supervisor: 'gpt-4o-2024-08-06' },
      costs: { prices: { 'gpt-4o-2024-08-06': { input: 2.5, output: 10 } } },
      loop: { maxRounds: 4, checkBeforeEnd: false },
    });
    expect(three.notes).toContain(
      'max_audits_per_stage: left out, because orchestrator_3loop_legacy made nothing of it.',
    );
    expect(phase3.config).toMatchObject({
      mode: 'PHASE3',
      loop: { maxAuditsPerStage: 2, maxStages: 100, checkBeforeEnd: false },
    });
    expect(phase3.notes).toContain('max_rounds: left out, because orchestrator_phase3 made nothing of it.');
    expect(phase3.notes).toContain(
      'safety.run_safety_before_final: left out, because orchestrator_phase3 made nothing of it.',
    );
    expect(old.config).toMatchObject({ mode: 'PHASE3', loop: { maxStages: 100 } });
  });

  it.each<[LegacyModule, unknown, object]>([
    ['orchestrator_2loop', { cost_warning_usd: 5 }, { at: 'plan', approvers: [{ role: 'user' }] }],
    ['orchestrator_phase3', {}, { at: 'plan', approvers: [{ role: 'user' }] }],
    ['orchestrator_phase3', { cost_warning_usd: 0 }, { at: 'plan', approvers: [{ role: 'user' }] }],
    [
      'orchestrator',
      { cost_warning_usd: 0.5 },
      { autoApprove: [{ when: [{ field: 'amountUsd', lt: 0.5 }], because: expect.any(String) as string }] },
    ],
  ])('makes a gate of the question %s asked, with %j', (module, rest, gate) => {
    const { config, notes } = fromLegacyConfig(
      { interactive_cost_mode: 'once', ...Object(rest) },
      {},
      module,
    );

    expect(config.gates).toEqual([expect.objectContaining(gate)]);
    expect(notes.join()).toContain('interactive_cost_mode: once; a gate at "plan" asks');
    expect(parseConfig(config, 'translated').gates).toEqual(config.gates);
  });

  it('says where the warning is the limit of the gate', () => {
    const written = { interactive_cost_mode: 'once', cost_warning_usd: 1 };

    const { notes } = fromLegacyConfig(written, {}, 'orchestrator_phase3');

    expect(notes).toContain(
      'cost_warning_usd: costs.warnAtUsd says so once. Below it the gate at "plan" approves itself.',
    );
  });

  it.each([
    [{ cost_warning_usd: 2, max_cost_usd: 1 }, { capUsd: 1 }, 'above the cap'],
    [{ cost_warning_usd: 0, max_cost_usd: 1 }, { capUsd: 1 }, 'no warning'],
    [{ cost_warning_usd: null, max_cost_usd: 1 }, { capUsd: 1 }, 'no warning'],
    [{ cost_warning_usd: 1, max_cost_usd: 1 }, { capUsd: 1, warnAtUsd: 1 }, 'costs.warnAtUsd says so once'],
    [{ cost_warning_usd: '2' }, { capUsd: 'unlimited', warnAtUsd: 2 }, 'costs.warnAtUsd says so once'],
  ])('warns as %j says where the cap lets it', (written, costs, note) => {
    const { config, notes } = fromLegacyConfig(written);

    expect(config.costs).toEqual(costs);
    expect(notes.join()).toContain(note);
    expect(parseConfig(config, 'translated')).toEqual(config);
  });

  it('tells of every key it does not know, also those of safety and orchestrator', () => {
    const { notes } = fromLegacyConfig({
      mode: '2loop',
      max_cost_usd: 1,
      safety: { scan: true, run_safety_before_final: true },
      orchestrator: { colour: 'blue' },
      git_secret_scanning_enabled: false,
    });

    expect(notes.map((note) => note.slice(0, 50))).toEqual([
      'safety.scan: not known; it is left out.',
      'safety.run_safety_before_final: left out, because ',
      'orchestrator.colour: not known; it is left out.',
      'git_secret_scanning_enabled: left out, because sec',
    ]);
  });

  it.each(['gpt-4o', 'another-model'])('adds no price for %s', (manager) => {
    const { config } = fromLegacyConfig({}, { DEFAULT_MANAGER_MODEL: manager });

    expect(config.costs).toEqual({ capUsd: 'unlimited' });
  });

  it('gives what the new configuration accepts', () => {
    const { config } = fromLegacyConfig({ max_cost_usd: 1, use_git: false });

    expect(parseConfig(config, 'translated')).toEqual(config);
  });

  it.each([[[]], ['text'], [null], [{ use_git: 'yes' }], [{ max_rounds: [] }], [{ orchestrator: 'phase3' }]])(
    'refuses %j',
    (written) => {
      expect(() => fromLegacyConfig(written)).toThrow(LegacyConfigError);
    },
  );
});
