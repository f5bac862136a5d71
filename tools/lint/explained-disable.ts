import { ESLintUtils, type TSESTree } from '@typescript-eslint/utils';

const DISABLE = /^\s*eslint-disable(?:-next-line|-line)?(?<rest>[\s\S]*)$/u;

/** A comment that switches a rule off names the rule and gives a reason. */
export const explainedDisable = ESLintUtils.RuleCreator.withoutDocs({
  meta: {
    type: 'problem',
    schema: [],
    defaultOptions: [],
    messages: {
      reason:
        'Say why: // eslint-disable-next-line rule -- the reason. Without one, repair the code instead.',
      rule: 'Name the rule that is switched off: // eslint-disable-next-line rule -- the reason.',
    },
  },
  create(context) {
    return {
      Program() {
        for (const comment of context.sourceCode.getAllComments()) {
          const messageId = judgeComment(comment.value);
          if (messageId !== undefined) {
            context.report({ loc: outsideItsOwnReach(comment), messageId });
          }
        }
      },
    };
  },
});

function judgeComment(text: string): 'reason' | 'rule' | undefined {
  const rest = DISABLE.exec(text)?.groups?.rest;
  if (rest === undefined) {
    return undefined;
  }
  const [rules = '', ...reasons] = rest.split(/\s-{2,}\s/u);
  if (rules.trim() === '') {
    return 'rule';
  }
  return reasons.join('').trim() === '' ? 'reason' : undefined;
}

/** A directive silences what is reported from its own start on: the report stands one column before. */
function outsideItsOwnReach({ loc }: TSESTree.Comment): TSESTree.SourceLocation {
  return { start: { line: loc.start.line, column: -1 }, end: loc.end };
}
