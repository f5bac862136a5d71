import { completeCommands } from '../safety/check-command.ts';
import { type Choice, chooseValue, type ConfigLayer, type ConfigValue } from './choose-value.ts';
import { chooseCosts, toCosts } from './choose-costs.ts';
import { chooseGit, toGit } from './choose-git.ts';
import { chooseLlm, toLlm } from './choose-llm.ts';
import { chooseModels, toModels } from './choose-models.ts';
import { type ConfigProblem, InvalidConfigError } from './config-errors.ts';
import { type Config, defaultConfig } from './config-schema.ts';
import { deepFreeze } from './deep-freeze.ts';
import { chooseLoop, toLoop } from './loop-section.ts';

/** The configuration that applies, and where each part of it was written. */
export interface MergedConfig {
  /** Frozen. */
  readonly config: Config;
  /** Where each value comes from, by dotted key; `default` where nobody wrote it. */
  readonly origins: Readonly<Record<string, string>>;
  /** What a project file says and may not decide, and what has no effect; to be shown to the user. */
  readonly ignored: readonly ConfigProblem[];
}

/**
 * Puts layers over the defaults; later layers win. A project layer lowers limits and fills in what the user left open.
 *
 * @throws {@link InvalidConfigError} when a project layer sets what only the user may set.
 */
export function mergeConfig(layers: readonly ConfigLayer[]): MergedConfig {
  const choices = chooseAll(layers);
  const config: Config = {
    mode: choices.mode.value,
    models: toModels(choices),
    costs: toCosts(choices),
    loop: toLoop(choices),
    git: toGit(choices),
    llm: toLlm(choices),
    checks: { commands: choices['checks.commands'].value },
    gates: choices.gates.value,
    safety: { onSuspiciousTask: choices['safety.onSuspiciousTask'].value },
    secrets: { allow: choices['secrets.allow'].value },
    prompts: { overrides: choices['prompts.overrides'].value },
  };
  const entries = Object.entries<Choice<unknown>>(choices);
  const refused = findObjections(entries, 'fatal');
  if (refused.length > 0) throw new InvalidConfigError({ problems: refused });

  const origins = Object.fromEntries(entries.map(([key, { origin }]) => [key, origin]));
  return deepFreeze({ config, origins, ignored: findObjections(entries, 'harmless') });
}

function chooseAll(layers: readonly ConfigLayer[]) {
  const choose = <Value>(value: ConfigValue<Value>): Choice<Value> => chooseValue(layers, value);
  const { mode, checks, gates } = defaultConfig;
  return {
    mode: choose({ read: (layer) => layer.mode, fallback: mode, project: 'fills-in' }),
    ...chooseModels(layers),
    ...chooseCosts(layers),
    ...chooseLoop(layers),
    ...chooseGit(layers),
    ...chooseLlm(layers),
    // Commands are run: they come from the user, or from a file a person has read.
    'checks.commands': choose<Config['checks']['commands']>({
      read: (layer) => layer.checks?.commands && completeCommands(layer.checks.commands),
      fallback: checks.commands,
      project: 'if-trusted',
    }),
    // Every layer adds to them: no file and no flag takes a gate away that another one asks for.
    gates: choose<Config['gates']>({
      read: (layer) => layer.gates,
      fallback: gates,
      project: 'adds',
      combine: (before, written) => [...before, ...written],
    }),
    ...chooseTexts(layers),
  };
}

/** What a model is told, and what is made of suspicious texts. */
function chooseTexts(layers: readonly ConfigLayer[]) {
  const { safety, secrets, prompts } = defaultConfig;
  return {
    'safety.onSuspiciousTask': chooseValue<Config['safety']['onSuspiciousTask']>(layers, {
      read: (layer) => layer.safety?.onSuspiciousTask,
      fallback: safety.onSuspiciousTask,
      project: 'if-trusted',
    }),
    // A project could otherwise wave its own secrets through.
    'secrets.allow': chooseValue<Config['secrets']['allow']>(layers, {
      read: (layer) => layer.secrets?.allow,
      fallback: secrets.allow,
      project: 'if-trusted',
      combine: (before, written) => [...before, ...written],
    }),
    // Trust is in the words of a configuration file, and not in those of the files it names.
    'prompts.overrides': chooseValue<Config['prompts']['overrides']>(layers, {
      read: (layer) => layer.prompts?.overrides,
      fallback: prompts.overrides,
      project: 'never',
      combine: (before, written) => ({ ...before, ...written }),
    }),
  };
}

function findObjections(
  choices: readonly (readonly [string, Choice<unknown>])[],
  kind: 'fatal' | 'harmless',
): readonly ConfigProblem[] {
  return choices.flatMap(([key, { objections }]) =>
    objections
      .filter(({ isFatal }) => isFatal === (kind === 'fatal'))
      .map(({ origin, problem }) => ({ origin, key, problem })),
  );
}
