import { type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';

import { type ConfigText, MAX_DEPTH, refuse, renderPlace, TOO_DEEP } from './config-text.ts';

const DEPTH_CHANGE: Readonly<Record<string, number>> = { '[': 1, '{': 1, ']': -1, '}': -1 };

/**
 * Reads JSON as it is written by people: names line and column of the first mistake, and keys that are written twice,
 * of which `JSON.parse` would drop one without a word.
 */
export function parseJsonText(text: string): ConfigText {
  if (isNestedTooDeep(text)) return refuse(TOO_DEEP);
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { disallowComments: true, allowTrailingComma: false });
  const [mistake] = errors;
  if (mistake !== undefined) {
    const what = printParseErrorCode(mistake.error)
      .replaceAll(/(?<=[a-z])(?=[A-Z])/gu, ' ')
      .toLowerCase();
    return refuse(`${placeIn(text, mistake.offset)}: it is not valid JSON (${what}).`);
  }
  const repeated = tree === undefined ? [] : findRepeatedKeys(tree);
  if (repeated.length > 0) {
    return refuse(
      ...repeated.map(({ key, offset }) => `${placeIn(text, offset)}: the key "${key}" is written twice.`),
    );
  }
  return parseStrictly(text);
}

/** The parser above is lenient in some corners, such as numbers with leading zeros. */
function parseStrictly(text: string): ConfigText {
  try {
    return { status: 'parsed', value: JSON.parse(text) };
  } catch (error) {
    return refuse(`it is not valid JSON (${error instanceof Error ? error.message : String(error)}).`);
  }
}

/** Counted before parsing, since parsers call themselves for each level. */
function isNestedTooDeep(text: string): boolean {
  let depth = 0;
  let isInString = false;
  for (let index = 0; index < text.length && depth <= MAX_DEPTH; index += 1) {
    const character = text.charAt(index);
    if (character === '"') isInString = !isInString;
    else if (isInString) index += character === '\\' ? 1 : 0;
    else depth += DEPTH_CHANGE[character] ?? 0;
  }
  return depth > MAX_DEPTH;
}

interface RepeatedKey {
  readonly key: string;
  readonly offset: number;
}

function findRepeatedKeys(node: Node): readonly RepeatedKey[] {
  const children = node.children ?? [];
  const inside = children.flatMap(findRepeatedKeys);
  if (node.type !== 'object') return inside;
  const seen = new Set<unknown>();
  const here = children.flatMap(({ children: [name] = [] }) => {
    if (name === undefined || !seen.has(name.value)) {
      seen.add(name?.value);
      return [];
    }
    return [{ key: String(name.value).slice(0, 80), offset: name.offset }];
  });
  return [...here, ...inside];
}

function placeIn(text: string, offset: number): string {
  const lines = text.slice(0, offset).split('\n');
  return renderPlace(lines.length, (lines.at(-1) ?? '').length + 1);
}
