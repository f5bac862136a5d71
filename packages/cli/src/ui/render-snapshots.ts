import type { SnapshotView } from '@jarvis/loops';

import { countThings } from './count-things.ts';
import { cutText } from './cut-text.ts';
import { renderMoment } from './render-moment.ts';

/** The longest part of the names of files people are shown, in characters. */
const SHOWN_FILES = 100;

/** The moments of a run that can be brought back, a line for each, under the number that `restore --round` takes. */
export function renderSnapshots(snapshots: readonly SnapshotView[]): readonly string[] {
  const width = Math.max(0, ...snapshots.map(({ round }) => String(round).length));
  return snapshots.map(({ round, atMs, ...snapshot }) => {
    const what = round === 0 ? 'before the run' : renderChange(snapshot);
    return `${String(round).padStart(width)}  ${renderMoment(atMs)}  ${what}`;
  });
}

function renderChange({ stage, files }: Pick<SnapshotView, 'stage' | 'files'>): string {
  const place = stage === undefined ? '' : `${stage}: `;
  const names =
    files.length === 0 ? 'nothing new' : `${countThings(files.length, 'file')}, ${files.join(', ')}`;
  return `${place}${cutText(names, SHOWN_FILES)}`;
}
