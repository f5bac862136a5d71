import { type Accepted, describeUncommitted } from '@jarvis/loops';

type Told = Pick<Accepted, 'uncommitted' | 'config'>;

/** What may become of files that no commit holds; nothing when there are none. `run` is how the run is called. */
export function renderUncommitted({ uncommitted, config }: Told, run: string): readonly string[] {
  const found = uncommitted === undefined ? undefined : describeUncommitted(uncommitted);
  if (found === undefined) return [];
  const what = found.slice(0, 1).toUpperCase() + found.slice(1);
  return config.git?.uncommitted === 'protect'
    ? [`${what}: JARVIS changes what is in them now only where a person allows it at a gate.`]
    : [`${what}: JARVIS may change them; what it writes over is kept (jarvis restore ${run}).`];
}
