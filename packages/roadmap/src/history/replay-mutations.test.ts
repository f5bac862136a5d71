import { describe, expect, it } from 'vitest';

import { changeOf } from '../../test/changes.ts';
import { plan } from '../../test/planned-stages.ts';
import { createRoadmap } from '../create-roadmap.ts';
import { replayMutations } from './replay-mutations.ts';

const INITIAL = createRoadmap([plan('shop')]);
const START = { version: 2, change: changeOf({ type: 'start', stageId: 'shop' }, 'c1') };
const COMPLETE = { version: 3, change: changeOf({ type: 'complete', stageId: 'shop' }, 'c2') };
const REOPEN = { version: 4, change: changeOf({ type: 'reopen', stageId: 'shop', reason: 'broken' }, 'c3') };

describe('replayMutations', () => {
  it('gives the roadmap that the history leads to', () => {
    const roadmap = replayMutations(INITIAL, [START, COMPLETE]);

    expect(roadmap.version).toBe(3);
    expect(roadmap.stages[0]?.status).toBe('completed');
  });

  it('continues from a later version with the entries after it', () => {
    const later = replayMutations(INITIAL, [START, COMPLETE]);

    const roadmap = replayMutations(later, [REOPEN]);

    expect(roadmap).toEqual(replayMutations(INITIAL, [START, COMPLETE, REOPEN]));
  });

  it('counts an entry that comes twice once', () => {
    const roadmap = replayMutations(INITIAL, [START, START, COMPLETE]);

    expect(roadmap.version).toBe(3);
  });

  it('refuses a history from which an entry is missing', () => {
    expect(() => replayMutations(INITIAL, [{ ...START, version: 3 }])).toThrow(
      expect.objectContaining({
        code: 'JARVIS_ROADMAP_HISTORY_GAP',
        changeId: 'c1',
        entryVersion: 3,
        nextVersion: 2,
      }),
    );
  });
});
