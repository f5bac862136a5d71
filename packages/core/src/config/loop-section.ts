import { z } from 'zod';

import { type Choice, chooseValue, type ConfigLayer } from './choose-value.ts';

/** The section `loop` as users write it. */
export const loopSection = z
  .strictObject({
    maxRounds: z
      .int()
      .min(1)
      .max(100)
      .describe(
        'The most rounds of work and review; in mode PHASE3, the most reviews of the whole. Default: 3.',
      ),
    maxAuditsPerStage: z
      .int()
      .min(1)
      .max(20)
      .describe('How often a stage is audited before something else is tried. Default: 3.'),
    maxReopensPerStage: z
      .int()
      .min(0)
      .max(20)
      .describe('How often a finished stage is opened again. Default: 2.'),
    maxStages: z.int().min(1).max(1_000).describe('The most stages a roadmap may have. Default: 50.'),
    onAuditLimit: z
      .enum(['ladder', 'accept'])
      .describe(
        'What becomes of a stage that still has errors after the last audit: other means are tried, or it is accepted. Default: what the dialect says.',
      ),
    checkBeforeEnd: z
      .boolean()
      .describe('Whether everything is checked once more before it is handed over. Default: true.'),
  })
  .partial();

/** How long a run goes on trying. */
export interface LoopConfig {
  readonly maxRounds: number;
  readonly maxAuditsPerStage: number;
  readonly maxReopensPerStage: number;
  readonly maxStages: number;
  /** `undefined` means: what the dialect says. */
  readonly onAuditLimit: 'ladder' | 'accept' | undefined;
  readonly checkBeforeEnd: boolean;
}

/** What applies where nothing was written. */
export const defaultLoop: LoopConfig = {
  maxRounds: 3,
  maxAuditsPerStage: 3,
  maxReopensPerStage: 2,
  maxStages: 50,
  onAuditLimit: undefined,
  checkBeforeEnd: true,
};

type LoopLimit = 'maxRounds' | 'maxAuditsPerStage' | 'maxReopensPerStage' | 'maxStages';

type LoopChoices = {
  readonly [Name in keyof LoopConfig as `loop.${Name}`]: Choice<LoopConfig[Name]>;
};

/** Finds out which values of the section apply. */
export function chooseLoop(layers: readonly ConfigLayer[]): LoopChoices {
  const limit = (name: LoopLimit): Choice<number> =>
    chooseValue<number>(layers, {
      read: (layer) => layer.loop?.[name],
      fallback: defaultLoop[name],
      project: 'lowers',
    });
  return {
    'loop.maxRounds': limit('maxRounds'),
    'loop.maxAuditsPerStage': limit('maxAuditsPerStage'),
    'loop.maxReopensPerStage': limit('maxReopensPerStage'),
    'loop.maxStages': limit('maxStages'),
    // What is wrong is not accepted because the files say so.
    'loop.onAuditLimit': chooseValue<LoopConfig['onAuditLimit']>(layers, {
      read: (layer) => layer.loop?.onAuditLimit,
      fallback: defaultLoop.onAuditLimit,
      project: 'if-trusted',
    }),
    'loop.checkBeforeEnd': chooseValue<boolean>(layers, {
      read: (layer) => layer.loop?.checkBeforeEnd,
      fallback: defaultLoop.checkBeforeEnd,
      project: 'if-trusted',
    }),
  };
}

/** The section as it applies. */
export function toLoop(choices: LoopChoices): LoopConfig {
  return {
    maxRounds: choices['loop.maxRounds'].value,
    maxAuditsPerStage: choices['loop.maxAuditsPerStage'].value,
    maxReopensPerStage: choices['loop.maxReopensPerStage'].value,
    maxStages: choices['loop.maxStages'].value,
    onAuditLimit: choices['loop.onAuditLimit'].value,
    checkBeforeEnd: choices['loop.checkBeforeEnd'].value,
  };
}
