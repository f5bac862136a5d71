import { parse, type ParserOptions } from '@babel/parser';
import { z } from 'zod';

import { findScriptDangers } from './find-script-dangers.ts';
import { type SourceProblem, type SourceTask, syntaxProblem } from './source-problem.ts';
import { isNode } from './syntax-node.ts';

const problemSchema = z.object({
  reasonCode: z.string(),
  message: z.string(),
  loc: z.object({ line: z.int() }),
});

type ScriptError = Readonly<z.infer<typeof problemSchema>>;

type Plugins = NonNullable<ParserOptions['plugins']>;

const UNTYPED: Plugins = ['decorators'];
const MARKUP: Plugins = ['jsx'];
const MOST_ERRORS = 20;
const DECLARATIONS = /\.d\.[cm]?ts$/iu;
/** Declarations of one name may be merged, and come from elsewhere: only a compiler that knows them all can tell. */
const UNSURE_IN_TYPES: ReadonlySet<string> = new Set(['ModuleExportUndefined', 'VarRedeclaration']);

/** Finds scripts that no engine would run, and calls in the others that run or show what they are given. */
export function inspectScript({ path, language, content }: SourceTask): readonly SourceProblem[] {
  const { errors, tree } = read(content, toOptions(path, language === 'typescript'));
  const isUnsure = (reason: string) => language === 'typescript' && UNSURE_IN_TYPES.has(reason);
  const mistakes = errors
    .filter(({ reasonCode }) => !isUnsure(reasonCode))
    .slice(0, MOST_ERRORS)
    .map(({ reasonCode, message, loc }) =>
      syntaxProblem(reasonCode, loc.line, message.replace(/ ?\(\d+:\d+\)$/u, '')),
    );
  return isNode(tree) ? [...mistakes, ...findScriptDangers(tree, content)] : mistakes;
}

function read(content: string, options: ParserOptions) {
  try {
    const { program, errors } = parse(content, options);
    return { tree: program, errors: errors.map((error) => problemSchema.parse(error)) };
  } catch (error) {
    // Anything but a mistake of the file is not for this function to judge.
    const { success, data } = problemSchema.safeParse(error);
    if (!success) throw error;
    return { errors: [data] satisfies readonly ScriptError[] };
  }
}

function toOptions(path: string, isTyped: boolean): ParserOptions {
  const hasMarkup = isTyped ? /x$/iu.test(path) : true;
  return {
    ...toModuleOptions(path),
    // Some mistakes are none where types are declared, so the reader has to go on after them.
    errorRecovery: isTyped,
    attachComment: false,
    plugins: [...(isTyped ? typed(path) : UNTYPED), ...(hasMarkup ? MARKUP : [])],
  };
}

function typed(path: string): Plugins {
  return [['typescript', { dts: DECLARATIONS.test(path) }], 'decorators-legacy'];
}

function toModuleOptions(path: string): ParserOptions {
  if (/\.m[jt]s$/iu.test(path)) return { sourceType: 'module' };
  if (/\.cjs$/iu.test(path)) return { sourceType: 'commonjs' };
  return { sourceType: 'unambiguous', allowReturnOutsideFunction: true };
}
