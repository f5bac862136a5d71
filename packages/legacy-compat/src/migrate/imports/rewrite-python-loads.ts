import type { SyntaxNode } from '@lezer/common';

import { type PythonLoad, readLoads } from '../inspect/python-loads.ts';
import { textOf } from '../inspect/python-source.ts';
import { importRootOf } from './import-root.ts';
import { leaveUses } from './leave-uses.ts';
import { leaveToPerson, type PythonTask } from './python-task.ts';
import { lostOfCall } from './python-uses.ts';
import { nothing, reasons, type Rewriting } from './rewriting.ts';

/** What gives the module itself back. */
const GIVES_MODULE: ReadonlySet<string> = new Set(['import_module', 'importorskip', '__import__']);
const BY_NAME: ReadonlySet<string> = new Set([...GIVES_MODULE, 'find_spec', 'run_module']);

/** Sends loads by a text to the bridge, where the text is all there is to change. */
export function rewriteLoads(task: PythonTask): readonly Rewriting[] {
  const { source, path, places } = task;
  return readLoads(source, path, places).map((load) =>
    load.form === 'computed' && !textOf(source, load.node).includes('orchestrator')
      ? { ...nothing, untold: [load.node.from] }
      : rewriteLoad(task, load),
  );
}

function rewriteLoad(task: PythonTask, load: PythonLoad): Rewriting {
  const { source, bridge } = task;
  const { place, module } = load;
  const why = doubtOf(task, load);
  if (why !== undefined || place === undefined || module === undefined) {
    return leaveToPerson(source.text, load.node, why ?? reasons.file);
  }
  const call = callOf(load.node);
  const lost = call !== undefined && GIVES_MODULE.has(load.callee) ? lostOfCall(source, call, module) : [];
  if (lost.length > 0) return leaveUses(source.text, load.node, lost);
  return { ...nothing, edits: [{ ...place, text: `${bridge}.${module}` }], rewritten: 1 };
}

function callOf({ parent }: SyntaxNode): SyntaxNode | undefined {
  return parent?.name === 'ArgList' && parent.parent?.name === 'CallExpression' ? parent.parent : undefined;
}

function doubtOf(task: PythonTask, load: PythonLoad): string | undefined {
  const { source } = task;
  if (load.form === 'computed') return reasons.computed;
  if (load.place === undefined) return reasons.file;
  if (load.isUnclear) return textOf(source, load.node).includes('.') ? reasons.relative : reasons.beside;
  if (load.form === 'string' || !BY_NAME.has(load.callee)) {
    return load.isWhole === true ? reasons.named : reasons.patched;
  }
  const isTop = load.callee === '__import__' && !givesLeaf(source, load);
  return isTop ? reasons.top : doubtOfPath(task, load.place);
}

function doubtOfPath(task: PythonTask, place: NonNullable<PythonLoad['place']>): string | undefined {
  const segments = textOf(task.source, place).split('.');
  const root = importRootOf({ dots: 0, segments }, task.path, task.places);
  return root === task.bridgeRoot ? undefined : reasons.path;
}

/** Whether `__import__` is told to give the module itself. */
function givesLeaf(source: PythonTask['source'], { node, values }: PythonLoad): boolean {
  const list = node.parent;
  return values >= 4 || (list !== null && /fromlist\s*=\s*[[(]\s*["']/u.test(textOf(source, list)));
}
