import ruff from '@astral-sh/ruff-wasm-nodejs';
import { z } from 'zod';

import { quoteOf, type SourceProblem, type SourceTask, syntaxProblem } from './source-problem.ts';

/** What Python refuses to compile although its grammar allows it. */
const REFUSED = ['F404', 'F407', 'F701', 'F702', 'F704', 'F706', 'PLE0117', 'PLE0118'];

const DANGERS: Readonly<Record<string, readonly [rule: string, text: string]>> = {
  S102: ['exec', 'exec runs any text as a program.'],
  S301: ['unpickle', 'Reading a pickle runs what is written in it; use JSON for data from outside.'],
  S307: ['eval', 'eval runs any text as a program; ast.literal_eval reads plain values.'],
  S602: ['shell', 'shell=True has a shell read the command; give a list of arguments without it.'],
  S605: ['shell', 'A shell reads this command; use subprocess.run with a list of arguments.'],
  S608: ['sql-text', 'An SQL statement is put together out of texts; use parameters.'],
};

const diagnosticsSchema = z.array(
  z.object({ code: z.string().nullable(), message: z.string(), start_location: z.object({ row: z.int() }) }),
);

/** Finding the columns of a line takes the square of its length. */
const LONGEST_LINE = 50_000;
/** What in a comment would switch rules off: whoever writes the file does not decide whether it is checked. */
const SWITCHES = /noqa|(?<=ruff|flake8)\s*:/giu;

const SETTINGS = { 'target-version': 'py314', lint: { select: [...REFUSED, ...Object.keys(DANGERS)] } };
let workspace: ruff.Workspace | undefined;

/** Finds Python that cannot be compiled, and calls that run what they are given. */
export function inspectPython({ content }: SourceTask): readonly SourceProblem[] {
  const lines = content.split('\n');
  if (lines.some(({ length }) => length > LONGEST_LINE)) {
    throw new RangeError('a line is too long');
  }
  workspace ??= new ruff.Workspace(SETTINGS, ruff.PositionEncoding.Utf16);
  const found: unknown = workspace.check(content.replaceAll(SWITCHES, (words) => '_'.repeat(words.length)));
  return diagnosticsSchema.parse(found).map(({ code, message, start_location: { row } }) => {
    const danger = DANGERS[code ?? ''];
    if (danger === undefined) return syntaxProblem(code ?? 'syntax', row, message);
    const [rule, text] = danger;
    return { kind: 'danger', rule, line: row, text, quote: quoteOf(lines[row - 1]?.trim() ?? '', 0) };
  });
}
