import { ESLintUtils } from '@typescript-eslint/utils';

import { findForeignHeader } from './header-name.ts';
import { pathInRepository } from './source-place.ts';

/** A header comment that names a file names its own file. */
export const headerNamesFile = ESLintUtils.RuleCreator.withoutDocs({
  meta: {
    type: 'problem',
    schema: [],
    defaultOptions: [],
    messages: {
      foreign:
        'The header names {{named}}, but this file is {{path}}: correct the name, or say what the file is for instead.',
    },
  },
  create(context) {
    return {
      Program(program) {
        const path = pathInRepository(context.filename);
        const code = context.sourceCode.getFirstToken(program);
        const header = context.sourceCode
          .getAllComments()
          .filter((comment) => code === null || comment.range[1] <= code.range[0]);
        for (const comment of header) {
          const foreign = findForeignHeader(comment.value, path);
          if (foreign !== undefined) {
            context.report({ node: comment, messageId: 'foreign', data: { named: foreign.named, path } });
          }
        }
      },
    };
  },
});
