import { type Accepted, describeUncommitted } from '@jarvis/loops';

type Told = Pick<Accepted, 'uncommitted' | 'config'>;

/** What may become of files that no commit holds; nothing when there are none. `run` is how the run is called. */
export function renderUncommitted({ uncommitted, config }: Told, run: string): readonly string[] {
  const found = uncommitted === undefined ? undefined : describeUncommitted(uncommitted);
  if (found === undefined) return [];
  const what = found.slice(0, 1).toUpperCase() + found.slice(1);
  return config.git?.uncommitted === 'protect'
    ? [`${what}: a run writes over that only if a person allows it at a gate.`]
    : [`${what}: a run may write over that, and keeps what was there (jarvis restore ${run} --round 0).`];
}
