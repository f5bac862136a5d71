import { agentRoleSchema } from '../vocabulary/agent-role.ts';
import {
  factTests,
  purposeSchema,
  type RoutingCondition,
  type RoutingQuestion,
  type RoutingRule,
} from './routing-rule.ts';
import { taskComplexitySchema, taskImportanceSchema, taskKindSchema } from './task-facts.ts';

/** A rule that never decides anything, because earlier ones take every question it is meant for. */
export interface ShadowedRule {
  /** Its place, counted from 0. */
  readonly rule: number;
  /** The earlier rules that stand in its way. */
  readonly shadowedBy: readonly number[];
}

/** For every fact, which of its cases a rule is meant for, as places in a list of cases. */
type Region = readonly (readonly number[])[];

type Fact = keyof RoutingCondition;
type Case = Partial<RoutingQuestion>;

/** Finds the rules that can never apply where they stand; every other rule decides at least one question. */
export function lintRules(rules: readonly RoutingRule[]): readonly ShadowedRule[] {
  const cases = listCases(rules.map(({ when }) => when));
  const regions = rules.map(({ when }) => regionOf(when, cases));
  return regions.flatMap((region, rule) => {
    const shadowedBy = regions
      .slice(0, rule)
      .flatMap((other, index) => (meets(region, other) ? [index] : []));
    const earlier = regions.slice(0, rule);
    return isCovered(region, earlier) ? [{ rule, shadowedBy }] : [];
  });
}

/** For every fact the cases the rules tell apart. */
function listCases(conditions: readonly RoutingCondition[]): Readonly<Record<Fact, readonly Case[]>> {
  const words = conditions.flatMap(({ previous }) => previous?.word ?? []);
  const starts = conditions.flatMap(({ round }) => [
    round?.min ?? 1,
    ...(round?.max === undefined ? [] : [round.max + 1]),
  ]);
  return {
    role: agentRoleSchema.options.map((role) => ({ role })),
    purpose: purposeSchema.options.map((purpose) => ({ purpose })),
    kind: [{}, ...taskKindSchema.options.map((kind) => ({ kind }))],
    complexity: [{}, ...taskComplexitySchema.options.map((complexity) => ({ complexity }))],
    importance: [{}, ...taskImportanceSchema.options.map((importance) => ({ importance }))],
    round: [...new Set([1, ...starts])].map((round) => ({ round })),
    previous: [{}, ...listEndings([...new Set(words)]).map((previous) => ({ previous }))],
  };
}

function listEndings(words: readonly string[]): readonly NonNullable<RoutingQuestion['previous']>[] {
  const spoken = [{}, ...words.map((word) => ({ word }))];
  return [true, false].flatMap((isApproved) =>
    [true, false].flatMap((hasErrors) => spoken.map((word) => ({ isApproved, hasErrors, ...word }))),
  );
}

function regionOf(when: RoutingCondition, cases: Readonly<Record<Fact, readonly Case[]>>): Region {
  const unspecific: RoutingQuestion = { role: 'manager', purpose: 'plan', round: 1 };
  return factNames.map((fact) =>
    cases[fact].flatMap((one, index) => (factTests[fact](when, { ...unspecific, ...one }) ? [index] : [])),
  );
}

const factNames = [
  'role',
  'purpose',
  'kind',
  'complexity',
  'importance',
  'round',
  'previous',
] as const satisfies readonly Fact[];

function meets(region: Region, other: Region): boolean {
  return region.every((cases, fact) => cases.some((one) => other[fact]?.includes(one)));
}

/** Takes the earlier regions away one after the other; what is left of the region is in pieces, each a region again. */
function isCovered(region: Region, [first, ...others]: readonly Region[]): boolean {
  if (first === undefined) return false;
  if (!meets(region, first)) return isCovered(region, others);
  return outside(region, first).every((piece) => isCovered(piece, others));
}

/** The parts of a region that lie outside another: for each fact, those that agree in all facts before it. */
function outside(region: Region, other: Region): readonly Region[] {
  return region.flatMap((cases, fact) => {
    const rest = cases.filter((one) => !other[fact]?.includes(one));
    if (rest.length === 0) return [];
    const agreeing = region.slice(0, fact).map((before, index) => common(before, other[index] ?? []));
    return [[...agreeing, rest, ...region.slice(fact + 1)]];
  });
}

function common(some: readonly number[], others: readonly number[]): readonly number[] {
  return some.filter((one) => others.includes(one));
}
