import { runCommand } from './run-command.ts';

/** A new network with nothing in it but the machine itself, then the user that was. */
const SCRIPT =
  'user=$1; group=$2; shift 2; ip link set lo up && exec unshare -U --map-user="$user" --map-group="$group" -- "$@"';

const PROBE_MS = 10_000;

/** What to put before a command so that it reaches no network; `undefined` where this machine cannot do that. */
export async function findIsolation(path: string): Promise<readonly string[] | undefined> {
  const { getuid, getgid, platform } = process;
  if (platform !== 'linux' || getuid === undefined || getgid === undefined) return undefined;

  const words = ['unshare', '-rn', 'sh', '-c', SCRIPT, 'sh', String(getuid()), String(getgid())];
  const [program = '', ...args] = words;
  const { ending } = await runCommand({
    program,
    args: [...args, 'true'],
    folder: '/',
    environment: { PATH: path },
    deadlineMs: PROBE_MS,
    outputBytes: 256,
  });
  return ending.type === 'exited' && ending.exitCode === 0 ? words : undefined;
}
