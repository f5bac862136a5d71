import { parse, type ParserOptions } from '@babel/parser';
import { z } from 'zod';

/** A node of the tree of a script, as far as it is used here. */
export interface ScriptNode {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [field: string]: unknown;
}

/** A script as a tree; `undefined` in place of the tree when it is no script any engine would run. */
export interface ScriptSource {
  readonly text: string;
  readonly top: ScriptNode | undefined;
  readonly problemLines: readonly number[];
}

const SCRIPT = /\.[cm]?[jt]sx?$/u;
const problemSchema = z.object({ loc: z.object({ line: z.int() }) });

/** Whether a path is that of a JavaScript or TypeScript source. */
export function isScriptPath(path: string): boolean {
  return SCRIPT.test(path);
}

/** Reads JavaScript or TypeScript; nothing of it is run. */
export function parseScript(text: string, path: string): ScriptSource {
  const [today, former] = dialectsOf(path);
  const first = parseAs(text, today);
  if (first.problemLines.length === 0) return first;
  const second = parseAs(text, former);
  if (second.top === undefined) return first;
  return first.top === undefined || second.problemLines.length === 0 ? second : first;
}

type Plugins = NonNullable<ParserOptions['plugins']>;

function parseAs(text: string, plugins: Plugins): ScriptSource {
  try {
    const { program, errors } = parse(text, {
      sourceType: 'unambiguous',
      errorRecovery: true,
      allowReturnOutsideFunction: true,
      plugins,
    });
    const problemLines = errors.flatMap((error) => lineOf(error) ?? []);
    return { text, top: isScriptNode(program) ? program : undefined, problemLines };
  } catch (error) {
    return { text, top: undefined, problemLines: [lineOf(error) ?? 1] };
  }
}

/** What a path can be written in: as it is today first, then with the decorators and types of former days. */
function dialectsOf(path: string): readonly [Plugins, Plugins] {
  const isTyped = /\.[cm]?tsx?$/u.test(path);
  const markup: Plugins = /\.(?:[cm]?js|[jt]sx)$/u.test(path) ? ['jsx'] : [];
  return [
    ['decorators', 'decoratorAutoAccessors', ...markup, ...(isTyped ? (['typescript'] as const) : [])],
    ['decorators-legacy', ...markup, isTyped ? 'typescript' : 'flow'],
  ];
}

function lineOf(error: unknown): number | undefined {
  return problemSchema.safeParse(error).data?.loc.line;
}

/** Tells whether a value is a node. */
export function isScriptNode(value: unknown): value is ScriptNode {
  return (
    typeof value === 'object' &&
    value !== null &&
    'type' in value &&
    typeof value.type === 'string' &&
    'start' in value &&
    typeof value.start === 'number'
  );
}

/** A node of a tree. */
export interface PlacedNode {
  readonly node: ScriptNode;
  /**
   * What it lies in, the nearest last; of what is further than 64 nodes away only the statements. A chain of a hundred
   * thousand calls is a nest as deep, and copying that for each call would never end.
   */
  readonly above: readonly ScriptNode[];
}

const NEAR = 64;
const STATEMENT = /(?:Statement|Declaration)$/u;

interface Level {
  readonly node: ScriptNode;
  readonly up: Level | undefined;
  /** The nearest statement it lies in. */
  readonly statement: Level | undefined;
}

/** Every node of a tree, in the order they are written. However deep it is, nothing calls itself. */
export function* scriptNodes(top: ScriptNode): Generator<PlacedNode> {
  const waiting: Level[] = [{ node: top, up: undefined, statement: undefined }];
  for (let level = waiting.pop(); level !== undefined; level = waiting.pop()) {
    yield toPlaced(level);
    const statement = STATEMENT.test(level.node.type) ? level : level.statement;
    for (const node of childrenOf(level.node).reverse()) waiting.push({ node, up: level, statement });
  }
}

function childrenOf(node: ScriptNode): ScriptNode[] {
  return Object.values(node)
    .flatMap((value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]))
    .filter(isScriptNode);
}

function toPlaced(level: Level): PlacedNode {
  return {
    node: level.node,
    get above() {
      return nodesAbove(level);
    },
  };
}

function nodesAbove(level: Level): readonly ScriptNode[] {
  const found: ScriptNode[] = [];
  let last = level;
  while (last.up !== undefined && found.length < NEAR) {
    last = last.up;
    found.push(last.node);
  }
  for (let at = last.statement; at !== undefined; at = at.statement) found.push(at.node);
  return found.reverse();
}
