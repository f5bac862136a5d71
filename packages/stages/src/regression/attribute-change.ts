import type { FileEdit, FileVersion } from './file-edit.ts';

/** A change of a file, and the stage that made it. */
export interface StageEdit extends FileEdit {
  readonly stageId: string;
}

/** Who has changed what a guarantee is about. */
export interface Attribution {
  readonly stageId: string;
  /**
   * `only`: it alone has changed the files since. `ambiguous`: several have, or something else has as well, so it is
   * put down to the current stage.
   */
  readonly certainty: 'only' | 'ambiguous';
  /** The files it has changed, of those in question. */
  readonly files: readonly string[];
}

/**
 * Says which stage changed these files, by following their content from what it was: edits that do not lead on from one
 * another, or changes that were taken back, point at nobody. When it is not one stage alone, it is the current one.
 *
 * @param files as they were when the guarantee was given.
 * @param edits of all stages, oldest first; those before that content are passed over.
 */
export function attributeChange(
  files: readonly FileVersion[],
  edits: readonly StageEdit[],
  currentStageId: string,
): Attribution {
  const traces = files.map((file) => traceFile(file, edits));
  const touched = traces.filter(({ stages }) => stages.size > 0);
  const stages = new Set(touched.flatMap((trace) => [...trace.stages]));
  const [only] = stages;

  if (only !== undefined && stages.size === 1 && traces.every(({ isWhole }) => isWhole)) {
    return { stageId: only, certainty: 'only', files: touched.map(({ path }) => path) };
  }
  const own = touched.filter((trace) => trace.stages.has(currentStageId)).map(({ path }) => path);
  return { stageId: currentStageId, certainty: 'ambiguous', files: own };
}

interface Trace {
  readonly path: string;
  readonly stages: ReadonlySet<string>;
  /** Whether each edit begins where the one before has ended. */
  readonly isWhole: boolean;
}

function traceFile({ path, hash }: FileVersion, edits: readonly StageEdit[]): Trace {
  const all = edits.filter((edit) => edit.path === path);
  // The content may have come back in between: only what happened after its last appearance has changed it.
  const since = all.slice(all.findLastIndex(({ after }) => after === hash) + 1);
  const isWhole = since.every(
    ({ before }, index) => before === (index === 0 ? hash : since[index - 1]?.after),
  );
  return { path, stages: new Set(since.map(({ stageId }) => stageId)), isWhole };
}
