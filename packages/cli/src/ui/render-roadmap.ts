import { describeMutation, type PostedRoadmapChange, type RoadmapVersion } from '@jarvis/loops';
import { renderRoadmapText, type Roadmap, type RoadmapChange } from '@jarvis/roadmap';

import { cutText } from './cut-text.ts';
import { escapeForTerminal } from './escape-for-terminal.ts';
import { renderMoment } from './render-moment.ts';

/** The longest name of a stage people are shown, in characters. */
const SHOWN_NAME = 60;

/** The longest reason or note people are shown, in characters. */
const SHOWN_REASON = 120;

/** A roadmap for people, a line for each stage, however long its name or its note. */
export function renderRoadmap(roadmap: Roadmap): string {
  const stages = roadmap.stages.map((stage) => ({
    ...stage,
    brief: { ...stage.brief, name: cutText(stage.brief.name, SHOWN_NAME) },
    ...(stage.note === undefined ? {} : { note: cutText(stage.note, SHOWN_REASON) }),
  }));
  return renderRoadmapText({ ...roadmap, stages }).trimEnd();
}

/** How a roadmap came about, a line for each version. */
export function renderHistory(versions: readonly RoadmapVersion[]): string {
  if (versions.length === 0) return 'There is no roadmap yet.\n';
  return versions.map((version) => `${escapeForTerminal(renderVersion(version))}\n`).join('');
}

function renderVersion(entry: RoadmapVersion): string {
  const { version, atMs, author, isByPerson, text, reason, source } = entry;
  const who = `${nameAuthor(author, isByPerson)}${source === undefined ? '' : ` because of ${source}`}`;
  return `${String(version).padStart(3)}  ${renderMoment(atMs)}  ${who}: ${tell(text, reason)}`;
}

/** Who opens a run again is not asked for a name. */
function nameAuthor(author: string, isByPerson: boolean): string {
  if (author === 'human') return 'a person';
  return isByPerson ? `${author} (a person)` : author;
}

function tell(text: string, reason: string | undefined): string {
  const what = cutText(text, SHOWN_REASON);
  return reason === undefined ? what : `${what}: ${cutText(reason, SHOWN_REASON)}`;
}

/** Changes that were posted and not made yet, a line for each. */
export function renderWaiting(changes: readonly RoadmapChange[]): string {
  return changes.map((change) => `${escapeForTerminal(renderWaitingChange(change))}\n`).join('');
}

function renderWaitingChange({ author, at, mutation, ...change }: RoadmapChange): string {
  const reason = change.reason ?? ('reason' in mutation ? mutation.reason : undefined);
  const when = renderMoment(Date.parse(at));
  return `waits to be made, since ${when}, by ${author} (a person): ${tell(describeMutation(mutation), reason)}`;
}

const HOLDS_FROM: Readonly<Record<PostedRoadmapChange['holdsFrom'], (runId: string) => string>> = {
  resume: (runId) => `The run stands still; it holds from: jarvis resume ${runId}`,
  'next-action': (runId) =>
    `It holds when the action in flight is done; if its process has died, from: jarvis resume ${runId}`,
  reopening: (runId) => `The run is over; it holds from: jarvis resume ${runId} --reopen`,
};

/** What a person is told who has changed the roadmap of a run, which is named as in a command. */
export function renderPosted(run: string, { roadmap, isRepeat, holdsFrom }: PostedRoadmapChange): string {
  const noted = isRepeat ? 'Noted before; nothing was posted again.' : 'Noted.';
  const when = HOLDS_FROM[holdsFrom](run);
  return `${noted} It makes version ${String(roadmap.version)}. ${when}\nsee: jarvis roadmap show ${run}\n`;
}
