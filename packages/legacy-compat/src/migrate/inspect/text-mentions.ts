import { findNames } from './name-mentions.ts';
import { excerptAt, lineAt } from './read-source.ts';
import { isTestPath, type Reference } from './reference.ts';

const TABLES = /\.(?:csv|jsonl|lock|log|map|ndjson|tsv)(?:\.\d+)?$/u;

/** Whether a path may be that of a text that starts or describes an old module; logs and tables do neither. */
export function isTextPath(path: string): boolean {
  return !TABLES.test(path);
}

/**
 * The lines of a text that name the file of an old module, or start one. A plain "orchestrator" is a word. `packages`
 * are the folders the old modules lie in: `agent` unless they are given.
 */
export function findMentions(
  text: string,
  path: string,
  packages?: ReadonlySet<string>,
): readonly Reference[] {
  const found = new Map<string, Reference>();
  for (const { module, from, isMeant } of findNames(text, packages)) {
    if (!isMeant && module === 'orchestrator') continue;
    const line = lineAt(text, from);
    const key = `${String(line)} ${module}`;
    if (found.has(key)) continue;
    const statement = excerptAt(text, from);
    const facts = { path, line, statement, module, names: [], isUnclear: false, isTest: isTestPath(path) };
    found.set(key, { ...facts, form: 'mention' });
  }
  return [...found.values()];
}
