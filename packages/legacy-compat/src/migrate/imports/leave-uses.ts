import type { SyntaxNode } from '@lezer/common';

import { leaveToPerson } from './python-task.ts';
import type { LostUse } from './python-uses.ts';
import { mergeRewritings, noNames, reasons, type Rewriting, stays } from './rewriting.ts';

/** Leaves a place that loads a module as it is, since the bridge could not answer all that is taken from it. */
export function leaveUses(text: string, node: SyntaxNode, lost: readonly LostUse[]): Rewriting {
  const uses = lost.map((use) =>
    leaveToPerson(text, use.node, use.name === undefined ? reasons.handed : noNames([use.name], 'bridge')),
  );
  return mergeRewritings([leaveToPerson(text, node, stays(lost.flatMap(({ name }) => name ?? []))), ...uses]);
}
