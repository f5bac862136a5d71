import { InvalidConfigError, parseConfig } from '@jarvis/core';
import { describe, expect, it } from 'vitest';

import { LegacyConfigError } from '../errors.ts';
import { fromLegacyConfig } from './from-legacy-config.ts';

const capped = { max_cost_usd: 1 };

describe('the module that ran an old project', () => {
  it.each([
    [{ mode: '2loop' }, 'SIMPLE_2LOOP'],
    [{ mode: 'LEGACY_3LOOP' }, 'LEGACY_3LOOP'],
    [{ orchestrator: { type: 'phase3', loops: 3 } }, 'PHASE3'],
    [{ orchestrator: { type: '3loop-legacy', loops: '3' } }, 'LEGACY_3LOOP'],
    [{ orchestrator: { type: 'orchestrator_2loop.py', loops: 2 } }, 'SIMPLE_2LOOP'],
    [{ orchestrator: { type: 'orchestrator' } }, 'PHASE3'],
    [{ orchestrator: { loops: 2 } }, 'SIMPLE_2LOOP'],
    [{ orchestrator: { mode: 'phase3' } }, 'PHASE3'],
    [{ orchestrator: { mode: 'CONTEXT_AWARE' } }, 'CONTEXT_AWARE'],
  ])('is read from %j', (written, mode) => {
    const { config, notes, questions } = fromLegacyConfig({ ...capped, ...written });

    expect(config.mode).toBe(mode);
    expect(notes).toEqual([]);
    expect(questions).toEqual([]);
  });

  it.each([
    [{}, 'SIMPLE_2LOOP', ['mode: the file does not say which']],
    [{ max_audits_per_stage: 3 }, 'SIMPLE_2LOOP', ['speaks for phase3']],
    [{ orchestrator: { loops: 3 } }, 'PHASE3', ['Taken: orchestrator_phase3, that is PHASE3']],
    [{ mode: 'turbo' }, 'SIMPLE_2LOOP', ['mode: "turbo" names no orchestrator.', 'does not say']],
    [{ orchestrator: { type: 'phase3', loops: 2 } }, 'PHASE3', ['orchestrator.loops: 2 is not what']],
    [{ orchestrator: { type: '2loop', loops: 3 } }, 'SIMPLE_2LOOP', ['orchestrator.loops: 3 is not what']],
    [{ orchestrator: { type: 'phase3', loops: 4 } }, 'PHASE3', ['orchestrator.loops: 4 is not what']],
    [{ mode: '2loop', orchestrator: { type: 'phase3' } }, 'PHASE3', ['mode: "2loop" is not what']],
  ])('is asked about where %j leaves it open', (written, mode, asked) => {
    const { config, notes, questions } = fromLegacyConfig({ ...capped, ...written });

    expect(config.mode).toBe(mode);
    expect(questions).toEqual(asked.map((part) => expect.stringContaining(part) as string));
    expect(notes.slice(0, questions.length)).toEqual(questions);
  });

  it.each([
    [{ mode: 'PHASE3' }, 'orchestrator.mode: "PHASE3" is not what orchestrator_2loop was.'],
    [{ type: 'phase3', loops: 3 }, 'orchestrator.type: "phase3" is not what orchestrator_2loop was.'],
    [{ mode: 'turbo' }, 'orchestrator.mode: "turbo" names no orchestrator.'],
  ])(
    'is the one a caller names, whatever %j says: that is told, and nothing is asked',
    (orchestrator, told) => {
      const { config, notes, questions } = fromLegacyConfig(
        { ...capped, orchestrator },
        {},
        'orchestrator_2loop',
      );

      expect(config.mode).toBe('SIMPLE_2LOOP');
      expect(questions).toEqual([]);
      expect(notes[0]).toContain(told);
      expect(notes.join()).not.toContain('--module');
    },
  );
});

