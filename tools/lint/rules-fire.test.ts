import { ESLint } from 'eslint';
import { beforeAll, describe, expect, it } from 'vitest';

import { workspaceRoot } from '../workspace/root.ts';

const PROBES = [
  'packages/*/src/probe.ts',
  'packages/*/src/probe.test.ts',
  'packages/*/src/utils.ts',
  'packages/*/src/*/probe.ts',
  'packages/*/src/*/migrate-probe.ts',
  'packages/*/vitest.config.ts',
  'tools/probe.ts',
];

interface Violation {
  readonly what: string;
  readonly file: string;
  readonly code: string;
  readonly rule: string;
  readonly message: RegExp | string;
}

const longFunction = `export function long(): void {\n${'  void 0;\n'.repeat(50)}}\n`;
const longFile = 'export {};\n'.repeat(251);
const manyBranches = `export function choose(n: number): number {
  ${Array.from({ length: 10 }, (_, index) => `if (n === ${index}) return ${index + 1};`).join('\n  ')}
  return 0;
}`;

const violations: readonly Violation[] = [
  {
    what: 'a domain package that imports its sibling',
    file: 'packages/bus/src/probe.ts',
    code: "import { createRoadmap } from '@jarvis/roadmap';",
    rule: 'jarvis/import-direction',
    message: 'compose the subjects in @jarvis/loops',
  },
  {
    what: 'a model client in the kernel',
    file: 'packages/core/src/probe.ts',
    code: "import OpenAI from 'openai';",
    rule: 'jarvis/import-direction',
    message: 'core may import zod only, not openai: put the client behind a port in core',
  },
  {
    what: 'the same by the tags of the projects',
    file: 'packages/core/src/probe.ts',
    code: "import { createBus } from '@jarvis/bus';",
    rule: '@nx/enforce-module-boundaries',
    message: /Circular dependency|can only depend on libs tagged/u,
  },
  {
    what: 'the file system in the kernel',
    file: 'packages/core/src/probe.ts',
    code: "import { readFileSync } from 'node:fs';",
    rule: 'jarvis/import-direction',
    message: 'may not import node:fs: read and write through the workspace port',
  },
  {
    what: 'the adapters loaded at start by loops',
    file: 'packages/loops/src/probe.ts',
    code: "import { nodeRunContext } from '@jarvis/node';",
    rule: 'jarvis/import-direction',
    message: 'loops reaches @jarvis/node only by `await import()` in src/orchestrator/default-context.ts',
  },
  {
    what: 'the old world loaded at start by the cli',
    file: 'packages/cli/src/commands/migrate-probe.ts',
    code: "import { migrate } from '@jarvis/legacy-compat/migrate';",
    rule: 'jarvis/import-direction',
    message: 'cli reaches @jarvis/legacy-compat only by `await import()` in src/commands/migrate*.ts',
  },
  {
    what: 'a path into the files of another package',
    file: 'packages/bus/src/probe.ts',
    code: "import { JarvisError } from '../../core/src/errors/jarvis-error.ts';",
    rule: 'jarvis/import-direction',
    message: 'import another package by its name',
  },
  {
    what: 'the machine clock in loops',
    file: 'packages/loops/src/probe.ts',
    code: 'export const startedAtMs = Date.now();',
    rule: 'no-restricted-properties',
    message: 'Take the time from context.clock',
  },
  {
    what: 'a date without an argument in roadmap',
    file: 'packages/roadmap/src/probe.ts',
    code: 'export const today = new Date();',
    rule: 'no-restricted-syntax',
    message: 'Take the time from context.clock',
  },
  {
    what: 'chance in stages',
    file: 'packages/stages/src/probe.ts',
    code: 'export const id = Math.random();',
    rule: 'no-restricted-properties',
    message: 'Take ids from context.ids',
  },
  {
    what: 'chance in the kernel, from node:crypto',
    file: 'packages/core/src/probe.ts',
    code: "import { randomUUID } from 'node:crypto';",
    rule: 'no-restricted-syntax',
    message: 'Take ids from context.ids',
  },
  {
    what: 'a timer in loops',
    file: 'packages/loops/src/probe.ts',
    code: 'setTimeout(() => undefined, 1);',
    rule: 'no-restricted-globals',
    message: 'Wait with context.clock.sleep(ms, signal)',
  },
  {
    what: 'the stopwatch in the kernel',
    file: 'packages/core/src/probe.ts',
    code: 'export const startedAt = performance.now();',
    rule: 'no-restricted-globals',
    message: 'monotonicMs() to measure',
  },
  {
    what: 'a console in the kernel',
    file: 'packages/core/src/probe.ts',
    code: "console.log('x');",
    rule: 'no-restricted-globals',
    message: 'Only cli/src/ui prints',
  },
  {
    what: 'a console in the cli outside ui',
    file: 'packages/cli/src/probe.ts',
    code: "globalThis.console.log('x');",
    rule: 'no-restricted-globals',
    message: 'Only cli/src/ui prints',
  },
  {
    what: 'the environment in bus',
    file: 'packages/bus/src/probe.ts',
    code: "export const home = process.env['HOME'];",
    rule: 'no-restricted-globals',
    message: 'Let the caller pass the value in',
  },
  {
    what: 'the network in loops',
    file: 'packages/loops/src/probe.ts',
    code: "await fetch('http://127.0.0.1');",
    rule: 'no-restricted-globals',
    message: 'Call models through context.llm',
  },
  {
    what: 'an enum',
    file: 'packages/bus/src/probe.ts',
    code: 'export enum Color { Red }',
    rule: 'no-restricted-syntax',
    message: 'Write a union of literals',
  },
  {
    what: 'a namespace',
    file: 'packages/bus/src/probe.ts',
    code: 'export namespace Colors { export const red = 1; }',
    rule: 'no-restricted-syntax',
    message: 'Write a module and export by name',
  },
  {
    what: 'a default export',
    file: 'packages/node/src/probe.ts',
    code: 'const red = 1; export default red;',
    rule: 'no-restricted-syntax',
    message: 'Export by name',
  },
  {
    what: 'export *',
    file: 'packages/core/src/probe.ts',
    code: "export * from 'zod';",
    rule: 'no-restricted-syntax',
    message: 'Name what is exported',
  },
  {
    what: 'a private keyword',
    file: 'packages/bus/src/probe.ts',
    code: 'export class Bus { private count = 0; }',
    rule: 'no-restricted-syntax',
    message: 'Private state is a #field',
  },
  {
    what: 'a floating promise',
    file: 'packages/loops/src/probe.ts',
    code: 'async function run(): Promise<void> {}\nrun();',
    rule: '@typescript-eslint/no-floating-promises',
    message: 'Promises must be awaited',
  },
  {
    what: 'any',
    file: 'packages/bus/src/probe.ts',
    code: 'export const anything: any = 1;',
    rule: '@typescript-eslint/no-explicit-any',
    message: 'Unexpected any',
  },
  {
    what: 'a non-null assertion',
    file: 'packages/bus/src/probe.ts',
    code: 'declare const names: string[];\nexport const first = names[0]!;',
    rule: '@typescript-eslint/no-non-null-assertion',
    message: 'Forbidden non-null assertion',
  },
  {
    what: 'a switch that forgets a case',
    file: 'packages/bus/src/probe.ts',
    code: "export function f(x: 'a' | 'b'): number { switch (x) { case 'a': return 1; } return 2; }",
    rule: '@typescript-eslint/switch-exhaustiveness-check',
    message: 'not exhaustive',
  },
  {
    what: 'a thrown text',
    file: 'packages/bus/src/probe.ts',
    code: "throw 'no';",
    rule: '@typescript-eslint/only-throw-error',
    message: 'Expected an error object to be thrown',
  },
  {
    what: 'a public function with an untyped argument',
    file: 'packages/bus/src/probe.ts',
    code: 'export function twice(n: number) { return n * 2; }',
    rule: '@typescript-eslint/explicit-module-boundary-types',
    message: 'Missing return type',
  },
  {
    what: 'a type imported as a value',
    file: 'packages/bus/src/probe.ts',
    code: "import { JarvisError } from '@jarvis/core';\nexport type Failure = JarvisError;",
    rule: '@typescript-eslint/consistent-type-imports',
    message: 'import type',
  },
  {
    what: 'something deprecated',
    file: 'packages/bus/src/probe.ts',
    code: '/** @deprecated Use b. */\nconst a = 1;\nexport const b = a;',
    rule: '@typescript-eslint/no-deprecated',
    message: '`a` is deprecated',
  },
  {
    what: 'a function of more than 50 lines',
    file: 'packages/core/src/probe.ts',
    code: longFunction,
    rule: 'max-lines-per-function',
    message: 'too many lines (52)',
  },
  {
    what: 'a file of more than 250 lines',
    file: 'packages/core/src/probe.ts',
    code: longFile,
    rule: 'max-lines',
    message: 'Maximum allowed is 250',
  },
  {
    what: 'a function of four parameters',
    file: 'packages/core/src/probe.ts',
    code: 'export function sum(a: number, b: number, c: number, d: number): number { return a + b + c + d; }',
    rule: 'max-params',
    message: 'too many parameters (4)',
  },
  {
    what: 'four levels of nesting',
    file: 'packages/core/src/probe.ts',
    code: 'declare const a: boolean;\nif (a) { if (a) { if (a) { if (a) { void 0; } } } }',
    rule: 'max-depth',
    message: 'nested too deeply (4)',
  },
  {
    what: 'a function of too many branches',
    file: 'packages/core/src/probe.ts',
    code: manyBranches,
    rule: 'complexity',
    message: 'complexity of 11',
  },
  {
    what: 'a header that names another file',
    file: 'packages/core/src/probe.ts',
    code: '// packages/core/src/clock.ts\nexport const a = 1;',
    rule: 'jarvis/header-names-file',
    message: 'but this file is packages/core/src/probe.ts',
  },
  {
    what: 'a file name that says nothing',
    file: 'packages/core/src/utils.ts',
    code: 'export const a = 1;',
    rule: 'jarvis/file-name',
    message: '"utils" says nothing',
  },
  {
    what: 'a disabled rule without a reason',
    file: 'packages/core/src/probe.ts',
    code: '// eslint-disable-next-line no-var\nexport var a = 1;',
    rule: 'jarvis/explained-disable',
    message: 'Say why',
  },
  {
    what: 'a comment that repeats the name',
    file: 'packages/core/src/probe.ts',
    code: '/** The user name. */\nexport const userName = 1;',
    rule: 'jsdoc/informative-docs',
    message: 'only repeats',
  },
  {
    what: 'a test alone',
    file: 'packages/core/src/probe.test.ts',
    code: "import { it } from 'vitest';\nit.only('x', () => undefined);",
    rule: 'no-restricted-syntax',
    message: 'Every test runs, every time',
  },
  {
    what: 'a test left out',
    file: 'packages/node/src/probe.test.ts',
    code: "import { describe } from 'vitest';\ndescribe.concurrent.skip('x', () => undefined);",
    rule: 'no-restricted-syntax',
    message: 'Every test runs, every time',
  },
  {
    what: 'a test that is only planned',
    file: 'packages/cli/src/probe.test.ts',
    code: "import { test } from 'vitest';\ntest('x', { todo: true });",
    rule: 'no-restricted-syntax',
    message: 'Every test runs, every time',
  },
];

