import { describe, expect, it } from 'vitest';

import { detectNoProgress } from '../src/cycle/detect-no-progress.ts';
import { evolveStage, newStage } from '../src/evolve-stage.ts';
import type { StageSnapshot } from '../src/evolve-stage.ts';
import type { StageEvent } from '../src/machine/stage-event.ts';
import type { Turn } from './carry-out.ts';
import { readCorpus } from './corpus/read-corpus.ts';
import type { Transcript } from './corpus/read-corpus.ts';

const looping = readCorpus('looping.txt');
const healthy = readCorpus('healthy.txt');

describe('detectNoProgress on transcripts', () => {
  it('is tried on twenty that loop and twenty that do not', () => {
    expect([looping.length, healthy.length]).toEqual([20, 20]);
    expect(new Set([...looping, ...healthy].map(({ name }) => name)).size).toBe(40);
  });

  it('sees seventeen of twenty loops', () => {
    const missed = looping.filter((transcript) => findStop(transcript) === undefined);

    expect(
      missed.map(({ name }) => name),
      `${String(looping.length - missed.length)} of ${String(looping.length)} loops are seen`,
    ).toEqual([
      'four layouts take turns',
      'the auditor always finds another trifle',
      'the finding is told in wholly other words each time',
    ]);
  });

  it('stops one of twenty that would have come to an end', () => {
    const stopped = healthy.filter((transcript) => findStop(transcript) !== undefined);

    expect(
      stopped.map(({ name }) => name),
      `${String(stopped.length)} of ${String(healthy.length)} healthy transcripts are stopped`,
    ).toEqual(['a stubborn error is fixed at the fifth try']);
  });

  it('sees a loop after six audits at the latest', () => {
    const stops = looping.map(findStop).filter((stop) => stop !== undefined);

    expect(Math.max(...stops)).toBe(6);
  });
});

/** After which audit, counted from 1, a stage with these rounds would be stopped; a stage that is clean has ended. */
function findStop({ turns }: Transcript): number | undefined {
  let stage = newStage;
  for (const [index, turn] of turns.entries()) {
    stage = eventsOf(stage, turn).reduce(evolveStage, stage);
    const isOpen = (stage.rounds.at(-1)?.fingerprints.length ?? 0) > 0;
    if (isOpen && detectNoProgress(stage.rounds) !== undefined) return index + 1;
  }
  return undefined;
}

function eventsOf(
  { state }: StageSnapshot,
  { contentHash, diffHash, findings = [] }: Turn,
): readonly StageEvent[] {
  return [
    { type: state === 'idle' ? 'start' : 'fix' },
    { type: 'deliver', contentHash, ...(diffHash === undefined ? {} : { diffHash }) },
    { type: 'audit', contentHash, findings },
  ];
}
