import { join } from 'node:path';

import { RuleTester } from 'eslint';
import tseslint from 'typescript-eslint';
import { describe, it } from 'vitest';

import { workspaceRoot } from '../workspace/root.ts';
import { explainedDisable } from './explained-disable.ts';
import { fileName } from './file-name.ts';
import { headerNamesFile } from './header-names-file.ts';
import { importDirection } from './import-direction.ts';

RuleTester.describe = describe;
RuleTester.it = it;

type RunArguments = Parameters<RuleTester['run']>;

/** ESLint and typescript-eslint declare the same rule object with different types. */
function runRule(name: string, rule: object, cases: RunArguments[2]): void {
  const tester = new RuleTester({ languageOptions: { parser: tseslint.parser } });
  tester.run(name, rule as RunArguments[1], cases);
}

function at(path: string): string {
  return join(workspaceRoot, path);
}

runRule('import-direction', importDirection, {
  valid: [
    { filename: at('packages/bus/src/bus.ts'), code: "import { z } from 'zod';" },
    { filename: at('packages/bus/src/bus.ts'), code: "export { JarvisError } from '@jarvis/core';" },
    { filename: at('packages/bus/src/bus.ts'), code: 'const name = "openai"; await import(name);' },
    {
      filename: at('packages/loops/src/orchestrator/default-context.ts'),
      code: "const { nodeRunContext } = await import('@jarvis/node');",
    },
    { filename: at('vitest.shared.ts'), code: "import fs from 'fs';" },
  ],
  invalid: [
    {
      filename: at('packages/bus/src/bus.ts'),
      code: "import type { Roadmap } from '@jarvis/roadmap';",
      errors: [{ message: /^bus may import @jarvis\/core, zod only, not @jarvis\/roadmap/u }],
    },
    {
      filename: at('packages/bus/src/bus.ts'),
      code: "type Roadmap = import('@jarvis/roadmap').Roadmap;",
      errors: [{ message: /^bus may import/u }],
    },
    {
      filename: at('packages/core/src/index.ts'),
      code: "export { OpenAI } from 'openai';",
      errors: [{ message: /put the client behind a port in core/u }],
    },
    {
      filename: at('packages/core/src/index.ts'),
      code: "const fs = await import('node:fs');",
      errors: [{ message: /may not import node:fs/u }],
    },
    {
      filename: at('packages/loops/src/index.ts'),
      code: "const adapters = await import('@jarvis/node');",
      errors: [{ message: /default-context\.ts/u }],
    },
  ],
});

runRule('header-names-file', headerNamesFile, {
  valid: [
    { filename: at('packages/core/src/clock.ts'), code: '// clock.ts\nexport const a = 1;' },
    { filename: at('packages/core/src/clock.ts'), code: 'export const a = 1; // other.ts' },
    { filename: at('packages/core/src/clock.ts'), code: '// only a comment' },
  ],
  invalid: [
    {
      filename: at('packages/core/src/clock.ts'),
      code: '// watch.ts\nexport const a = 1;',
      errors: [{ message: /names watch\.ts, but this file is packages\/core\/src\/clock\.ts/u }],
    },
    {
      filename: at('packages/core/src/clock.ts'),
      code: '/** The time. */\n/** @file watch.ts */\nexport const a = 1;',
      errors: [{ message: /names watch\.ts/u }],
    },
  ],
});

runRule('explained-disable', explainedDisable, {
  valid: [
    '/* eslint-disable no-console -- the terminal is ours here */',
    'f(); // eslint-disable-line no-console -- the terminal is ours here',
    '/* eslint-enable no-console */',
    '// the word eslint-disable in a sentence',
  ],
  invalid: [
    { code: '/* eslint-disable no-console */', errors: [{ message: /^Say why/u }] },
    { code: '/* eslint-disable no-console -- */', errors: [{ message: /^Say why/u }] },
    { code: '// eslint-disable-next-line no-console\nf();', errors: [{ message: /^Say why/u }] },
    { code: 'f(); // eslint-disable-line', errors: [{ message: /^Name the rule/u }] },
    { code: '/* eslint-disable */', errors: [{ message: /^Name the rule/u }] },
    { code: '/* eslint-disable -- everything is special here */', errors: [{ message: /^Name the rule/u }] },
  ],
});

runRule('file-name', fileName, {
  valid: [
    { filename: at('packages/core/src/choose-model.ts'), code: '' },
    { filename: at('packages/core/src/choose-model.test-d.ts'), code: '' },
    { filename: at('packages/legacy-compat/src/migrate/v1-to-v2.ts'), code: '' },
    { filename: at('packages/loops/src/agents/manager.ts'), code: '' },
    { filename: at('packages/roadmap/src/roadmap-manager.ts'), code: '' },
  ],
  invalid: [
    { filename: at('packages/core/src/chooseModel.ts'), code: '', errors: [{ message: /not kebab-case/u }] },
    { filename: at('packages/core/src/choose_model.ts'), code: '', errors: [{ message: /not kebab-case/u }] },
    { filename: at('packages/core/src/Cost/ledger.ts'), code: '', errors: [{ message: /"Cost" is not/u }] },
    { filename: at('packages/core/src/utils.ts'), code: '', errors: [{ message: /"utils" says nothing/u }] },
    { filename: at('packages/core/src/manager.ts'), code: '', errors: [{ message: /says nothing/u }] },
  ],
});
