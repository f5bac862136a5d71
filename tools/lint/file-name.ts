import { posix } from 'node:path';

import { ESLintUtils } from '@typescript-eslint/utils';

import { pathInRepository } from './source-place.ts';

const KEBAB = /^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z0-9-]+)*$/u;
const EMPTY_NAMES = new Set([
  'common',
  'data',
  'handler',
  'helpers',
  'info',
  'manager',
  'misc',
  'util',
  'utils',
]);
const AGENT_FOLDERS = new Set(['agents', 'prompts']);

/**
 * Judges the name of a source file.
 *
 * @param path the path from the root of the repository, with forward slashes
 * @returns the sentence to show, or `undefined` when the name is fine.
 */
function judgeFileName(path: string): string | undefined {
  const wrong = path.split('/').find((part) => !part.startsWith('.') && !KEBAB.test(part));
  if (wrong !== undefined) {
    return `"${wrong}" is not kebab-case: write it in lower case with hyphens, like the main export of the file.`;
  }
  const [stem = ''] = posix.basename(path).split('.');
  const isAgent = stem === 'manager' && AGENT_FOLDERS.has(posix.basename(posix.dirname(path)));
  return EMPTY_NAMES.has(stem) && !isAgent
    ? `"${stem}" says nothing: name the file after its main export, one idea a file.`
    : undefined;
}

/** Files and folders are kebab-case and say what they hold. */
export const fileName = ESLintUtils.RuleCreator.withoutDocs({
  meta: { type: 'problem', schema: [], defaultOptions: [], messages: { name: '{{sentence}}' } },
  create(context) {
    return {
      Program(program) {
        const sentence = judgeFileName(pathInRepository(context.filename));
        if (sentence !== undefined) {
          context.report({ node: program, messageId: 'name', data: { sentence } });
        }
      },
    };
  },
});
