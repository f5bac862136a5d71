import type { SyntaxNode } from '@lezer/common';

import type { PythonSource } from '../inspect/python-source.ts';
import type { ModulePlaces } from '../inspect/resolve-module.ts';
import { isFirstInLine, lineStart } from './edit.ts';
import { nothing, type Rewriting } from './rewriting.ts';

/** Which file is rewritten, and the package its imports are sent to. */
export interface PythonTask {
  readonly source: PythonSource;
  readonly path: string;
  readonly places: ModulePlaces;
  readonly bridge: string;
  /** The folder the bridge is written to, from the root of the tree. */
  readonly bridgeRoot: string;
}

/** Leaves a place to a person. */
export function leaveToPerson(text: string, node: SyntaxNode, why: string): Rewriting {
  return { ...nothing, decisions: [{ place: statementStart(text, node), why }] };
}

/** Where a comment can go: before the nearest statement that is the first in its line. */
function statementStart(text: string, node: SyntaxNode): number {
  for (let at: SyntaxNode | null = node; at !== null; at = at.parent) {
    const isStatement = at.parent?.name === 'Script' || at.parent?.name === 'Body';
    if (isStatement && isFirstInLine(text, at.from)) return at.from;
  }
  return lineStart(text, node.from);
}
