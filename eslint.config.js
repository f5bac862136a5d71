import js from '@eslint/js';
import nx from '@nx/eslint-plugin';
import jsdoc from 'eslint-plugin-jsdoc';
import jsoncParser from 'jsonc-eslint-parser';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

import { importTable } from './tools/lint/import-table.ts';
import { placeRulesConfig } from './tools/lint/place-rules.ts';
import { jarvisPlugin } from './tools/lint/plugin.ts';

const TESTS = [
  '**/*.test.ts',
  '**/*.test-d.ts',
  'packages/*/test/**/*.ts',
  'packages/*/src/testing/contracts/**/*.ts',
];

export default defineConfig(
  globalIgnores([
    '**/dist/',
    '**/out-tsc/',
    '**/coverage/',
    '**/test-results/',
    '**/fixtures/',
    'demo/',
    '.nx/',
  ]),
  { linterOptions: { reportUnusedDisableDirectives: 'error', reportUnusedInlineConfigs: 'error' } },

  {
    name: 'every source file',
    files: ['**/*.{ts,js,mjs}'],
    extends: [js.configs.recommended],
    plugins: { jarvis: jarvisPlugin },
    rules: {
      // An exhaustive switch counts once: it is a table, however many cases the union has.
      complexity: ['error', { max: 10, variant: 'modified' }],
      eqeqeq: 'error',
      'max-depth': ['error', 3],
      'max-lines': ['error', 250],
      'max-lines-per-function': ['error', 50],
      'max-params': ['error', 3],
      'no-empty': ['error', { allowEmptyCatch: false }],
      'jarvis/explained-disable': 'error',
      'jarvis/file-name': 'error',
      'jarvis/header-names-file': 'error',
      'jarvis/import-direction': 'error',
    },
  },

  {
    name: 'typescript',
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      // `env['PATH']` says that the name is not known to be there.
      '@typescript-eslint/dot-notation': ['error', { allowIndexSignaturePropertyAccess: true }],
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // Spreading a text gives its code points, which is what is wanted when letters are compared or counted.
      '@typescript-eslint/no-misused-spread': ['error', { allow: ['string'] }],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', destructuredArrayIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        {
          allowDefaultCaseForExhaustiveSwitch: false,
          considerDefaultExhaustiveForUnions: false,
          requireDefaultForNonUnion: true,
        },
      ],
      // A port promises rejections: `async` turns a throw into one also where nothing is awaited.
      '@typescript-eslint/require-await': 'off',
    },
  },

  {
    name: 'comments',
    files: ['**/*.ts'],
    plugins: { jsdoc },
    rules: {
      'jsdoc/check-alignment': 'error',
      'jsdoc/check-param-names': ['error', { checkDestructured: false }],
      'jsdoc/check-tag-names': 'error',
      'jsdoc/empty-tags': 'error',
      'jsdoc/informative-docs': 'error',
      'jsdoc/no-types': 'error',
    },
  },

  {
    name: 'public surface',
    files: ['packages/*/src/index.ts', 'packages/*/src/*/index.ts', 'packages/*/src/*/*/index.ts'],
    rules: { 'jarvis/documented-exports': 'error' },
  },

  placeRulesConfig(),

  {
    name: 'tests',
    files: TESTS,
    rules: {
      'max-lines': 'off',
      'max-lines-per-function': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },

  {
    name: 'direction of the packages',
    files: ['packages/*/{src,test}/**/*.ts'],
    plugins: { '@nx': nx },
    rules: {
      '@nx/enforce-module-boundaries': [
        'error',
        {
          banTransitiveDependencies: true,
          // Tests import their own package by name: that is how its users see it.
          allowCircularSelfDependency: true,
          // `jarvis/import-direction` knows in which file a package may be loaded late.
          checkDynamicDependenciesExceptions: ['@jarvis/.*'],
          depConstraints: Object.entries(importTable).map(([project, { packages, libraries, lazy }]) => ({
            sourceTag: scopeOf(project),
            onlyDependOnLibsWithTags: [...packages, ...(lazy ? [lazy.name] : []), project].map(scopeOf),
            ...(libraries !== 'declared' && {
              allowedExternalImports: [...libraries, 'vitest', 'fast-check'],
            }),
          })),
        },
      ],
    },
  },

  {
    name: 'declared dependencies',
    files: ['packages/*/package.json'],
    languageOptions: { parser: jsoncParser },
    plugins: { '@nx': nx },
    rules: {
      '@nx/dependency-checks': [
        'error',
        {
          ignoredFiles: [
            '{projectRoot}/vitest.config.ts',
            '{projectRoot}/**/*.test.ts',
            '{projectRoot}/test/**',
          ],
        },
      ],
    },
  },
);

/** `packages/core` and `@jarvis/core` both carry the tag `scope:core`. */
function scopeOf(project) {
  return `scope:${project.replace(/^(packages|@jarvis)\//, '')}`;
}
