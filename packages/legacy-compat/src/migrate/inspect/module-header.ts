import { basename } from 'node:path/posix';

import { childrenOf, type PythonSource, stringValue, textOf } from './python-source.ts';

/** What the first lines of a module say about it. */
export interface Header {
  /** The first line that says something. */
  readonly title: string;
  /** Another file it says it is. */
  readonly namesOther?: string;
}

const FILE = /^(?:(?:file|filename|module|path)\s*:\s*)?[`'"]?((?:[\w.-]+\/)*[\w-]+\.py)\b/iu;

/** Reads the comments and the docstring in front of a module. */
export function findHeader(source: PythonSource, path: string): Header {
  const lines = headerTexts(source)
    .flatMap((text) => text.split('\n'))
    .map((line) => line.replace(/^[#\s]+/u, '').trim())
    .filter((line) => line !== '' && !line.startsWith('!') && !/coding[:=]/u.test(line));
  const other = lines
    .map((line) => FILE.exec(line)?.[1])
    .find((named) => named !== undefined && basename(named) !== basename(path));
  return { title: lines[0] ?? '', ...(other === undefined ? {} : { namesOther: other }) };
}

function headerTexts(source: PythonSource): readonly string[] {
  const texts: string[] = [];
  for (const node of childrenOf(source.top)) {
    if (node.name === 'Comment') texts.push(textOf(source, node));
    else {
      const first = node.name === 'ExpressionStatement' ? node.firstChild : null;
      const docstring = first === null ? undefined : docstringOf(source, first);
      return docstring === undefined ? texts : [...texts, docstring];
    }
  }
  return texts;
}

function docstringOf(source: PythonSource, node: Parameters<typeof stringValue>[1]): string | undefined {
  if (node.name !== 'String') return undefined;
  return stringValue(source, node)?.value ?? textOf(source, node).replace(/^[a-z]*["']+/iu, '');
}
