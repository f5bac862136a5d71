/** A node of a syntax tree, as far as this package looks at it. */
export interface SyntaxNode {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly loc: { readonly start: { readonly line: number } };
  readonly [field: string]: unknown;
}

/** Tells a node from the other values in a tree. */
export function isNode(value: unknown): value is SyntaxNode {
  return (
    typeof value === 'object' &&
    value !== null &&
    'type' in value &&
    typeof value.type === 'string' &&
    'loc' in value &&
    typeof value.loc === 'object' &&
    value.loc !== null
  );
}

/** The nodes in a field, which holds one, several or none. */
export function nodesIn(value: unknown): readonly SyntaxNode[] {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  return values.filter(isNode);
}

/** Visits every node of a tree in no certain order, however deep, without a call for each level. */
export function walk(root: SyntaxNode, visit: (node: SyntaxNode) => void): void {
  const waiting = [root];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    visit(node);
    for (const field of Object.values(node)) addNodes(waiting, field);
  }
}

/** One at a time: a list of any length may be in a field. */
function addNodes(waiting: SyntaxNode[], field: unknown): void {
  if (isNode(field)) waiting.push(field);
  if (!Array.isArray(field)) return;
  for (const value of field) {
    if (isNode(value)) waiting.push(value);
  }
}

/** The parts a value is put together of, by choice or by joining texts; the value itself when it is not. */
export function* partsOf(value: SyntaxNode): Generator<SyntaxNode, undefined> {
  const waiting = [value];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    const parts = listParts(node);
    if (parts === undefined) yield node;
    else waiting.push(...parts.toSorted((one, other) => other.start - one.start));
  }
}

const PARTS: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    BinaryExpression: ['left', 'right'],
    TemplateLiteral: ['quasis', 'expressions'],
    ConditionalExpression: ['consequent', 'alternate'],
    LogicalExpression: ['left', 'right'],
    ParenthesizedExpression: ['expression'],
    TSAsExpression: ['expression'],
    TSNonNullExpression: ['expression'],
    TSSatisfiesExpression: ['expression'],
  }),
);

function listParts(node: SyntaxNode): readonly SyntaxNode[] | undefined {
  if (node.type === 'BinaryExpression' && node['operator'] !== '+') return undefined;
  return PARTS.get(node.type)?.flatMap((field) => nodesIn(node[field]));
}
