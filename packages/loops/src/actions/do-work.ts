import type { WorkspaceFile } from '@jarvis/core';

import type { ActionResult } from '../engine/action.ts';
import type { Round } from '../engine/run-state.ts';
import { requirePlan, type ActionScope, readProjectFiles } from './action-scope.ts';
import { askForReply } from './ask-for-reply.ts';

/** The manager hands the work out, the employee does it. */
export async function doWork(scope: ActionScope, round: number): Promise<ActionResult> {
  const { accepted, dialect, coordinator, contents } = scope;
  const plan = requirePlan(scope);
  const feedback = coordinator.assignWork(round);
  const { files, listing } = await readProjectFiles(scope);

  const work = await askForReply(scope, {
    purpose: 'work',
    question: dialect.work,
    brief: { task: accepted.task, plan, round, files, feedback, ...roundBefore(scope, round) },
    parts: { task: accepted.task, plan, files: listing, feedback },
    model: coordinator.chooseModel({ role: 'employee', purpose: 'work', round }),
    atLeastTokens: countRewrite(scope, files, round),
  });

  const delivered = work.files.map(({ path, content }) => ({
    path,
    hash: contents.keep(content),
    bytes: new TextEncoder().encode(content).length,
  }));
  coordinator.deliverWork(round, { summary: work.summary, files: delivered.map(({ path }) => path) });
  return { type: 'worked', round, summary: work.summary, files: delivered, base: listing };
}

/** What the files of the round before take, in tokens: when they have to change, they are handed in whole again. */
function countRewrite(
  { context, state, accepted }: ActionScope,
  files: readonly WorkspaceFile[],
  round: number,
): number {
  const before = state.rounds.find(({ number }) => number === round - 1);
  const paths = new Set(before?.work?.files.map(({ path }) => path));
  const model = accepted.config.models?.employee ?? '';
  return files
    .filter(({ path }) => paths.has(path))
    .reduce((sum, { content }) => sum + context.tokens.count(content, model), 0);
}

function roundBefore({ state }: ActionScope, number: number): { readonly previous?: Round } {
  const previous = state.rounds.find((round) => round.number === number - 1);
  return previous === undefined ? {} : { previous };
}
