import { readScriptLoads, type ScriptLoad } from '../inspect/script-references.ts';
import type { ModulePlaces } from '../inspect/resolve-module.ts';
import { type ScriptNode, scriptNodes, type ScriptSource } from '../inspect/script-source.ts';
import { isFirstInLine } from './edit.ts';
import { scriptNames } from './known-names.ts';
import { mergeRewritings, noNames, nothing, reasons, type Rewriting } from './rewriting.ts';
import { namesTaken } from './script-uses.ts';

/** Which file is rewritten. */
export interface ScriptTask {
  readonly source: ScriptSource;
  readonly path: string;
  readonly places: ModulePlaces;
}

const STATEMENT = /(?:Statement|Declaration)$/u;

/** What has the same name in the new packages. */
const RENAMED: Readonly<Record<string, string>> = {
  AgentCoordinator: '@jarvis/loops',
  JarvisOrchestrator: '@jarvis/loops',
  OrchestratorMemory: '@jarvis/loops',
  OrchestratorMode: '@jarvis/loops',
  RoadmapManager: '@jarvis/roadmap',
  StageManager: '@jarvis/stages',
};

/** Sends what a script loads of the old modules to the new packages. */
export function rewriteScript({ source, path, places }: ScriptTask): Rewriting {
  return mergeRewritings(readScriptLoads(source, path, places).map((load) => rewriteLoad(source, load)));
}

function rewriteLoad(source: ScriptSource, load: ScriptLoad): Rewriting {
  const why = doubtOf(load);
  if (why !== undefined || load.module === undefined) {
    return { ...nothing, decisions: [{ place: placeOf(source, load), why: why ?? reasons.computed }] };
  }
  const { start, end } = load.node;
  const known = scriptNames(load.module);
  const renamed = targetOf(load.names);
  const lost = renamed === undefined ? namesTaken(source, load).filter((name) => !known.has(name)) : [];
  if (lost.length > 0) {
    return { ...nothing, decisions: [{ place: placeOf(source, load), why: noNames(lost, 'package') }] };
  }
  const target = renamed ?? `@jarvis/legacy-compat/${load.module}`;
  return { edits: [{ from: start + 1, to: end - 1, text: target }], decisions: [], rewritten: 1 };
}

function doubtOf({ form, isUnclear, takesDefault }: ScriptLoad): string | undefined {
  if (form === 'computed') return reasons.computed;
  if (form === 'string') return reasons.file;
  if (isUnclear) return reasons.beside;
  return takesDefault ? reasons.default : undefined;
}

/** The new package, if it has all the names. */
function targetOf(names: readonly string[]): string | undefined {
  const targets = new Set(names.map((name) => (Object.hasOwn(RENAMED, name) ? RENAMED[name] : undefined)));
  return targets.size === 1 ? [...targets][0] : undefined;
}

/**
 * Before the nearest statement that is the first in its line: one the place lies in, or else one before it. The line
 * itself may begin inside a text that takes several.
 */
function placeOf(source: ScriptSource, { above, statement }: ScriptLoad): number {
  const isFirst = ({ type, start }: ScriptNode) => STATEMENT.test(type) && isFirstInLine(source.text, start);
  const around = above.findLast(isFirst);
  if (around !== undefined || source.top === undefined) return (around ?? statement).start;
  const before = [...scriptNodes(source.top)].findLast(
    ({ node }) => node.start < statement.start && isFirst(node),
  );
  return before?.node.start ?? topOf(source.text);
}

/** Below what has to come first, and what an earlier call has told there. */
function topOf(text: string): number {
  return /^(?:#![^\n]*\n)?(?:\/\/ jarvis-migrate:[^\n]*\n)*/u.exec(text)?.[0].length ?? 0;
}
