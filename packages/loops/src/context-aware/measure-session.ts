import type { RunSummary } from '@jarvis/core';

import { countThings } from '../text/count-things.ts';
import { toQuote } from './find-signs.ts';
import { type Measure, measureAll, measureOne } from './measure.ts';

/** What can be measured of the runs before. */
export type SessionFact =
  'sameUnfinished' | 'lastUnfinished' | 'openErrors' | 'leftOpen' | 'decisions' | 'goodRuns';

/** How a run ends that did not do what it should; one a person cancelled or that waits says nothing of the team. */
const UNFINISHED: ReadonlySet<RunSummary['status']> = new Set(['partial', 'stopped', 'blocked', 'failed']);

/** Two tasks are about the same when they share this part of the words of the shorter one. */
const SAME = 0.6;

const FEWEST_SHARED = 2;

/**
 * Measures what earlier runs came to. Runs of the simulation say nothing about the work.
 *
 * @param runs of one project, in any order
 */
export function measureSession(
  runs: readonly RunSummary[],
  task: string,
): Readonly<Record<SessionFact, Measure>> {
  const real = runs.filter(({ isSimulated }) => !isSimulated).sort((a, b) => b.startedAtMs - a.startedAtMs);
  const newest = real.slice(0, 1);
  const wanted = wordsOf(task);
  const isSame = (run: RunSummary) => isAlike(wanted, wordsOf(run.task));
  const firstBad = real.findIndex((run) => run.status !== 'done' || errorsOf(run).length > 0);
  const good = firstBad === -1 ? real : real.slice(0, firstBad);
  return {
    sameUnfinished: measureAll(real.filter((run) => isUnfinished(run) && isSame(run)).map(describeRun)),
    lastUnfinished: measureAll(newest.filter(isUnfinished).map(describeRun)),
    openErrors: measureAll(
      newest.flatMap(errorsOf).map(({ file, description }) => ({
        what: file === undefined ? 'error' : `error in ${toQuote(file)}`,
        quote: toQuote(description),
      })),
    ),
    leftOpen: measureAll(
      newest.flatMap(({ open }) => open).map((text) => ({ what: 'open', quote: toQuote(text) })),
    ),
    decisions: measureOne(
      new Set(real.flatMap(({ decisions }) => decisions)).size,
      `decisions of ${countThings(real.length, 'run')}`,
    ),
    goodRuns: measureAll(good.map(describeRun)),
  };
}

function isUnfinished({ status }: RunSummary): boolean {
  return UNFINISHED.has(status);
}

function errorsOf({ findings }: RunSummary): RunSummary['findings'] {
  return findings.filter(({ severity }) => severity === 'error');
}

function describeRun({ runId, status, task }: RunSummary) {
  return { what: `run ${runId}: ${status}`, quote: toQuote(task) };
}

function isAlike(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  const shared = [...one].filter((word) => other.has(word)).length;
  return shared >= FEWEST_SHARED && shared >= SAME * Math.min(one.size, other.size);
}

function wordsOf(text: string): ReadonlySet<string> {
  return new Set(text.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu) ?? []);
}
