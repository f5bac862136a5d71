import { showValue } from '../errors/show-value.ts';
import type { Change } from './change.ts';
import { firstProblems } from './first-problems.ts';
import { describeRefusal, refusePath } from './safe-path.ts';
import type { FileChange } from './write-plan.ts';

/** A file as it was when a model was asked about it. */
export interface KnownFile {
  readonly content: string;
  /** Whether the model has seen the content, or wrote it itself; else it was told no more than path and size. */
  readonly isShown: boolean;
}

/** What changes come to: each file once, or what is wrong with them, as sentences for the model, fifty at most. */
export interface ResolvedChanges {
  readonly changes: readonly FileChange[];
  readonly problems: readonly string[];
}

interface Touched {
  readonly content: string | null;
  /** What is only edited may still be moved; everything else is said once. */
  readonly isOnlyEdited: boolean;
  readonly movedFrom?: string;
}

type Outcome = ReadonlyMap<string, Touched> | { readonly problem: string };

/**
 * Works out what is in each file after all changes of an answer, in their order. Edits of one file follow one
 * another; changes that contradict each other, miss their file or their text, or would throw away what the model has
 * not seen, are problems.
 */
export function resolveChanges(
  changes: readonly Change[],
  known: ReadonlyMap<string, KnownFile>,
): ResolvedChanges {
  const touched = new Map<string, Touched>();
  const problems: string[] = [];
  for (const change of changes) {
    const outcome = resolve(change, known, touched);
    if ('problem' in outcome) problems.push(outcome.problem);
    else for (const [path, state] of outcome) touched.set(path, state);
  }
  return {
    changes: [...touched].map(([path, state]) => toFileChange(path, state)),
    problems: firstProblems(problems),
  };
}

function resolve(
  change: Change,
  known: ReadonlyMap<string, KnownFile>,
  touched: ReadonlyMap<string, Touched>,
): Outcome {
  switch (change.type) {
    case 'write':
      return resolveWrite(change, known, touched);
    case 'edit':
      return resolveEdit(change, known, touched);
    case 'move':
      return resolveMove(change, known, touched);
    case 'delete':
      return resolveDelete(change, known, touched);
  }
}

function resolveWrite(
  { path, content }: Extract<Change, { type: 'write' }>,
  known: ReadonlyMap<string, KnownFile>,
  touched: ReadonlyMap<string, Touched>,
): Outcome {
  if (touched.has(path)) return contradiction(path);
  if (known.get(path)?.isShown === false) return unseen(path, 'edit it, or choose another path');
  return new Map([[path, { content, isOnlyEdited: false }]]);
}

function resolveEdit(
  { path, find, replace }: Extract<Change, { type: 'edit' }>,
  known: ReadonlyMap<string, KnownFile>,
  touched: ReadonlyMap<string, Touched>,
): Outcome {
  const before = touched.get(path) ?? known.get(path);
  if (before === undefined) return missing(path, 'edited');
  if (before.content === null) return contradiction(path);

  const place = before.content.indexOf(find);
  if (place === -1) {
    return { problem: `The text ${showValue(find)} does not stand in ${showValue(path)}; copy it exactly.` };
  }
  if (before.content.includes(find, place + 1)) {
    const hint = 'give more of the text around it';
    return {
      problem: `The text ${showValue(find)} stands in ${showValue(path)} more than once; ${hint}.`,
    };
  }
  const content = before.content.slice(0, place) + replace + before.content.slice(place + find.length);
  return new Map([[path, { isOnlyEdited: true, ...touched.get(path), content }]]);
}

function resolveMove(
  { from, to }: Extract<Change, { type: 'move' }>,
  known: ReadonlyMap<string, KnownFile>,
  touched: ReadonlyMap<string, Touched>,
): Outcome {
  if (touched.get(from)?.isOnlyEdited === false) return contradiction(from);
  const content = (touched.get(from) ?? known.get(from))?.content ?? null;
  if (content === null) return missing(from, 'moved');
  if (known.has(to) || from === to) {
    return { problem: `The file ${showValue(from)} cannot be moved to ${showValue(to)}, where a file is.` };
  }
  if (touched.has(to)) return contradiction(to);
  return new Map([
    [to, { content, isOnlyEdited: false, movedFrom: from }],
    [from, { content: null, isOnlyEdited: false }],
  ]);
}

function resolveDelete(
  { path }: Extract<Change, { type: 'delete' }>,
  known: ReadonlyMap<string, KnownFile>,
  touched: ReadonlyMap<string, Touched>,
): Outcome {
  if (touched.has(path)) return contradiction(path);
  const file = known.get(path);
  if (file === undefined) return missing(path, 'deleted');
  if (!file.isShown) return unseen(path, 'leave it');
  return new Map([[path, { content: null, isOnlyEdited: false }]]);
}

function toFileChange(path: string, { content, movedFrom }: Touched): FileChange {
  return { path, content, ...(movedFrom !== undefined && { movedFrom }) };
}

function contradiction(path: string): Outcome {
  return { problem: `The file ${showValue(path)} is changed in ways that contradict each other.` };
}

function unseen(path: string, hint: string): Outcome {
  return {
    problem: `The file ${showValue(path)} exists and its content was not shown to you; ${hint}.`,
  };
}

/** Files that are never shown seem missing to the model; why it may not have them says the path. */
function missing(path: string, what: string): Outcome {
  const refusal = refusePath(path);
  if (refusal !== undefined) return { problem: describeRefusal(path, refusal) };
  return { problem: `There is no file ${showValue(path)} that you were shown, so it cannot be ${what}.` };
}
