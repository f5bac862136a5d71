import { type Choice, chooseValue, type ConfigLayer, type ConfigValue } from './choose-value.ts';
import { type Config, defaultConfig } from './config-schema.ts';

type Llm = Config['llm'];

/** The values of the section `llm`, each with its origin. */
export type LlmChoices = { readonly [Key in keyof Llm as `llm.${Key}`]: Choice<Llm[Key]> };

/** Finds out what the section `llm` says. A project layer lowers limits and neither redirects nor keeps answers. */
export function chooseLlm(layers: readonly ConfigLayer[]): LlmChoices {
  const choose = <Value>(value: ConfigValue<Value>): Choice<Value> => chooseValue(layers, value);
  const { llm } = defaultConfig;
  return {
    'llm.baseUrl': choose({ read: (layer) => layer.llm?.baseUrl, fallback: llm.baseUrl, project: 'never' }),
    'llm.deadlineMs': choose({
      read: (layer) => layer.llm?.deadlineMs,
      fallback: llm.deadlineMs,
      project: 'lowers',
    }),
    'llm.maxWaitMs': choose({
      read: (layer) => layer.llm?.maxWaitMs,
      fallback: llm.maxWaitMs,
      project: 'lowers',
    }),
    'llm.fallbacks': choose({
      read: (layer): Llm['fallbacks'] | undefined => layer.llm?.fallbacks,
      fallback: llm.fallbacks,
      project: 'fills-in',
    }),
    'llm.cache': choose({ read: (layer) => layer.llm?.cache, fallback: llm.cache, project: 'if-trusted' }),
    'llm.simulate': choose({
      read: (layer) => layer.llm?.simulate,
      fallback: llm.simulate,
      project: 'if-trusted',
    }),
  };
}

/** The section as a run uses it. */
export function toLlm(choices: LlmChoices): Llm {
  return {
    baseUrl: choices['llm.baseUrl'].value,
    deadlineMs: choices['llm.deadlineMs'].value,
    maxWaitMs: choices['llm.maxWaitMs'].value,
    fallbacks: choices['llm.fallbacks'].value,
    cache: choices['llm.cache'].value,
    simulate: choices['llm.simulate'].value,
  };
}
