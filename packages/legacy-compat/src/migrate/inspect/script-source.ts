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

/** A node with all nodes it lies in, the nearest last. */
export interface PlacedNode {
  readonly node: ScriptNode;
  readonly above: readonly ScriptNode[];
}

/** Every node of a tree, in the order they are written. */
export function* scriptNodes(node: ScriptNode, above: readonly ScriptNode[] = []): Generator<PlacedNode> {
  yield { node, above };
  const inner = [...above, node];
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (isScriptNode(child)) yield* scriptNodes(child, inner);
    }
  }
}
