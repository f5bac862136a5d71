import type { ImportedName, NameImport } from '../inspect/python-imports.ts';
import { type Edit, indentation, isFirstInLine, lineEnding, lineStart } from './edit.ts';
import type { Rewriting } from './rewriting.ts';

/** Which names of a statement are taken from another module. */
export interface Split {
  readonly moved: readonly ImportedName[];
  readonly module: string;
}

/** Takes all names of a statement from another module. */
export function replaceModule(text: string, { moduleFrom, moduleTo }: NameImport, module: string): Rewriting {
  // "from.a import b" needs no space, and neither does "from .import b".
  const before = /\s/u.test(text.charAt(moduleFrom - 1)) ? '' : ' ';
  const after = /[\s\\]/u.test(text.charAt(moduleTo)) ? '' : ' ';
  return {
    edits: [{ from: moduleFrom, to: moduleTo, text: before + module + after }],
    decisions: [],
    rewritten: 1,
  };
}

/** Takes some names of a statement from another module; `undefined` when a comment stands between them. */
export function splitStatement(
  text: string,
  { node, names }: NameImport,
  { moved, module }: Split,
): Rewriting | undefined {
  const removals = rangesToRemove(names, moved);
  if (removals.some(({ from, to }) => text.slice(from, to).includes('#'))) return undefined;
  const list = moved.map(({ from, to }) => text.slice(from, to).replaceAll(/[\s\\]+/gu, ' ')).join(', ');
  return {
    edits: [
      addition(text, node.from, `from ${module} import ${list}`),
      ...removals.map((range) => ({ ...range, text: '' })),
    ],
    decisions: [],
    rewritten: 1,
  };
}

/** A statement before another; above the comment on that one, which has to stay right above it. */
function addition(text: string, place: number, statement: string): Edit {
  if (!isFirstInLine(text, place)) return { from: place, to: place, text: `${statement}; ` };
  const start = lineStart(text, place);
  return { from: start, to: start, text: indentation(text, place) + statement + lineEnding(text) };
}

/** Each name with one comma: the one after it, or for the last names of the list the one before. */
function rangesToRemove(names: readonly ImportedName[], moved: readonly ImportedName[]) {
  const lastKept = names.findLastIndex((name) => !moved.includes(name));
  return moved.map((name) => {
    const index = names.indexOf(name);
    const next = names[index + 1];
    const before = names[index - 1];
    if (index < lastKept && next !== undefined) return { from: name.from, to: next.from };
    return { from: before?.to ?? name.from, to: name.to };
  });
}
