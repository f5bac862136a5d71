import type { PostedRoadmapChange, RoadmapVersion } from '@jarvis/loops';
import type { RoadmapChange } from '@jarvis/roadmap';

import { escapeForTerminal } from './escape-for-terminal.ts';

/** How a roadmap came about, a line for each version. */
export function renderHistory(versions: readonly RoadmapVersion[]): string {
  if (versions.length === 0) return 'There is no roadmap yet.\n';
  return versions.map((version) => `${escapeForTerminal(renderVersion(version))}\n`).join('');
}

function renderVersion(entry: RoadmapVersion): string {
  const { version, atMs, author, isByPerson, text, reason, source } = entry;
  const at = new Date(atMs).toISOString().slice(0, 19).replace('T', ' ');
  const who = `${author}${isByPerson ? ' (a person)' : ''}${source === undefined ? '' : ` because of ${source}`}`;
  return `${String(version).padStart(3)}  ${at}  ${who}: ${text}${reason === undefined ? '' : `: ${reason}`}`;
}

/** Changes that were posted and not made yet, a line for each. */
export function renderWaiting(changes: readonly RoadmapChange[]): string {
  return changes
    .map(({ author, mutation }) => `waits to be made: ${mutation.type}, by ${author} (a person)`)
    .map((line) => `${escapeForTerminal(line)}\n`)
    .join('');
}

/** What a person is told who has changed a roadmap. */
export function renderPosted(runId: string, { roadmap, isRepeat, holdsFrom }: PostedRoadmapChange): string {
  const noted = isRepeat ? 'Noted before; nothing was posted again.' : 'Noted.';
  const when =
    holdsFrom === 'resume'
      ? `The run stands still; it holds from: jarvis resume ${runId}`
      : `It holds when the action in flight is done; if its process has died, from: jarvis resume ${runId}`;
  return `${noted} It makes version ${String(roadmap.version)}. ${when}\nsee: jarvis roadmap show ${runId}\n`;
}
