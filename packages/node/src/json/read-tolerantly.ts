import type { ParsedReply } from '@jarvis/core';
import { type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';

import { inspectValue } from './inspect-value.ts';
import { repairStrings } from './json-tokens.ts';

/**
 * Reads one JSON text whose brackets are known to be closed, and forgives comments, trailing commas, escapes JSON does
 * not know and bare line breaks in strings.
 */
export function readTolerantly(text: string): ParsedReply {
  const repaired = repairStrings(text);
  const errors: ParseError[] = [];
  const tree = parseTree(repaired, errors, { allowTrailingComma: true });
  const [error] = errors;
  if (tree === undefined || error !== undefined) {
    return unreadable(`The JSON is not valid${error === undefined ? '' : whereAndWhat(repaired, error)}.`);
  }
  const twice = findTwiceNamed(tree);
  if (twice !== undefined) {
    return unreadable(
      `The name ${JSON.stringify(twice.slice(0, 60))} appears twice in one object of the JSON.`,
    );
  }
  const value = toValue(tree);
  const inspection = inspectValue(value);
  return inspection.type === 'fine' ? { type: 'value', value } : inspection;
}

function whereAndWhat(text: string, { error, offset }: ParseError): string {
  const before = text.slice(0, offset).split('\n');
  const words = printParseErrorCode(error).replace(
    /(?<=[a-z])[A-Z]/g,
    (letter) => ` ${letter.toLowerCase()}`,
  );
  return ` at line ${String(before.length)}, column ${String((before.at(-1) ?? '').length + 1)}: ${words.toLowerCase()}`;
}

function findTwiceNamed(node: Node): string | undefined {
  const children = node.children ?? [];
  if (node.type === 'object') {
    const names = new Set<string>();
    for (const member of children) {
      const name = nameOf(member);
      if (names.has(name)) return name;
      names.add(name);
    }
  }
  for (const child of children) {
    const twice = findTwiceNamed(child);
    if (twice !== undefined) return twice;
  }
  return undefined;
}

function toValue(node: Node): unknown {
  const children = node.children ?? [];
  switch (node.type) {
    case 'object':
      return Object.fromEntries(children.map((member) => [nameOf(member), valueOf(member)]));
    case 'array':
      return children.map(toValue);
    case 'property':
      return valueOf(node);
    case 'string':
    case 'number':
    case 'boolean':
    case 'null':
      return node.value;
  }
}

function nameOf(member: Node): string {
  return String(member.children?.[0]?.value);
}

function valueOf(member: Node): unknown {
  const value = member.children?.[1];
  return value === undefined ? undefined : toValue(value);
}

function unreadable(problem: string): ParsedReply {
  return { type: 'unreadable', problem };
}
