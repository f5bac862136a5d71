import {
  type Change,
  type KnownFile,
  type ResolvedChanges,
  resolveChanges,
  type WorkspaceFile,
} from '@jarvis/core';

import type { Work } from '../agents/agent-reply.ts';
import { announceReopening } from '../agents/agent-messages.ts';
import { listAsked, tellWork } from '../agents/open-questions.ts';
import { collectFeedback, recallNotes, wantsStrongest } from './brief-stage.ts';
import type { ActionResult, DeliveredFile } from '../engine/action.ts';
import { listOwnFiles } from '../engine/own-files.ts';
import { stageOf as insideOf } from '../engine/stage-inside.ts';
import type { Round } from '../engine/run-state.ts';
import { outcomeBefore, tryOf } from '../engine/turns.ts';
import { requirePlan, requireRound, stageOf, type ActionScope, readProjectFiles } from './action-scope.ts';
import { askForReply } from './ask-for-reply.ts';
import { findUncommittedAmong } from './find-uncommitted.ts';
import { showFiles } from './show-files.ts';

/** The manager hands the work out, the employee does it. */
export async function doWork(scope: ActionScope, number: number): Promise<ActionResult> {
  const { accepted, dialect, coordinator } = scope;
  const plan = requirePlan(scope);
  const round = requireRound(scope, number);
  announceAgain(scope, round);
  const feedback = coordinator.assignWork(round, collectFeedback(scope.state, round, dialect));
  const notes = recallNotes(scope, round);
  const { files, listing } = await readProjectFiles(scope);
  const shown = showFiles(scope, files, feedback);

  const model = chooseModel(scope, round);
  const told = { ...stageOf(scope, round), ...(notes === '' ? {} : { notes }) };
  const work = await askForReply(scope, {
    purpose: 'work',
    question: dialect.work,
    brief: {
      task: accepted.task,
      plan,
      round: tryOf(round),
      files: shown.files,
      ...shown.leftOut,
      feedback,
      ...told,
      ...roundBefore(scope, round),
    },
    parts: { task: accepted.task, plan, files: listing, feedback, ...told },
    model,
    atLeastTokens: countRewrite(scope, { files, round, model }),
  });

  const paths = listPaths(work);
  const open = openQuestions(work);
  if (paths.length > 0 || !isAnswered(scope, round, work))
    coordinator.deliverWork(number, { summary: tellWork(work), files: paths });
  const delivery = deliver(scope, resolveChanges(work.changes, await listKnown(scope, files, shown.hidden)));
  const uncommitted = await findUncommittedAmong(scope, delivery.files, files);
  return {
    type: 'worked',
    round: number,
    summary: work.summary,
    ...open,
    ...delivery,
    base: listing,
    ...shown.recorded,
    ...(uncommitted.length === 0 ? {} : { uncommitted: [...uncommitted] }),
  };
}

/** A stage that was opened again is announced before it is worked on. */
function announceAgain({ state, coordinator }: ActionScope, { stage, cycle }: Round): void {
  if (cycle === undefined || stage === undefined) return;
  const { reopenings } = insideOf(state, stage);
  const last = reopenings.at(-1);
  if (last === undefined) return;
  announceReopening(coordinator, { stageId: stage, time: reopenings.length, reason: last.reason });
}

/** Whether the employee asks, and gets an answer before it works on. */
function isAnswered({ dialect }: ActionScope, { cycle }: Round, work: Work): boolean {
  return cycle !== undefined && dialect.clarify !== undefined && listAsked(work).length > 0;
}

function openQuestions({ questions, blocker }: Work): { questions?: string[]; blocker?: string } {
  return {
    ...(questions === undefined ? {} : { questions: [...questions] }),
    ...(blocker === undefined ? {} : { blocker }),
  };
}

function chooseModel({ coordinator, state }: ActionScope, round: Round): string {
  const importance = wantsStrongest(state, round) ? ({ importance: 'high' } as const) : {};
  return coordinator.chooseModel({ role: 'employee', purpose: 'work', round, ...importance });
}

/** What the employee may build on: the files it was shown, and those the run has written and nobody is shown. */
async function listKnown(
  { state, contents }: ActionScope,
  files: readonly WorkspaceFile[],
  hidden: ReadonlySet<string>,
): Promise<ReadonlyMap<string, KnownFile>> {
  const own = listOwnFiles(state.rounds);
  const known = new Map<string, KnownFile>();
  for (const [path, hash] of own) known.set(path, { content: await contents.read(hash), isShown: true });
  for (const { path, content, hash } of files) {
    known.set(path, { content, isShown: !hidden.has(path) || own.get(path) === hash });
  }
  return known;
}

function deliver(
  { contents }: ActionScope,
  { changes, problems }: ResolvedChanges,
): { files: DeliveredFile[]; problems?: string[] } {
  if (problems.length > 0) return { files: [], problems: [...problems] };
  const files = changes.map(({ path, content, ...move }): DeliveredFile => {
    if (content === null) return { path, isDeleted: true };
    return { path, hash: contents.keep(content), bytes: new TextEncoder().encode(content).length, ...move };
  });
  return { files };
}

function listPaths({ changes }: Work): readonly string[] {
  return [...new Set(changes.flatMap(pathsOf))];
}

function pathsOf(change: Change): readonly string[] {
  return change.type === 'move' ? [change.from, change.to] : [change.path];
}

interface Rewrite {
  readonly files: readonly WorkspaceFile[];
  readonly round: Round;
  /** Whose tokens are counted. */
  readonly model: string;
}

/** What the files of the round before take, in tokens: when they have to change, they are handed in whole again. */
function countRewrite({ context, state }: ActionScope, { files, round, model }: Rewrite): number {
  const before = state.rounds.filter((other) => isSameWork(other, round)).at(-1);
  const paths = new Set(before?.work?.files.map(({ path }) => path));
  return files
    .filter(({ path }) => paths.has(path))
    .reduce((sum, { content }) => sum + context.tokens.count(content, model), 0);
}

/** Earlier work at the same stage, or at the same task. */
function isSameWork(other: Round, { number, stage }: Round): boolean {
  return other.number < number && other.stage === stage;
}

function roundBefore({ state }: ActionScope, round: Round): { readonly previous?: Round } {
  const previous = outcomeBefore(state.rounds, round);
  return previous === undefined ? {} : { previous };
}