describe('orchestrator.config', () => {
  it('holds old keys and sections of this release, and these count more', () => {
    const { config, notes } = fromLegacyConfig({
      max_cost_usd: 2,
      interactive_cost_mode: 'once',
      orchestrator: {
        mode: 'PHASE3',
        config: {
          max_audits_per_stage: 2,
          costs: { stageCapUsd: 0.5 },
          models: { employee: 'gpt-4o' },
          loop: { maxStages: 5 },
          git: { runHooks: true },
          gates: [{ at: 'commit', approvers: [{ role: 'user' }] }],
        },
      },
    });

    expect(config).toEqual({
      mode: 'PHASE3',
      models: { manager: 'gpt-4o-mini', supervisor: 'gpt-4o-mini', employee: 'gpt-4o' },
      costs: { capUsd: 2, stageCapUsd: 0.5 },
      loop: { maxStages: 5, maxAuditsPerStage: 2, checkBeforeEnd: false },
      git: { commit: 'off', runHooks: true },
      gates: [
        { at: 'plan', approvers: [{ role: 'user' }] },
        { at: 'commit', approvers: [{ role: 'user' }] },
      ],
    });
    expect(notes).toEqual([expect.stringContaining('interactive_cost_mode: once')]);
    expect(parseConfig(config, 'translated')).toEqual(config);
  });

  it('leaves the cap at the default where nobody names one', () => {
    const { config, notes } = fromLegacyConfig({ orchestrator: { mode: 'SIMPLE_2LOOP', config: {} } });

    expect(config.costs).toEqual({});
    expect(config.loop).toBeUndefined();
    expect(notes).toEqual([
      'max_cost_usd: left out, which meant no cap; now the default applies, 1 US dollar. Choose with costs.capUsd.',
    ]);
  });

  it.each([
    [
      { max_cost_usd: 1 },
      { capUsd: 2 },
      1,
      ['max_cost_usd: 1; costs.capUsd of orchestrator.config: 2. The lower'],
    ],
    [
      { max_cost_usd: 2 },
      { capUsd: 1 },
      1,
      ['max_cost_usd: 2; costs.capUsd of orchestrator.config: 1. The lower'],
    ],
    [{ max_cost_usd: 1 }, { capUsd: 'unlimited' }, 1, ['costs.capUsd of orchestrator.config: unlimited.']],
    [{ max_cost_usd: 0 }, { capUsd: 2 }, 2, ['max_cost_usd: 0; costs.capUsd of orchestrator.config: 2.']],
    [{ max_cost_usd: null }, { capUsd: 2 }, 2, ['max_cost_usd: null; costs.capUsd of']],
    [{ max_cost_usd: 1 }, { capUsd: null }, 1, []],
    [{ max_cost_usd: 1 }, { capUsd: 1 }, 1, []],
    [{}, { capUsd: 2 }, 2, []],
    [{ max_cost_usd: 1 }, { warnAtUsd: 2 }, 1, ['costs.warnAtUsd: 2 is above the cap']],
    [{ max_cost_usd: 1 }, { capUsd: 3, warnAtUsd: 2 }, 1, ['The lower cap', 'costs.warnAtUsd: 2 is above']],
  ])('lifts no cap: of %j and %j the lower one counts, and that is told', (...row) => {
    const [old, costs, cap, told] = row;

    const { config, notes } = fromLegacyConfig({
      ...old,
      orchestrator: { mode: 'PHASE3', config: { costs } },
    });

    expect(config.costs).toEqual({ capUsd: cap });
    expect(notes).toEqual(told.map((part) => expect.stringContaining(part) as string));
    expect(parseConfig(config, 'translated').costs).toEqual(config.costs);
  });

  it.each([
    [
      { use_git: false },
      { git: { commit: 'required' } },
      'use_git: false; git.commit of orchestrator.config, "required",',
    ],
    [
      { use_git: true },
      { git: { commit: 'off' } },
      'use_git: true; git.commit of orchestrator.config, "off",',
    ],
    [
      { max_rounds: 2 },
      { loop: { maxRounds: 5 } },
      'max_rounds: 2; loop.maxRounds of orchestrator.config, 5,',
    ],
    [
      { safety: { run_safety_before_final: true } },
      { loop: { checkBeforeEnd: false } },
      'safety.run_safety_before_final: true; loop.checkBeforeEnd of orchestrator.config, false,',
    ],
  ])('tells where %j and %j differ', (old, config, told) => {
    const written = { ...capped, mode: '3loop', ...old, orchestrator: { config } };

    const { notes } = fromLegacyConfig(written);

    expect(notes).toEqual([`${told} counts more.`]);
  });

  it('says nothing where an old key and a section say the same', () => {
    const config = { git: { commit: 'required' }, loop: { maxRounds: 2 } };

    const { notes } = fromLegacyConfig({
      ...capped,
      mode: '2loop',
      use_git: true,
      max_rounds: 2,
      orchestrator: { config },
    });

    expect(notes).toEqual([]);
  });

  it('brings a loop of its own to a mode that had none', () => {
    const { config } = fromLegacyConfig({
      mode: '2loop',
      orchestrator: { config: { loop: { maxRounds: 2 } } },
    });

    expect(config.loop).toEqual({ maxRounds: 2 });
  });

  it.each([
    [{ max_rounds: 1, orchestrator: { config: { max_rounds: 2 } } }, 'max_rounds is also written under'],
    [{ orchestrator: { config: { mode: 'PHASE3' } } }, 'the mode is written as orchestrator.mode'],
    [{ orchestrator: { config: [] } }, 'orchestrator.config'],
  ])('refuses %j', (written, problem) => {
    const translate = () => fromLegacyConfig(written);

    expect(translate).toThrow(LegacyConfigError);
    expect(translate).toThrow(problem);
  });

  it('refuses a section that is none of this release, and names the key', () => {
    const written = { orchestrator: { config: { costs: { capUsd: -1 } } } };

    expect(() => fromLegacyConfig(written)).toThrow(InvalidConfigError);
    expect(() => fromLegacyConfig(written)).toThrow('orchestrator.config: costs.capUsd');
  });
});
