import { isMap, isScalar, LineCounter, parseAllDocuments, visit } from 'yaml';

import { type SourceProblem, type SourceTask, syntaxProblem } from './source-problem.ts';

/**
 * Finds YAML that cannot be read, and keys that are given twice.
 *
 * @throws RangeError when it is nested too deeply to be read.
 */
export function inspectYaml({ content }: SourceTask): readonly SourceProblem[] {
  const lines = new LineCounter();
  // The reader compares each key with all others, which takes too long for large maps.
  const documents = parseAllDocuments(content, {
    prettyErrors: false,
    uniqueKeys: false,
    lineCounter: lines,
    logLevel: 'silent',
  });
  const lineOf = (offset: number) => lines.linePos(offset).line;
  const all = Array.isArray(documents) ? documents : [];
  // What follows from the first error says little.
  const [error] = all.flatMap(({ errors }) => errors);
  if (error?.code === 'RESOURCE_EXHAUSTION') throw new RangeError(error.message);
  if (error !== undefined) return [syntaxProblem(error.code, lineOf(error.pos[0]), error.message)];
  return all.flatMap((document) => findDoubledKeys(document, lineOf));
}

type YamlDocument = Extract<Awaited<ReturnType<typeof parseAllDocuments>>, readonly unknown[]>[number];

function findDoubledKeys(
  document: YamlDocument,
  lineOf: (offset: number) => number,
): readonly SourceProblem[] {
  const problems: SourceProblem[] = [];
  visit(document, {
    Map: (_key, map) => {
      const seen = new Set<unknown>();
      for (const { key } of isMap(map) ? map.items : []) {
        // Several merge keys are read by many, one after the other.
        if (!isScalar(key) || key.value === '<<') continue;
        if (seen.has(key.value)) {
          const text = `The key ${JSON.stringify(String(key.value).slice(0, 100))} is given twice`;
          problems.push(syntaxProblem('duplicate-key', lineOf(key.range?.[0] ?? 0), text));
        }
        seen.add(key.value);
      }
    },
  });
  return problems;
}
