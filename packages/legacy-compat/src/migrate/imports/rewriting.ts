import type { Decision } from './decision.ts';
import type { Edit } from './edit.ts';

/** What has to be done to a source. */
export interface Rewriting {
  readonly edits: readonly Edit[];
  readonly decisions: readonly Decision[];
  /** How many statements and calls the changes are about. */
  readonly rewritten: number;
  /** Where a module is loaded whose name only a run can tell, and nothing says that it is an old one. */
  readonly untold?: readonly number[];
}

/** Puts the parts of a rewriting together. */
export function mergeRewritings(parts: readonly Rewriting[]): Rewriting {
  return {
    edits: parts.flatMap(({ edits }) => edits),
    decisions: parts.flatMap(({ decisions }) => decisions),
    rewritten: parts.reduce((sum, { rewritten }) => sum + rewritten, 0),
    untold: parts.flatMap(({ untold = [] }) => untold),
  };
}

/** Nothing to do. */
export const nothing: Rewriting = { edits: [], decisions: [], rewritten: 0 };

/** Why a place is left to a person. */
export const reasons = {
  attribute: 'this reaches an old module through its package; import the module from the bridge and use that',
  beside: 'another file of this name lies beside it; say which one is meant',
  computed: 'the name of the module is put together while the program runs; rewrite it by hand',
  default: 'the new module has no default export; take what is needed by its name',
  dotted: 'this binds the package; import the module under a name of its own and use that',
  file: 'the file of an old module is named here; start what takes its place',
  handed:
    'an old module is handed on here, so nobody can tell what is taken from it; import the names that are needed',
  mixed:
    'names the bridge has and names it does not have are imported together, with comments between them; take them apart by hand',
  named: 'a text names an old module; where it is loaded or started by that name, name the new one',
  patched: 'this names the inside of an old module, which the bridge does not have; test against its result',
  path: 'found through a folder of its own on the path of Python, where the bridge is not; jarvis migrate python --agent-package answers it as it is',
  private: 'a private name of an old module, which the bridge does not have',
  relative: 'a relative name in a text; write the whole name',
  shared: 'old and other modules are imported together, with comments between them; take them apart by hand',
  star: 'a star import; list the names that are needed',
  top: 'this gives the package and not the module; use importlib.import_module',
} as const;

/** Why names are left to a person. */
export function noNames(names: readonly string[], where: 'bridge' | 'package'): string {
  const lost = [...new Set(names)].sort();
  const what = where === 'bridge' ? 'the bridge' : '@jarvis/legacy-compat';
  const them = lost.length === 1 ? 'it' : 'them';
  return `${what} has no ${lost.join(', ')}; keep what is needed of ${them} in a module of your own`;
}

/** Why an import is left as it is. */
export function stays(names: readonly string[]): string {
  const list = [...new Set(names)].sort().join(', ');
  return list === ''
    ? 'left as it is: this file hands the module on, and nobody can tell what is taken from it'
    : `left as it is: this file takes ${list} from it, which the bridge does not have`;
}
