import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Whether a process runs, as far as this one can see. */
export type ProcessLife = 'alive' | 'dead' | 'unknown';

const START_TIME_FIELD = 22;

/** The start time is rendered as text: for everyone in the same way. */
const PS_ENVIRONMENT = { PATH: '/bin:/usr/bin', TZ: 'UTC', LC_ALL: 'C' };

/** States of a process that will never run again but has not been collected by its parent yet. */
const OVER = ['Z', 'X', 'x'];

/**
 * Tells whether the process that had this pid and started then is still running. A process that was given the same
 * pid later is another one.
 */
export function lifeOfProcess(
  { pid, startedAt }: { readonly pid: number; readonly startedAt: string },
  platform: NodeJS.Platform = process.platform,
): ProcessLife {
  if (!answersToSignals(pid)) return 'dead';
  const runningSince = readStartTime(pid, platform);
  if (runningSince === 'over') return 'dead';
  if (runningSince === undefined || startedAt === '') return 'unknown';
  return runningSince === startedAt ? 'alive' : 'dead';
}

/**
 * When a process started, in the machine's own terms: fit to be compared, not to be read.
 *
 * @returns `over` when the process has ended and only its entry is left, `undefined` when nothing can be found out.
 */
export function readStartTime(pid: number, platform: NodeJS.Platform): string | undefined {
  try {
    return platform === 'linux' ? fromProc(pid) : fromPs(pid);
  } catch {
    // No such process, or a system that does not tell: the caller cannot learn more either way.
    return undefined;
  }
}

function fromProc(pid: number): string | undefined {
  const stat = readFileSync(`/proc/${String(pid)}/stat`, 'utf8');
  // The second field is the name in brackets, which may itself contain brackets and spaces.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state = ''] = fields;
  return OVER.includes(state) ? 'over' : fields[START_TIME_FIELD - 3];
}

function fromPs(pid: number): string | undefined {
  const asked = ['-o', 'state=', '-o', 'lstart=', '-p', String(pid)];
  const answer = execFileSync('ps', asked, { encoding: 'utf8', stdio: 'pipe', env: PS_ENVIRONMENT });
  const [state = '', ...startedAt] = answer.trim().split(/\s+/u);
  if (OVER.includes(state.charAt(0))) return 'over';
  return startedAt.length === 0 ? undefined : startedAt.join(' ');
}

function answersToSignals(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: there is such a process, it belongs to somebody else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
