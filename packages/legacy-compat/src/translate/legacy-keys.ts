import type { LegacyModule } from './legacy-modules.ts';

/** What becomes of a key of a `project_config.json`. */
export type KeyFate =
  | { readonly type: 'kept'; readonly as: string; readonly readBy?: readonly LegacyModule[] }
  | { readonly type: 'dropped'; readonly because: string }
  /** It says which module ran the project; where it leaves that open, a person is asked. */
  | { readonly type: 'asked'; readonly as: string };

/** Every key the predecessor knew, and those of the consolidation plan. Any other is told to be unknown. */
export const legacyKeys: Readonly<Record<string, KeyFate>> = {
  task: { type: 'kept', as: '<task>' },
  mode: { type: 'asked', as: 'mode' },
  'orchestrator.type': { type: 'asked', as: 'mode' },
  'orchestrator.loops': { type: 'asked', as: 'mode' },
  'orchestrator.mode': { type: 'asked', as: 'mode' },
  'orchestrator.config': { type: 'kept', as: '*' },
  max_cost_usd: { type: 'kept', as: 'costs.capUsd' },
  cost_warning_usd: { type: 'kept', as: 'costs.warnAtUsd' },
  interactive_cost_mode: { type: 'kept', as: 'gates' },
  max_rounds: {
    type: 'kept',
    as: 'loop.maxRounds',
    readBy: ['orchestrator_2loop', 'orchestrator_3loop_legacy', 'orchestrator'],
  },
  max_audits_per_stage: {
    type: 'kept',
    as: 'loop.maxAuditsPerStage',
    readBy: ['orchestrator_phase3'],
  },
  'safety.run_safety_before_final': {
    type: 'kept',
    as: 'loop.checkBeforeEnd',
    readBy: ['orchestrator_3loop_legacy', 'orchestrator'],
  },
  use_git: { type: 'kept', as: 'git.commit' },
  git_secret_scanning_enabled: {
    type: 'dropped',
    because: 'secrets are looked for in any case; what only looks like one is named in secrets.allow',
  },
  project_name: { type: 'dropped', because: 'the folder has the name' },
  project_subdir: { type: 'dropped', because: 'the project folder is given with --workspace' },
  prompts_file: {
    type: 'dropped',
    because: 'prompts are part of the dialect; prompts.overrides changes them',
  },
  use_visual_review: {
    type: 'dropped',
    because: 'the reviewer is told what is on the pages in any case, and pages are checked',
  },
};

/** What becomes of a key in the hands of a module; `undefined` when nobody knows the key. */
export function fateOf(key: string, module: LegacyModule): KeyFate | undefined {
  const fate = Object.hasOwn(legacyKeys, key) ? legacyKeys[key] : undefined;
  if (fate?.type !== 'kept' || fate.readBy === undefined || fate.readBy.includes(module)) return fate;
  return { type: 'dropped', because: `${module} made nothing of it` };
}
