import type { AgentRole } from '../vocabulary/agent-role.ts';
import { type Choice, chooseValue, type ConfigLayer, type ConfigValue } from './choose-value.ts';
import { type Config, defaultConfig, refuseWarning } from './config-schema.ts';

type Costs = Config['costs'];

/** The values of the section `costs`, each with its origin. */
export type CostChoices = {
  readonly [Key in Exclude<keyof Costs, 'roleCapsUsd'> as `costs.${Key}`]: Choice<Costs[Key]>;
} & {
  readonly [Role in AgentRole as `costs.roleCapsUsd.${Role}`]: Choice<number | undefined>;
};

/** Finds out what the section `costs` says. A project layer lowers caps and sets none of the prices. */
export function chooseCosts(layers: readonly ConfigLayer[]): CostChoices {
  const choose = <Value>(value: ConfigValue<Value>): Choice<Value> => chooseValue(layers, value);
  const chooseRoleCap = (role: AgentRole) =>
    choose<number | undefined>({
      read: (layer) => layer.costs?.roleCapsUsd?.[role],
      fallback: undefined,
      project: 'lowers',
    });
  const { costs } = defaultConfig;
  const capUsd = choose({ read: (layer) => layer.costs?.capUsd, fallback: costs.capUsd, project: 'lowers' });
  return {
    'costs.capUsd': capUsd,
    'costs.stageCapUsd': choose({
      read: (layer) => layer.costs?.stageCapUsd,
      fallback: costs.stageCapUsd,
      project: 'lowers',
    }),
    'costs.roleCapsUsd.manager': chooseRoleCap('manager'),
    'costs.roleCapsUsd.supervisor': chooseRoleCap('supervisor'),
    'costs.roleCapsUsd.employee': chooseRoleCap('employee'),
    'costs.onCap': choose({
      read: (layer) => layer.costs?.onCap,
      fallback: costs.onCap,
      project: 'fills-in',
    }),
    'costs.strictSpend': choose({
      read: (layer) => layer.costs?.strictSpend,
      fallback: costs.strictSpend,
      project: 'fills-in',
    }),
    'costs.warnAtUsd': chooseWarning(layers, capUsd),
    'costs.prices': choose({
      read: (layer): Costs['prices'] | undefined => layer.costs?.prices,
      fallback: costs.prices,
      project: 'if-trusted',
      combine: (before, written) => ({ ...before, ...written }),
    }),
  };
}

/** The section as a run uses it. */
export function toCosts(choices: CostChoices): Costs {
  return {
    capUsd: choices['costs.capUsd'].value,
    stageCapUsd: choices['costs.stageCapUsd'].value,
    roleCapsUsd: {
      manager: choices['costs.roleCapsUsd.manager'].value,
      supervisor: choices['costs.roleCapsUsd.supervisor'].value,
      employee: choices['costs.roleCapsUsd.employee'].value,
    },
    warnAtUsd: choices['costs.warnAtUsd'].value,
    onCap: choices['costs.onCap'].value,
    strictSpend: choices['costs.strictSpend'].value,
    prices: choices['costs.prices'].value,
  };
}

/**
 * A warning above the cap would never be given. One that was written for a higher cap, which another layer lowered,
 * is left out, and the user is told.
 */
function chooseWarning(
  layers: readonly ConfigLayer[],
  { value: capUsd, origin: capOrigin }: Choice<number | 'unlimited'>,
): Choice<number | undefined> {
  const warning = chooseValue<number | undefined>(layers, {
    read: (layer) => layer.costs?.warnAtUsd,
    fallback: defaultConfig.costs.warnAtUsd,
    project: 'lowers',
  });
  const { value, origin, objections } = warning;
  if (value === undefined || capUsd === 'unlimited' || value <= capUsd) return warning;

  const objection = { origin, problem: refuseWarning(value, capUsd), isFatal: capOrigin === 'default' };
  return { value: undefined, origin, objections: [...objections, objection] };
}
