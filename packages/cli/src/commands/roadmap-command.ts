import type { Journal } from '@jarvis/core';

import type { CliInput } from './cli-command.ts';

/** What a part of `jarvis roadmap` that only shows something may use. */
export interface RoadmapView {
  readonly journal: Journal;
  readonly runId: string;
  /** What was written after the run. */
  readonly names: readonly string[];
  readonly options: CliInput['options'];
  readonly isJson: boolean;
}

/** A part of `jarvis roadmap`, as the help tells it. */
export interface RoadmapPart {
  readonly usage: string;
  /** The flags it follows; the others would be read and ignored. */
  readonly flags: readonly string[];
}

const CHANGE = ['reason', 'ifVersion', 'by'];

/** Everything `jarvis roadmap` does. */
export const roadmapParts = {
  show: { usage: 'show <run> [--version 2] [--mermaid]', flags: ['version', 'mermaid'] },
  history: { usage: 'history <run>', flags: [] },
  diff: { usage: 'diff <run> 1 2', flags: [] },
  skip: { usage: 'skip <run> <stage> --reason "…"', flags: CHANGE },
  drop: { usage: 'drop <run> <stage> --reason "…"', flags: CHANGE },
  reopen: { usage: 'reopen <run> <stage> --reason "…"', flags: CHANGE },
  reorder: { usage: 'reorder <run> <stage> <stage> …', flags: CHANGE },
  split: { usage: 'split <run> <stage> --into "Shop:1,2" --into "Cart:3"', flags: [...CHANGE, 'into'] },
  merge: { usage: 'merge <run> <stage> <stage> --name "Shop"', flags: [...CHANGE, 'name', 'goal', 'id'] },
  add: {
    usage: 'add <run> --name "Shop" --goal "…" --step "…"',
    flags: [...CHANGE, 'name', 'goal', 'id', 'step', 'requirement', 'after'],
  },
} as const satisfies Readonly<Record<string, RoadmapPart>>;

export type RoadmapPartName = keyof typeof roadmapParts;

/** Whether a word is a part of `jarvis roadmap`. */
export function isRoadmapPart(word: string): word is RoadmapPartName {
  return Object.hasOwn(roadmapParts, word);
}
