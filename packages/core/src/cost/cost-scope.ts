import { type AgentRole, agentRoleSchema } from '../vocabulary/agent-role.ts';
import { type NanoUsd, toNanoUsd } from './money.ts';

/** What a cap is put on. */
export type CostScope =
  | { readonly type: 'run' }
  | { readonly type: 'role'; readonly role: AgentRole }
  | { readonly type: 'stage'; readonly stage: string };

/** Caps inside the cap of a run; what is left out has none of its own. */
export interface ScopeCaps {
  /** The most each single stage may cost. */
  readonly stageNanoUsd?: NanoUsd;
  /** The most a role may cost over the whole run. */
  readonly roleNanoUsd?: Readonly<Partial<Record<AgentRole, NanoUsd>>>;
}

/** A scope in words, as the subject of a sentence. */
export function describeScope(scope: CostScope): string {
  switch (scope.type) {
    case 'run':
      return 'the run';
    case 'role':
      return `the ${scope.role}`;
    case 'stage':
      return `stage "${scope.stage}"`;
  }
}

/** The configuration key that holds the cap of a scope. */
export function capKeyOf(scope: CostScope): string {
  switch (scope.type) {
    case 'run':
      return 'costs.capUsd';
    case 'role':
      return `costs.roleCapsUsd.${scope.role}`;
    case 'stage':
      return 'costs.stageCapUsd';
  }
}

/** The flag of `jarvis run` and `jarvis resume` that sets the cap of a scope, with a place for the amount. */
export function capFlagOf(scope: CostScope): string {
  switch (scope.type) {
    case 'run':
      return '--max-cost <US dollars>';
    case 'role':
      return `--max-role-cost ${scope.role}=<US dollars>`;
    case 'stage':
      return '--max-stage-cost <US dollars>';
  }
}

/** Caps as the section `costs` of the configuration holds them, in US dollars. */
export interface WrittenScopeCaps {
  readonly stageCapUsd?: number | undefined;
  readonly roleCapsUsd?: Readonly<Partial<Record<AgentRole, number | undefined>>> | undefined;
}

/** The caps a ledger is opened with, from the section `costs` of the configuration a run was accepted with. */
export function toScopeCaps({ stageCapUsd, roleCapsUsd = {} }: WrittenScopeCaps): ScopeCaps {
  const roleNanoUsd: Partial<Record<AgentRole, NanoUsd>> = {};
  for (const role of agentRoleSchema.options) {
    const capUsd = roleCapsUsd[role];
    if (capUsd !== undefined) roleNanoUsd[role] = toNanoUsd(capUsd);
  }
  return { ...(stageCapUsd === undefined ? {} : { stageNanoUsd: toNanoUsd(stageCapUsd) }), roleNanoUsd };
}
