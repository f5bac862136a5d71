import { serializeError } from '../errors/serialize-error.ts';
import type { Finding } from '../vocabulary/finding.ts';
import type { WorkspaceFile } from '../workspace/workspace.ts';
import type { Check } from './check.ts';
import { compareFindings, limitFindings } from './order-findings.ts';

/**
 * What all checks found: first what is about no file, then file by file and line by line, at most fifty for a file.
 * The same findings always come in the same order. A check that fails to run is itself an error finding.
 *
 * @param checks asked one after the other
 * @param files all text files of the project
 * @param signal ends checks that take long
 * @throws the reason of `signal` when it ended a check: what that one would have found is not known.
 */
export async function runChecks(
  checks: readonly Check[],
  files: readonly WorkspaceFile[],
  signal?: AbortSignal,
): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const check of checks) {
    const found = await inspectOrReport(check, files, signal);
    // One at a time: a list of any length may be added.
    for (const finding of found) findings.push(finding);
  }
  return limitFindings(findings.sort(compareFindings));
}

async function inspectOrReport(
  check: Check,
  files: readonly WorkspaceFile[],
  signal: AbortSignal | undefined,
): Promise<readonly Finding[]> {
  try {
    return await check.inspect(files, signal);
  } catch (error) {
    if (signal?.aborted === true) throw error;
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
