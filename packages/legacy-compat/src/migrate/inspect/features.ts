import { nodesOf, type PythonSource, textOf } from './python-source.ts';
import { lineAt } from './read-source.ts';

/** Something an orchestrator can do, and the names that speak for it. */
interface Feature {
  readonly name: string;
  readonly pattern: RegExp;
}

/** Where a module shows a feature: evidence to look at, not a proof. */
export interface FeatureEvidence {
  readonly feature: string;
  /** The line of the first name that speaks for it. */
  readonly line: number;
  readonly name: string;
  readonly places: number;
}

const FEATURES: readonly Feature[] = [
  {
    name: 'dynamic roadmap',
    pattern: /roadmap|workflow_manager|(?:merge|split|reorder|skip|reopen)_stages?/iu,
  },
  { name: 'phases of a plan', pattern: /phase/iu },
  { name: 'audit and fix cycles', pattern: /audit|fix_cycle|findings?/iu },
  { name: 'review rounds', pattern: /review|max_rounds|iteration/iu },
  { name: 'messages between agents', pattern: /inter_?agent|message_?bus|(?:^|_)bus(?:$|_)/iu },
  { name: 'stage memory', pattern: /stage_?memory|memory_store/iu },
  { name: 'regression detection', pattern: /regression/iu },
  { name: 'context and session', pattern: /context_(?:manager|store|notes)|session|load_context/iu },
  { name: 'cost tracking and cap', pattern: /cost/iu },
  { name: 'git commits', pattern: /(?:^|_)git(?:$|_)|commit/iu },
  { name: 'secret scan', pattern: /secret/iu },
  { name: 'safety checks', pattern: /safety/iu },
  { name: 'prompt-injection check', pattern: /injection|sanitize|prompt_security/iu },
  { name: 'visual review', pattern: /visual|screenshot|browser/iu },
  { name: 'file snapshots', pattern: /snapshot|history_dir/iu },
  { name: 'console questions', pattern: /^input$|interactive|confirm/iu },
  { name: 'run log', pattern: /run_logger|core_logging|log_event/iu },
  { name: 'asynchronous calls', pattern: /^asyncio$/iu },
];

const NAMES = ['VariableName', 'PropertyName'];

/** The names of all features, in the order they are told in. */
export const featureNames: readonly string[] = FEATURES.map(({ name }) => name);

/** Finds what a module can do, by the names it uses in code; comments and texts do not count. */
export function findFeatures(source: PythonSource): readonly FeatureEvidence[] {
  const names = nodesOf(source, NAMES).map((node) => ({ node, name: textOf(source, node) }));
  return FEATURES.flatMap(({ name: feature, pattern }) => {
    const found = names.filter(({ name }) => pattern.test(name));
    const [first] = found;
    if (first === undefined) return [];
    return { feature, line: lineAt(source.text, first.node.from), name: first.name, places: found.length };
  });
}
