import { CssSyntaxError, parse } from 'postcss';

import { type SourceProblem, type SourceTask, syntaxProblem } from './source-problem.ts';

/** Finds style sheets with blocks, brackets, texts or comments that are not closed, and lines that are no rule. */
export function inspectStyle({ content }: SourceTask): readonly SourceProblem[] {
  try {
    // A source map named in the file is not looked for.
    parse(content, { map: false });
    return [];
  } catch (error) {
    if (!(error instanceof CssSyntaxError)) throw error;
    const { reason, line = 1 } = error;
    const [rule = 'syntax'] = /^(?:Unclosed|Unknown|Unexpected|Missed|Double) ?[a-z]*/u.exec(reason) ?? [];
    return [syntaxProblem(rule.trim(), line, reason)];
  }
}
