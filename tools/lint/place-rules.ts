import type { Linter } from 'eslint';

import { type AmbientName, network, processState, terminal, timeAndChance } from './ambient-table.ts';
import {
  hiddenTimeAndChance,
  idleTests,
  language,
  namedExports,
  type RestrictedSyntax,
} from './syntax-table.ts';

interface PlaceRule {
  readonly files: readonly string[];
  readonly ambient: readonly AmbientName[];
  readonly syntax: readonly RestrictedSyntax[];
}

const PURE = 'packages/{core,bus,roadmap,stages,loops}';
const COMPAT = 'packages/legacy-compat';
const TESTS = '{src/**/*.test.ts,test/**/*.ts}';

const modules = [...language, ...namedExports];
const timeless = [...modules, ...hiddenTimeAndChance];

/** What may not be reached from where. A later entry replaces an earlier one for its files. */
const placeRules: readonly PlaceRule[] = [
  { files: ['**/*.ts'], ambient: [], syntax: modules },
  { files: ['packages/{node,cli}/**/*.ts'], ambient: terminal, syntax: modules },
  { files: ['packages/cli/src/ui/**/*.ts'], ambient: [], syntax: modules },
  {
    files: [`${PURE}/**/*.ts`],
    ambient: [...timeAndChance, ...network, ...terminal, ...processState],
    syntax: timeless,
  },
  {
    files: [`${COMPAT}/**/*.ts`],
    ambient: [...timeAndChance, ...terminal, ...processState],
    syntax: timeless,
  },
  {
    files: [`${COMPAT}/src/warn-deprecated.ts`, `${COMPAT}/src/shims/run/run-warnings.ts`],
    ambient: [...timeAndChance, ...terminal],
    syntax: timeless,
  },
  {
    files: [`${COMPAT}/src/{migrate,inventory,snapshot}/**/*.ts`],
    ambient: [...terminal, ...processState],
    syntax: modules,
  },
  {
    files: [`{${PURE},${COMPAT}}/${TESTS}`],
    ambient: [...timeAndChance, ...terminal],
    syntax: [...timeless, ...idleTests],
  },
  {
    files: [`packages/{node,cli}/${TESTS}`],
    ambient: terminal,
    syntax: [...modules, ...idleTests],
  },
  { files: ['{tools,e2e,examples}/**/*.test.ts'], ambient: [], syntax: [...modules, ...idleTests] },
  { files: ['**/*.config.ts', '*.config.js'], ambient: [], syntax: language },
];

/** The place rules as ESLint configuration. */
export function placeRulesConfig(): Linter.Config[] {
  return placeRules.map(({ files, ambient, syntax }) => ({
    files: [...files],
    rules: {
      'no-restricted-globals': globalsRule(ambient.filter(({ name }) => !name.includes('.'))),
      'no-restricted-properties': propertiesRule(ambient.filter(({ name }) => name.includes('.'))),
      'no-restricted-syntax': ['error', ...syntax],
    },
  }));
}

function globalsRule(names: readonly AmbientName[]): Linter.RuleEntry {
  const globals = names.map(({ name, instead }) => ({ name, message: instead }));
  return ['error', { globals, checkGlobalObject: true }];
}

function propertiesRule(names: readonly AmbientName[]): Linter.RuleEntry {
  if (names.length === 0) {
    // A severity alone would keep the options of an earlier entry.
    return 'off';
  }
  const properties = names.map(({ name, instead }) => {
    const [object, property] = name.split('.');
    return { object, property, message: instead };
  });
  return ['error', ...properties];
}