const CLEAN = `/** The least and the most of some numbers. */
export interface Span {
  readonly least: number;
  readonly most: number;
}

/** Measures how far numbers reach; both ends are 0 when there are none. */
export function spanOf(numbers: readonly number[]): Span {
  return numbers.length === 0
    ? { least: 0, most: 0 }
    : { least: Math.min(...numbers), most: Math.max(...numbers) };
}
`;

describe('the lint rules of the repository', () => {
  let eslint: ESLint;

  // The first file loads every plugin and starts the type checker: once, before the clock of a test runs.
  beforeAll(async () => {
    eslint = new ESLint({
      cwd: workspaceRoot,
      overrideConfig: {
        files: ['**/*.ts'],
        languageOptions: {
          parserOptions: {
            projectService: {
              allowDefaultProject: PROBES,
              maximumDefaultProjectFileMatchCount_THIS_WILL_SLOW_DOWN_LINTING: 100,
            },
          },
        },
      },
    });
    await lint('packages/core/src/probe.ts', CLEAN);
  }, 120_000);

  async function lint(file: string, code: string): Promise<readonly string[]> {
    const [result] = await eslint.lintText(code, { filePath: file });
    return (result?.messages ?? []).map(({ ruleId, message }) => `${ruleId ?? 'fatal'}: ${message}`);
  }

  it.each(violations)('report $what', async ({ file, code, rule, message }) => {
    const found = await lint(file, code);

    const own = found.filter((line) => line.startsWith(`${rule}: `)).join('\n');
    expect(own || found).toMatch(message);
  });

  it('report a disable that disables nothing', async () => {
    const found = await lint(
      'packages/core/src/probe.ts',
      '// eslint-disable-next-line no-var -- there is none\nexport const a = 1;\n',
    );

    expect(found).toEqual([expect.stringContaining('Unused eslint-disable directive')]);
  });

  it('report a public name without a sentence', async () => {
    const found = await lint(
      'packages/core/src/index.ts',
      'export { isValidId } from "./vocabulary/ids.ts";\nexport { a };\nconst a = 1;',
    );

    expect(found).toContainEqual(
      expect.stringContaining('jarvis/documented-exports: a is public and has no TSDoc'),
    );
    expect(found.join('\n')).not.toContain('isValidId');
  });

  it.each(['packages/core/src/probe.ts', 'packages/loops/src/probe.ts', 'tools/probe.ts'])(
    'accept clean code in %s',
    async (file) => {
      expect(await lint(file, CLEAN)).toEqual([]);
    },
  );

  it.each([
    [
      'packages/bus/src/probe.ts',
      'export class Bus {\n  readonly size = 0;\n  private constructor() {\n    void 0;\n  }\n}\n',
    ],
    ['packages/cli/src/ui/probe.ts', "console.log('x');\n"],
    ['packages/node/src/probe.ts', 'export const startedAtMs = Date.now();\n'],
    ['packages/legacy-compat/src/migrate/probe.ts', 'export const startedAtMs = Date.now();\n'],
    [
      'packages/node/src/probe.ts',
      "import { readFileSync } from 'node:fs';\n\nexport const read = readFileSync;\n",
    ],
    [
      'packages/core/src/probe.test.ts',
      "import { it } from 'vitest';\n\nit.skipIf(true)('x', () => undefined);\n",
    ],
  ])('accept in %s what belongs there: %j', async (file, code) => {
    expect(await lint(file, code)).toEqual([]);
  });
});
