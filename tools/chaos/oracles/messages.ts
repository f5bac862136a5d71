import { z } from 'zod';

import type { Evidence, ProcessEnd } from '../evidence.ts';
import { API_KEY } from '../scenarios/scenario.ts';

const TRACE = /^\s+at .+:\d+:\d+\)?$/mu;

/** The documented exit code of every way in which a process of these runs may come to its end. */
const EXIT_CODES: Readonly<Record<string, number>> = { done: 0, stopped: 4 };

const resultSchema = z.looseObject({ status: z.string(), nextCommand: z.string().optional() });

/**
 * O7: no process shows a stack trace or the key; a command that was not killed tells how the run stands, with the exit
 * code for it, and what to type where the run is not over.
 */
export function checkMessages({ processes }: Evidence): readonly string[] {
  return processes.flatMap((end, index) =>
    checkProcess(end).map((problem) => `process ${String(index + 1)}: ${problem}`),
  );
}

function checkProcess(end: ProcessEnd): readonly string[] {
  const text = `${end.output}\n${end.errors}`;
  return [
    ...(TRACE.test(text) ? ['it showed a stack trace'] : []),
    ...(text.includes(API_KEY) ? ['it showed the key'] : []),
    ...(end.wasKilled || end.kind === 'worker' ? [] : checkCommand(end)),
  ];
}

function checkCommand({ exitCode, output }: ProcessEnd): readonly string[] {
  const { status, nextCommand } = resultSchema.parse(JSON.parse(output));
  return [
    ...(exitCode === EXIT_CODES[status] ? [] : [`it ended with ${String(exitCode)}, the run is ${status}`]),
    ...(status === 'done' || nextCommand?.startsWith('jarvis resume ') === true
      ? []
      : ['it did not say what to type next']),
  ];
}
