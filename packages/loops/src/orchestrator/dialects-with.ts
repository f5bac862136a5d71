import type { Dialect } from '../dialect/dialect.ts';
import { modernDialect } from '../dialect/modern-dialect.ts';

/** The dialects a run may have been accepted under. The caller's first: of two with one name it is the one that is meant. */
export function dialectsWith(own: Dialect | undefined): readonly Dialect[] {
  return [...(own === undefined ? [] : [own]), modernDialect];
}
