import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type ParsedNode,
  parseDocument,
  type YAMLMap,
} from 'yaml';

import { type ConfigText, MAX_DEPTH, refuse, renderPlace, TOO_DEEP } from './config-text.ts';

/** Mistakes in one file that are shown; the rest mostly follow from the first ones. */
const SHOWN_MISTAKES = 5;

/**
 * Reads YAML 1.2 as plain data: no tags, no aliases, text as keys, each key once.
 *
 * The tree is walked here instead of by the library, whose search for repeated keys takes minutes for a large file.
 */
export function parseYamlText(text: string): ConfigText {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    uniqueKeys: false,
    stringKeys: true,
    logLevel: 'error',
  });
  const mistakes = [...document.errors, ...document.warnings];
  if (mistakes.length > 0) {
    const shown = mistakes.slice(0, SHOWN_MISTAKES);
    return refuse(
      ...shown.map(({ message, pos }) => `${placeIn(lines, pos[0])}: it is not valid YAML (${message}).`),
    );
  }
  const walk: Walk = { lines, problems: [] };
  const value = document.contents === null ? null : toValue(document.contents, 1, walk);
  return walk.problems.length > 0 ? refuse(...walk.problems) : { status: 'parsed', value };
}

interface Walk {
  readonly lines: LineCounter;
  readonly problems: string[];
}

function toValue(node: ParsedNode | null, depth: number, walk: Walk): unknown {
  if (node === null) return null;
  if (isScalar(node)) return node.value;
  if (isAlias(node)) {
    walk.problems.push(
      `${placeIn(walk.lines, node.range[0])}: write the value out instead of referring to an anchor.`,
    );
    return undefined;
  }
  if (depth > MAX_DEPTH) {
    if (!walk.problems.includes(TOO_DEEP)) walk.problems.push(TOO_DEEP);
    return undefined;
  }
  if (isSeq(node)) return node.items.map((item) => toValue(item, depth + 1, walk));
  return isMap(node) ? toObject(node, depth, walk) : undefined;
}

function toObject(map: YAMLMap.Parsed, depth: number, walk: Walk): Readonly<Record<string, unknown>> {
  const entries = new Map<string, unknown>();
  for (const { key, value } of map.items) {
    const name = isScalar(key) ? String(key.value) : '';
    if (entries.has(name)) {
      walk.problems.push(
        `${placeIn(walk.lines, key.range[0])}: the key "${name.slice(0, 80)}" is written twice.`,
      );
    }
    entries.set(name, toValue(value, depth + 1, walk));
  }
  // Unlike an assignment, this makes `__proto__` a key like any other, which the schema then refuses.
  return Object.fromEntries(entries);
}

function placeIn(lines: LineCounter, offset: number): string {
  const { line, col } = lines.linePos(offset);
  return renderPlace(line, col);
}
