import type { WritePlan } from './write-plan.ts';

/** A text file of the project. */
export interface WorkspaceFile {
  /** Relative to the project folder, components separated by `/`. */
  readonly path: string;
  readonly content: string;
  /** SHA-256 of the content on disk. */
  readonly hash: string;
}

/** The project folder a run works in. Every implementation passes `workspaceContract`. */
export interface Workspace {
  /** The real path of the folder. */
  readonly root: string;

  /**
   * Makes sure that the folder can be worked in, before anything is paid.
   *
   * @throws {@link WorkspaceUnusableError}
   */
  prove(): Promise<void>;

  /**
   * All text files, by path in code-point order. Left out are binary files, dot directories, `node_modules`, and
   * files for secrets (those `refusePath` calls `secret`): what is read here goes to a model.
   */
  readFiles(): Promise<readonly WorkspaceFile[]>;

  /** SHA-256 of each of the paths that is a file; paths without a file are left out. */
  hashFiles(paths: readonly string[]): Promise<ReadonlyMap<string, string>>;

  /** The permissions of each of the paths that is a file and has any. */
  readModes(paths: readonly string[]): Promise<ReadonlyMap<string, number>>;

  /**
   * Carries a plan out: whole files, written beside and moved into place; then files are deleted, and the folders
   * that are empty for it. Files that already are as planned are not touched, so that a plan can be carried out again
   * after a crash. On an error found before the first file is in place, nothing is written.
   *
   * @throws {@link PathEscapeError} when a path leads through a link or to something that is not a file.
   * @throws {@link WorkspaceConflictError} when a file is neither as it was when the plan was made nor as planned.
   */
  apply(plan: WritePlan, contentOf: (hash: string) => Promise<string>): Promise<void>;
}
