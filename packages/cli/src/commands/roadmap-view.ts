import { projectRoadmap, readPostedChanges, readRunRecords, type WholeRoadmapVersion } from '@jarvis/loops';
import {
  diffVersions,
  renderDiff,
  renderRoadmapJson,
  renderRoadmapMermaid,
  type Roadmap,
  UnknownVersionError,
} from '@jarvis/roadmap';

import { UsageError } from '../errors.ts';
import { toVersionNumber } from '../options/version-number.ts';
import { renderHistory, renderRoadmap, renderWaiting } from '../ui/render-roadmap.ts';
import { toJson } from '../ui/to-json.ts';
import type { RoadmapView } from './roadmap-command.ts';

/** `jarvis roadmap show <run>` */
export async function showRoadmap({ journal, runId, options, isJson }: RoadmapView): Promise<string> {
  const { version } = options;
  const wanted = typeof version === 'string' ? toVersionNumber(version, '--version') : undefined;
  const roadmap = versionAt(await readVersions({ journal, runId }), wanted);
  if (options['mermaid'] === true) return `${renderRoadmapMermaid(roadmap)}\n`;
  const waiting = version === undefined ? readPostedChanges(await journal.readInbox(runId)) : [];
  if (!isJson) return `${renderRoadmap(roadmap)}\n${renderWaiting(waiting)}`;
  const shown: unknown = JSON.parse(renderRoadmapJson(roadmap));
  return toJson({ runId, roadmap: shown, waiting });
}

/** `jarvis roadmap history <run>` */
export async function showHistory({ journal, runId, isJson }: RoadmapView): Promise<string> {
  const versions = await readVersions({ journal, runId });
  return isJson
    ? toJson({ runId, versions: versions.map(({ roadmap: _roadmap, ...version }) => version) })
    : renderHistory(versions);
}

/** `jarvis roadmap diff <run> <from> <to>` */
export async function showDiff({ journal, runId, names, isJson }: RoadmapView): Promise<string> {
  const [from, to, more] = names;
  if (from === undefined || to === undefined || more !== undefined) {
    throw new UsageError({
      problem: 'A difference is between two versions.',
      hint: 'Write, for example: jarvis roadmap diff <run> 1 2',
    });
  }
  const [one, other] = [toVersionNumber(from, 'diff'), toVersionNumber(to, 'diff')];
  const versions = await readVersions({ journal, runId });
  const diff = diffVersions(versionAt(versions, one), versionAt(versions, other));
  return isJson ? toJson({ runId, diff }) : `${renderDiff(diff)}\n`;
}

async function readVersions({
  journal,
  runId,
}: Pick<RoadmapView, 'journal' | 'runId'>): Promise<readonly WholeRoadmapVersion[]> {
  return projectRoadmap(await readRunRecords(journal, runId));
}

function versionAt(versions: readonly WholeRoadmapVersion[], wanted: number | undefined): Roadmap {
  const last = versions.at(-1);
  if (last === undefined) {
    throw new UsageError({
      problem: 'There is no roadmap yet.',
      hint: 'It is there once the plan is divided.',
    });
  }
  const version = wanted ?? last.version;
  const found = versions.find((entry) => entry.version === version);
  if (found !== undefined) return found.roadmap;
  throw new UnknownVersionError({ version, first: versions[0]?.version ?? 1, last: last.version });
}
