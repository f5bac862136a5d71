/** A shape of code that is not written here, as an ESLint selector, and what is written instead. */
export interface RestrictedSyntax {
  readonly selector: string;
  readonly message: string;
}

const NOW =
  'A date without an argument is now. Take the time from context.clock: new Date(context.clock.nowMs()).';
const CHANCE = 'Take ids from context.ids, or hash what the thing belongs to.';
const WHOLE_SUITE =
  'Every test runs, every time. Repair the test or delete it; a test that needs a platform says skipIf.';

/** The language as this repository writes it: what Node can run by taking the types away. */
export const language: readonly RestrictedSyntax[] = [
  {
    selector: 'TSEnumDeclaration',
    message: 'Write a union of literals, or a constant object with `as const`, instead of an enum.',
  },
  {
    selector: "TSModuleDeclaration[kind='namespace']",
    message: 'Write a module and export by name instead of a namespace.',
  },
  {
    selector: 'ExportAllDeclaration',
    message: 'Name what is exported: with `export *` the public surface grows by accident.',
  },
  {
    selector: ":matches(PropertyDefinition, MethodDefinition[kind!='constructor'])[accessibility='private']",
    message: 'Private state is a #field: it stays private when the types are gone.',
  },
];

/** Exports have one name everywhere. */
export const namedExports: readonly RestrictedSyntax[] = [
  {
    selector: ":matches(ExportDefaultDeclaration, ExportSpecifier[exported.name='default'])",
    message: 'Export by name, so that the thing is called the same everywhere.',
  },
];

/** Time and chance that no global betrays. */
export const hiddenTimeAndChance: readonly RestrictedSyntax[] = [
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: NOW },
  { selector: "CallExpression[callee.name='Date']", message: NOW },
  {
    selector:
      "ImportDeclaration[source.value='node:crypto'] > " +
      'ImportSpecifier[imported.name=/^(getRandomValues|random\\w+|webcrypto)$/]',
    message: CHANCE,
  },
];

/** Tests that would not run, or would keep the others from running. */
export const idleTests: readonly RestrictedSyntax[] = [
  {
    selector:
      ':matches(' +
      'MemberExpression[object.name=/^(it|test|describe|suite|bench)$/], ' +
      'MemberExpression[object.object.name=/^(it|test|describe|suite|bench)$/]' +
      ')[property.name=/^(only|skip|todo|fails)$/]',
    message: WHOLE_SUITE,
  },
  {
    selector:
      'CallExpression[callee.name=/^(it|test|describe|suite|bench)$/] > ' +
      'ObjectExpression > Property[key.name=/^(only|skip|todo|fails)$/]',
    message: WHOLE_SUITE,
  },
];
