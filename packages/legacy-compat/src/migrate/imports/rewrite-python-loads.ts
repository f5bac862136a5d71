import { type PythonLoad, readLoads } from '../inspect/python-loads.ts';
import { textOf } from '../inspect/python-source.ts';
import { leaveToPerson, type PythonTask } from './python-task.ts';
import { reasons, type Rewriting } from './rewriting.ts';

const BY_NAME: ReadonlySet<string> = new Set([
  'import_module',
  'importorskip',
  'find_spec',
  'run_module',
  '__import__',
]);

/** Sends loads by a text to the bridge, where the text is all there is to change. */
export function rewriteLoads(task: PythonTask): readonly Rewriting[] {
  const { source, path, places, bridge } = task;
  return readLoads(source, path, places)
    .filter((load) => load.form !== 'computed' || textOf(source, load.node).includes('orchestrator'))
    .map((load) => {
      const why = doubtOf(task, load);
      if (why !== undefined || load.place === undefined || load.module === undefined) {
        return leaveToPerson(source.text, load.node, why ?? reasons.file);
      }
      return { edits: [{ ...load.place, text: `${bridge}.${load.module}` }], decisions: [], rewritten: 1 };
    });
}

function doubtOf({ source }: PythonTask, load: PythonLoad): string | undefined {
  if (load.form === 'computed') return reasons.computed;
  if (load.place === undefined) return reasons.file;
  if (load.isUnclear) return textOf(source, load.node).includes('.') ? reasons.relative : reasons.beside;
  if (load.form === 'string' || !BY_NAME.has(load.callee)) {
    return load.isWhole === true ? reasons.named : reasons.patched;
  }
  return load.callee === '__import__' && !givesLeaf(source, load) ? reasons.top : undefined;
}

/** Whether `__import__` is told to give the module itself. */
function givesLeaf(source: PythonTask['source'], { node, values }: PythonLoad): boolean {
  const list = node.parent;
  return values >= 4 || (list !== null && /fromlist\s*=\s*[[(]\s*["']/u.test(textOf(source, list)));
}
