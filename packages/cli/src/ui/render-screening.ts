import type { Accepted } from '@jarvis/loops';

/**
 * What is suspicious about a task, as warnings. Hidden text is left out: it is shown before the run is accepted, whatever
 * is to be made of suspicious tasks.
 */
export function renderScreening(screening: Accepted['screening']): readonly string[] {
  return (screening?.findings ?? [])
    .filter(({ kind }) => kind !== 'hidden-text')
    .map(
      ({ description, quote, position }) =>
        `Warning: the task looks suspicious at character ${String(position + 1)}: ${description} ("${quote}")`,
    );
}
