/** What an old file holds, told from where it lies. */
export type StateKind =
  'workflow' | 'memory' | 'summary' | 'event-log' | 'run-log' | 'cost-log' | 'checkpoint';

/** An old file of state. */
export interface StateFile {
  /** From the root of the tree, with forward slashes. */
  readonly path: string;
  readonly kind: StateKind;
  /** The run its place names; left out where only its content can. */
  readonly runId?: string;
}

const PLACES: readonly (readonly [kind: StateKind, place: RegExp])[] = [
  ['workflow', /(?:^|\/)run_workflows\/([^/]+)_workflow\.json$/u],
  ['memory', /(?:^|\/)memory_store\/([^/]+)\/[^/]+\.json$/u],
  ['summary', /(?:^|\/)stage_summaries\/([^/]+)\/[^/]+\.json$/u],
  ['event-log', /(?:^|\/)run_logs_main\/([^/]+)\.jsonl$/u],
  ['run-log', /(?:^|\/)run_logs\/(?:[^/]+\/)?[^/]+\.jsonl?$/u],
  ['cost-log', /(?:^|\/)(?:cost_logs?\/(?:[^/]+\/)?[^/]+\.jsonl?|cost_history\.json|cost_log\.jsonl?)$/u],
  ['checkpoint', /(?:^|\/)checkpoint\.json$/u],
];

/** What a file is by its path; `undefined` when it is no state of the predecessor. */
export function toStateFile(path: string): StateFile | undefined {
  for (const [kind, place] of PLACES) {
    const match = place.exec(path);
    if (match === null) continue;
    const [, runId] = match;
    return { path, kind, ...(runId === undefined ? {} : { runId }) };
  }
  return undefined;
}

/** The folders and files of state, by name. */
const NAMES: ReadonlySet<string> = new Set([
  'run_workflows',
  'memory_store',
  'stage_summaries',
  'run_logs_main',
  'run_logs',
  'cost_log',
  'cost_logs',
  'cost_history.json',
  'cost_log.json',
  'cost_log.jsonl',
  'checkpoint.json',
]);

/** Whether the predecessor kept state at a path, or below it. */
export function isStatePlace(path: string): boolean {
  return path.split('/').some((name) => NAMES.has(name));
}
