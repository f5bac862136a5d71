import { lintRules } from '../routing/lint-rules.ts';
import type { RoutingRule } from '../routing/routing-rule.ts';
import {
  type Choice,
  chooseValue,
  type ConfigLayer,
  type ConfigValue,
  type Objection,
} from './choose-value.ts';
import { type Config, defaultConfig } from './config-schema.ts';

type Models = Required<Config['models']>;

/** The values of the section `models`, each with its origin. */
export type ModelChoices = { readonly [Key in keyof Models as `models.${Key}`]: Choice<Models[Key]> };

/** Finds out what the section `models` says. A project layer names models of roles; rules and tiers are the user's. */
export function chooseModels(layers: readonly ConfigLayer[]): ModelChoices {
  const choose = <Value>(value: ConfigValue<Value>): Choice<Value> => chooseValue(layers, value);
  const { models } = defaultConfig;
  const tiers = choose<Models['tiers']>({
    read: (layer) => layer.models?.tiers,
    fallback: undefined,
    project: 'ignored',
    combine: (before, written) => ({ ...before, ...written }),
  });
  const routing = choose<Models['routing']>({
    read: (layer) => layer.models?.routing,
    fallback: undefined,
    project: 'ignored',
  });
  return {
    'models.manager': choose({
      read: (layer) => layer.models?.manager,
      fallback: models.manager,
      project: 'fills-in',
    }),
    'models.employee': choose({
      read: (layer) => layer.models?.employee,
      fallback: models.employee,
      project: 'fills-in',
    }),
    'models.supervisor': choose<string | undefined>({
      read: (layer) => layer.models?.supervisor,
      fallback: undefined,
      project: 'fills-in',
    }),
    'models.tiers': tiers,
    'models.importance': choose<Models['importance']>({
      read: (layer) => layer.models?.importance,
      fallback: undefined,
      project: 'ignored',
    }),
    'models.routing': { ...routing, objections: [...routing.objections, ...judge(routing, tiers.value)] },
  };
}

/** The section as a run uses it; what nobody wrote is left out. */
export function toModels(choices: ModelChoices): Config['models'] {
  const supervisor = choices['models.supervisor'].value;
  const tiers = choices['models.tiers'].value;
  const importance = choices['models.importance'].value;
  const routing = choices['models.routing'].value;
  return {
    manager: choices['models.manager'].value,
    employee: choices['models.employee'].value,
    ...(supervisor === undefined ? {} : { supervisor }),
    ...(tiers === undefined ? {} : { tiers }),
    ...(importance === undefined ? {} : { importance }),
    ...(routing === undefined ? {} : { routing }),
  };
}

function judge(
  { value: rules = [], origin }: Choice<readonly RoutingRule[] | undefined>,
  tiers: Models['tiers'],
): readonly Objection[] {
  const unnamed = rules.flatMap(({ model }, index): readonly Objection[] => {
    const tier = typeof model === 'string' ? undefined : model.of;
    if (tier !== 'small' && tier !== 'standard' && tier !== 'strong') return [];
    if (tiers?.[tier] !== undefined) return [];
    const problem = `rule ${String(index)} asks for the tier "${tier}". Name its model in models.tiers.${tier}.`;
    return [{ origin, problem, isFatal: true }];
  });
  const shadowed = lintRules(rules).map(({ rule, shadowedBy }): Objection => {
    const earlier = shadowedBy.map(String).join(', ');
    return { origin, problem: `rule ${String(rule)} never applies after rule ${earlier}.`, isFatal: false };
  });
  return [...unnamed, ...shadowed];
}
