import type { z } from 'zod';

import { InvalidScriptError } from './errors.ts';
import type { ScriptProblem } from './errors.ts';

/**
 * Checks a value with a schema.
 *
 * @throws {@link InvalidScriptError} that names every problem.
 */
export function parseScriptPart<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  source: string,
): z.output<Schema> {
  const result = schema.safeParse(value);
  if (!result.success) {
    throw new InvalidScriptError({ source, problems: result.error.issues.map(toProblem) });
  }
  return result.data;
}

function toProblem(issue: z.core.$ZodIssue): ScriptProblem {
  // A bad key of a record hides what is wrong with the key one level down.
  const message = issue.code === 'invalid_key' ? (issue.issues[0]?.message ?? issue.message) : issue.message;
  return { path: renderPath(issue.path), message };
}

function renderPath(path: readonly PropertyKey[]): string {
  return path
    .map((part) => (typeof part === 'number' ? `[${String(part)}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '');
}
