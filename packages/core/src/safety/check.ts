import type { Finding } from '../vocabulary/finding.ts';
import type { WorkspaceFile } from '../workspace/workspace.ts';

/**
 * Says what is wrong with the files of a project. None runs anything of the project but the commands a person has
 * allowed.
 */
export interface Check {
  /** Lower-case name; the `source` of its findings. */
  readonly id: string;
  /**
   * Gives the findings in any order.
   *
   * @param files all text files of the project
   * @param signal asks a check that takes long to end; it then rejects with the reason of the signal.
   */
  inspect(files: readonly WorkspaceFile[], signal?: AbortSignal): Promise<readonly Finding[]>;
}
