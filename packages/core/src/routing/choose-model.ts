import type { AgentRole } from '../vocabulary/agent-role.ts';
import { IncompleteRoutingError } from './routing-errors.ts';
import {
  appliesTo,
  type ModelReference,
  type ModelTier,
  type RoutingQuestion,
  type RoutingRule,
} from './routing-rule.ts';

/** The models a configuration names, which rules refer to with `{ of: … }`. */
export interface NamedModels {
  readonly manager: string;
  readonly employee: string;
  /** Left out: the manager's. */
  readonly supervisor?: string | undefined;
  /** A tier that is left out is the model of the role that is asked. */
  readonly tiers?: Readonly<Partial<Record<ModelTier, string | undefined>>> | undefined;
}

/** The model that is asked, and why. */
export interface ChosenModel {
  readonly model: string;
  /** The place of the rule that decided, counted from 0. */
  readonly rule: number;
  readonly because: string;
}

/**
 * Chooses the model for a question: the first rule that applies decides.
 *
 * @throws {@link IncompleteRoutingError} when the last rule does not apply always, whether or not it is reached.
 */
export function chooseModel(
  rules: readonly RoutingRule[],
  question: RoutingQuestion,
  models: NamedModels,
): ChosenModel {
  const last = requireCatchAll(rules);
  const found = rules.findIndex((candidate) => appliesTo(candidate, question));
  const { model, because } = rules[found] ?? last;
  return { model: resolve(model, question.role, models), rule: found, because };
}

/**
 * Every model a rule set can lead to, each once: those that need a price before a run under a cap begins.
 *
 * @throws {@link IncompleteRoutingError} when the last rule does not apply always.
 */
export function modelsNamedBy(rules: readonly RoutingRule[], models: NamedModels): readonly string[] {
  requireCatchAll(rules);
  const all = rules.flatMap(({ when, model }) => {
    const roles: readonly AgentRole[] =
      when.role === undefined ? ['manager', 'supervisor', 'employee'] : [when.role];
    return roles.map((role) => resolve(model, role, models));
  });
  return [...new Set(all)];
}

function requireCatchAll(rules: readonly RoutingRule[]): RoutingRule {
  const last = rules.at(-1);
  const facts = Object.keys(last?.when ?? {});
  if (last !== undefined && facts.length === 0) return last;
  throw new IncompleteRoutingError({ rule: last === undefined ? undefined : rules.length - 1, facts });
}

function resolve(reference: ModelReference, asked: AgentRole, models: NamedModels): string {
  if (typeof reference === 'string') return reference;
  switch (reference.of) {
    case 'manager':
    case 'employee':
    case 'supervisor':
      return modelOfRole(reference.of, models);
    case 'small':
    case 'standard':
    case 'strong':
      return models.tiers?.[reference.of] ?? modelOfRole(asked, models);
  }
}

function modelOfRole(role: AgentRole, models: NamedModels): string {
  return models[role] ?? models.manager;
}
