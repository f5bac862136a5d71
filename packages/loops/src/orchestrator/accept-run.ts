import {
  type Config,
  defaultPriceTable,
  GitUnusableError,
  type PriceTable,
  type PromptTemplate,
  type RunContext,
  screenTask,
  SIMULATION_MODEL,
} from '@jarvis/core';

import type { Dialect } from '../dialect/dialect.ts';
import { mapPrompts } from '../dialect/list-questions.ts';
import type { Accepted } from '../engine/run-records.ts';
import { teamOf } from '../engine/team-of.ts';
import { chooseClient } from './choose-client.ts';
import { considerTeam } from './consider-team.ts';
import { choosePrompts } from './choose-prompts.ts';
import { lookAtUncommitted } from './look-at-uncommitted.ts';
import { requireGates } from './require-gates.ts';
import { requirePrices } from './require-prices.ts';
import { requireTask } from './require-task.ts';

export interface RunWish {
  readonly task: string;
  readonly config: Config;
  readonly dialect: Dialect;
  /** The release that accepts the run. */
  readonly release: string;
}

/** Everything that is pinned when a run is accepted. */
export interface Acceptance {
  readonly accepted: Omit<Accepted, 'pins'>;
  readonly prompts: readonly PromptTemplate[];
  readonly prices: PriceTable;
}

type AcceptanceContext = Pick<
  RunContext,
  'workspace' | 'git' | 'journal' | 'clock' | 'llm' | 'probeLlm' | 'readPromptOverrides' | 'secrets'
>;

/**
 * Finds out, before anything is paid or written, whether a run can be carried out, and what it will depend on.
 *
 * @throws a coded error that names what is in the way: the task, the folder, the repository, a price, the server.
 */
export async function prepareAcceptance(context: AcceptanceContext, wish: RunWish): Promise<Acceptance> {
  const { task, dialect, release } = wish;
  requireTask(task, context.secrets);
  requireGates(wish.config, dialect.policies);
  await context.workspace.prove();
  const commits = await decideCommits(context, wish.config);

  const uncommitted = await lookAtUncommitted(context, wish.config);
  const considered = await considerTeam(context, { ...wish, uncommitted });
  const isSimulated = wish.config.llm.simulate ?? context.llm === undefined;
  chooseClient(context, dialect, isSimulated);
  const config = isSimulated ? toSimulated(wish.config) : wish.config;
  const prices = addOwnPrices(dialect.prices ?? defaultPriceTable, config);
  requirePrices(config, dialect, prices);
  const { overrides } = config.prompts;
  const { prompts, named } = await choosePrompts(context, {
    task,
    dialect,
    mode: teamOf({ mode: config.mode, ...considered }),
    overrides,
  });
  if (!isSimulated) await context.probeLlm();

  return {
    accepted: {
      task,
      mode: config.mode,
      dialect: dialect.id,
      release,
      workspace: context.workspace.root,
      isSimulated,
      config,
      commits,
      uncommitted,
      ...considered,
      prompts: named,
      ...screen(wish),
    },
    prompts,
    prices,
  };
}

/** A dialect that speaks with the prompts a run was accepted with, whatever this release's prompts are. */
export function pinPrompts(dialect: Dialect, prompts: readonly PromptTemplate[]): Dialect {
  return mapPrompts(dialect, (prompt) => prompts.find(({ id }) => id === prompt.id) ?? prompt);
}

/** What is suspicious about the task, when anybody wants to know. */
function screen({ task, config, dialect }: RunWish): Pick<Accepted, 'screening'> {
  const policy = config.safety.onSuspiciousTask ?? dialect.policies.onSuspiciousTask;
  const findings = policy === 'ignore' ? [] : (dialect.screenTask ?? screenTask)(task);
  return policy === 'ignore' || findings.length === 0
    ? {}
    : { screening: { policy, findings: [...findings] } };
}

async function decideCommits(
  { git }: AcceptanceContext,
  { git: wish }: Config,
): Promise<Accepted['commits']> {
  if (wish.commit === 'off') return { type: 'off', reason: 'commits are switched off' };

  const state = await git.inspect();
  if (state.type === 'unusable') throw new GitUnusableError({ problem: state.problem });
  if (state.type === 'none' && (state.obstacle !== undefined || !wish.init)) {
    return goWithoutRepository(state.obstacle, wish);
  }
  if ((await git.author()) === undefined) {
    throw new GitUnusableError({
      problem: 'it does not know who you are; run: git config --global user.name "…" and user.email "…"',
    });
  }
  return state.type === 'ready' ? { type: 'on', branch: state.branch } : { type: 'init' };
}

/** Without a repository, and without the wish to make one or the means to, only `auto` goes on. */
function goWithoutRepository(obstacle: string | undefined, wish: Config['git']): Accepted['commits'] {
  if (wish.commit === 'auto' && !wish.init) {
    return { type: 'off', reason: obstacle ?? 'the folder is not a git repository' };
  }
  throw new GitUnusableError({
    problem: obstacle ?? 'the folder is not a git repository; make it one with --git-init',
  });
}

function toSimulated(config: Config): Config {
  return { ...config, models: { manager: SIMULATION_MODEL, employee: SIMULATION_MODEL } };
}

function addOwnPrices(table: PriceTable, { costs }: Config): PriceTable {
  return { ...table, models: { ...table.models, ...costs.prices } };
}
