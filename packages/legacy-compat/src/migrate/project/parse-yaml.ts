import { isScalar, LineCounter, parseDocument, Scalar, visit } from 'yaml';

/** What a text says, or why it says nothing. */
export interface ParsedYaml {
  readonly value?: unknown;
  readonly problem?: string;
}

/** The old keys that say yes or no, and what Python takes for it. */
const SWITCHES: readonly unknown[] = [
  'use_git',
  'git_secret_scanning_enabled',
  'run_safety_before_final',
  'use_visual_review',
];
const WORDS: readonly (readonly [RegExp, boolean])[] = [
  [/^(?:yes|Yes|YES|on|On|ON)$/u, true],
  [/^(?:no|No|NO|off|Off|OFF)$/u, false],
];

/** Reads YAML 1.2 as plain data: text as keys, each once. Its own words quote the text, so only the place is told. */
export function parseYaml(text: string): ParsedYaml {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    logLevel: 'error',
    prettyErrors: false,
    stringKeys: true,
    uniqueKeys: false, // the library compares each key with each other, which takes minutes for a large file
  });
  const place = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return `(line ${String(line)}, column ${String(col)})`;
  };
  const [mistake] = [...document.errors, ...document.warnings];
  if (mistake !== undefined) return { problem: `it is no valid YAML ${place(mistake.pos[0])}` };
  const repeated = findRepeated(document);
  if (repeated !== undefined) return { problem: `a key is written twice ${place(repeated)}` };
  readSwitches(document);
  try {
    // An anchor is written out where it is referred to; too many of them would fill the memory.
    const value: unknown = document.toJS({ maxAliasCount: 100 });
    return { value };
  } catch {
    return { problem: 'it refers to anchors that are not there, or too often' };
  }
}

/** Where a key stands that its map has already. */
function findRepeated(document: ReturnType<typeof parseDocument>): number | undefined {
  let found: number | undefined;
  visit(document, {
    Map: (_, map) => {
      const keys = new Set<string>();
      for (const { key } of map.items) {
        if (!isScalar(key)) continue;
        const name = String(key.value);
        if (keys.has(name)) found ??= key.range?.[0] ?? 0;
        keys.add(name);
      }
    },
  });
  return found;
}

/** In YAML 1.1, which Python reads, `yes` is no text; elsewhere it may well be one. */
function readSwitches(document: ReturnType<typeof parseDocument>): void {
  visit(document, {
    Pair: (_, { key, value }) => {
      if (!isScalar(key) || !isScalar(value) || value.type !== Scalar.PLAIN) return;
      if (!SWITCHES.includes(key.value)) return;
      const word = WORDS.find(([pattern]) => pattern.test(String(value.value)));
      if (word !== undefined) value.value = word[1];
    },
  });
}
