import { type LeftOutFile, selectFiles, type WorkspaceFile } from '@jarvis/core';

import type { LeftOut } from '../engine/action.ts';
import { listOwnFiles } from '../engine/own-files.ts';
import { type ActionScope, requirePlan } from './action-scope.ts';

/** What an agent is shown of the project. */
export interface ShownFiles {
  /** Files to show whole. */
  readonly files: readonly WorkspaceFile[];
  /** For the brief; nothing when all files are shown. */
  readonly leftOut: { readonly leftOut?: LeftOutFiles };
  /** For the record; nothing when all files are shown. */
  readonly recorded: { readonly leftOut?: LeftOut };
  /** The paths of all files that are not shown whole. */
  readonly hidden: ReadonlySet<string>;
}

/** Files an agent is told of by no more than path and size. */
export interface LeftOutFiles {
  readonly files: readonly LeftOutFile[];
  /** How many more there are, which are not named. */
  readonly more: number;
}

/** Fewer bytes make no token in code or prose; the same for every model, so that none changes what is shown. */
const BYTES_PER_TOKEN = 3;

/** Chooses what fits into the prompts of the dialect, what matters most for this round first. */
export function showFiles(
  scope: ActionScope,
  all: readonly WorkspaceFile[],
  feedback: readonly string[],
): ShownFiles {
  const { accepted, dialect, contents, state } = scope;
  const { steps, acceptanceCriteria } = requirePlan(scope);
  const { whole, listed, unlisted } = selectFiles(all, {
    budgetTokens: dialect.fileTokens ?? Infinity,
    count: countRoughly,
    texts: [accepted.task, ...steps, ...acceptanceCriteria, ...feedback],
    touched: new Set(listOwnFiles(state.rounds).keys()),
  });
  const rest = [...listed, ...unlisted];
  const hidden = new Set(rest.map(({ path }) => path));
  if (rest.length === 0) return { files: whole, leftOut: {}, recorded: {}, hidden };
  return {
    files: whole,
    leftOut: { leftOut: { files: listed, more: unlisted.length } },
    recorded: { leftOut: { files: rest.length, listing: contents.keep(JSON.stringify(rest)) } },
    hidden,
  };
}

function countRoughly(text: string): number {
  return Math.ceil(new TextEncoder().encode(text).length / BYTES_PER_TOKEN);
}
