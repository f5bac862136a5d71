import { type Choice, chooseValue, type ConfigLayer, type ConfigValue } from './choose-value.ts';
import { type Config, defaultConfig } from './config-schema.ts';
import { uncommittedPolicies } from './git-section.ts';

interface GitChoices {
  readonly 'git.commit': Choice<Config['git']['commit']>;
  readonly 'git.init': Choice<boolean>;
  readonly 'git.runHooks': Choice<boolean>;
  readonly 'git.uncommitted': Choice<Config['git']['uncommitted']>;
}

/** What is done in the project's repository, and who may say so. */
export function chooseGit(layers: readonly ConfigLayer[]): GitChoices {
  const choose = <Value>(value: ConfigValue<Value>): Choice<Value> => chooseValue(layers, value);
  const { git } = defaultConfig;
  return {
    'git.commit': choose({ read: (layer) => layer.git?.commit, fallback: git.commit, project: 'fills-in' }),
    'git.init': choose({ read: (layer) => layer.git?.init, fallback: git.init, project: 'if-trusted' }),
    // Hooks are programs, which a project could bring with it.
    'git.runHooks': choose({
      read: (layer) => layer.git?.runHooks,
      fallback: git.runHooks,
      project: 'if-trusted',
    }),
    'git.uncommitted': choose({
      read: (layer) => layer.git?.uncommitted,
      fallback: git.uncommitted,
      project: 'tightens',
      order: uncommittedPolicies,
    }),
  };
}

/** The section as it applies. */
export function toGit(choices: GitChoices): Config['git'] {
  return {
    commit: choices['git.commit'].value,
    init: choices['git.init'].value,
    runHooks: choices['git.runHooks'].value,
    uncommitted: choices['git.uncommitted'].value,
  };
}
