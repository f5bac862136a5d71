import { serializeError } from '../errors/serialize-error.ts';
import type { Finding } from '../vocabulary/finding.ts';
import type { WorkspaceFile } from '../workspace/workspace.ts';

/** Looks at the files of a project and says what is wrong with them. Never runs them. */
export interface Check {
  /** Lower-case name; the `source` of its findings. */
  readonly id: string;
  inspect(files: readonly WorkspaceFile[]): Promise<readonly Finding[]>;
}

/** What all checks found, in the order of the checks. A check that fails to run is itself an error finding. */
export async function runChecks(
  checks: readonly Check[],
  files: readonly WorkspaceFile[],
): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const check of checks) {
    findings.push(...(await inspectOrReport(check, files)));
  }
  return findings;
}

async function inspectOrReport(check: Check, files: readonly WorkspaceFile[]): Promise<readonly Finding[]> {
  try {
    return await check.inspect(files);
  } catch (error) {
    const reason = serializeError(error).message;
    return [
      {
        severity: 'error',
        source: check.id,
        rule: 'check-failed',
        description: `The check could not run: ${reason}`,
      },
    ];
  }
}
