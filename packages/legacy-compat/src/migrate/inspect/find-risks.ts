import type { ModuleInventory } from './inventory.ts';
import type { OldModule } from './old-modules.ts';
import type { UnreadFile } from './read-source.ts';
import type { Reference } from './reference.ts';
import type { Risk } from './risk.ts';

/** What the risks are read from. */
export interface RiskFacts {
  readonly modules: readonly ModuleInventory[];
  readonly missing: readonly OldModule[];
  readonly references: readonly Reference[];
  readonly unread: readonly UnreadFile[];
}

/** What is a risk whatever it names. */
const BY_FORM: readonly (readonly [Reference['form'], Risk['level'], string])[] = [
  ['star', 'high', 'imports with a star, so the names it uses cannot be listed'],
  ['computed', 'high', 'loads a module whose name only a run can tell'],
  ['dynamic', 'high', 'loads a module by a text'],
  ['attribute', 'medium', 'reaches a module as an attribute of its package'],
  ['string', 'medium', 'names a module in a text (a patch, a path, a command)'],
  ['mention', 'low', 'is named in a file that is no source, or in a message'],
];

/** Finds what may break when the old modules are taken away, the gravest first. */
export function findRisks(facts: RiskFacts): readonly Risk[] {
  const { references, missing, unread } = facts;
  const gone = references.filter(
    ({ module, form }) => form !== 'mention' && missing.some((one) => one === module),
  );
  const risks: readonly Risk[] = [
    { level: 'high', what: 'names a module that is not in the tree', where: gone.map(placeOf) },
    {
      level: 'high',
      what: 'imports a name the module does not define',
      where: references.flatMap((reference) => undefinedNames(reference, facts.modules)),
    },
    ...BY_FORM.map(([form, level, what]) => ({ level, what, where: placesOf(references, form) })),
    {
      level: 'medium',
      what: 'may mean another file of the same name, which lies beside it',
      where: references.filter(({ isUnclear, form }) => isUnclear && form !== 'computed').map(placeOf),
    },
    {
      level: 'medium',
      what: 'imports a private name',
      where: references.filter(({ names }) => names.some((name) => /^_(?!_)/u.test(name))).map(placeOf),
    },
    ...riskOfModules(facts.modules),
    { level: 'medium', what: 'could not be read completely', where: unread.map(({ path }) => path) },
  ];
  const order = ['high', 'medium', 'low'];
  return risks
    .filter(({ where }) => where.length > 0)
    .sort((one, other) => order.indexOf(one.level) - order.indexOf(other.level));
}

function riskOfModules(modules: readonly ModuleInventory[]): readonly Risk[] {
  const pathsOf = (isWanted: (module: ModuleInventory) => boolean) =>
    modules.filter(isWanted).map(({ path }) => path);
  return [
    {
      level: 'medium',
      what: 'import each other in a circle',
      where: pathsOf((module) => isInCircle(module, modules)),
    },
    {
      level: 'medium',
      what: 'calls something when it is imported',
      where: modules.flatMap(({ path, callsOnImport }) =>
        callsOnImport.map((line) => `${path}:${String(line)}`),
      ),
    },
    { level: 'medium', what: 'no test loads it', where: pathsOf(({ tests }) => tests.length === 0) },
    {
      level: 'low',
      what: 'its header names another file',
      where: pathsOf(({ header }) => header.namesOther !== undefined),
    },
  ];
}

function isInCircle({ module }: ModuleInventory, modules: readonly ModuleInventory[]): boolean {
  const reached = new Set<string>();
  const waiting: string[] = [module];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const next = modules.find((one) => one.module === name)?.dependencies ?? [];
    for (const dependency of next) {
      if (dependency.path === undefined || reached.has(dependency.name)) continue;
      reached.add(dependency.name);
      waiting.push(dependency.name);
    }
  }
  return reached.has(module);
}

function undefinedNames(reference: Reference, modules: readonly ModuleInventory[]): readonly string[] {
  const target = modules.find(({ module }) => module === reference.module);
  if (
    target === undefined ||
    target.problem !== undefined ||
    target.hasStarImport ||
    !reference.path.endsWith('.py')
  )
    return [];
  const lost = reference.names.filter((name) => !target.names.includes(name));
  return lost.length === 0 ? [] : [`${placeOf(reference)} (${lost.join(', ')})`];
}

function placesOf(references: readonly Reference[], form: Reference['form']): readonly string[] {
  return references.filter((reference) => reference.form === form).map(placeOf);
}

function placeOf({ path, line }: Reference): string {
  return `${path}:${String(line)}`;
}
