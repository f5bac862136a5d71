import type { OldModule } from './old-modules.ts';

/**
 * How a place names an old module. `attribute` reaches it through the package it lies in, `dynamic` is a load whose name is text, `computed` one whose name only a run can tell,
 * `string` a text that names the module without loading it, `mention` a line of a file that is no source, or a
 * text that only speaks of the module.
 */
export type ReferenceForm =
  'import' | 'from' | 'star' | 'attribute' | 'dynamic' | 'computed' | 'string' | 'mention';

/** A place that names an old module. */
export interface Reference {
  /** From the root of the tree. */
  readonly path: string;
  readonly line: number;
  /** What is written there, on one line. */
  readonly statement: string;
  readonly form: ReferenceForm;
  /** Left out where only a run can tell. */
  readonly module?: OldModule;
  /** What it takes out of the module. */
  readonly names: readonly string[];
  /** A file beside it has the same name, so it may mean another module. */
  readonly isUnclear: boolean;
  readonly isTest: boolean;
}

const TEST =
  /(?:^|\/)(?:tests?\/|test_[^/]*\.py$|conftest\.py$|[^/]*_test\.py$|[^/]*\.(?:test|spec)\.[cm]?[jt]sx?$)/u;

/** Whether a path is that of a test, or of what tests share. */
export function isTestPath(path: string): boolean {
  return TEST.test(path);
}
