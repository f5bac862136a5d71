import { createRoadmap, type RoadmapMutation } from '@jarvis/roadmap';
import { describe, expect, it } from 'vitest';

import { followChanges } from './follow-changes.ts';
import type { RunRecordDraft } from './run-records.ts';
import { initialState, type RunState } from './run-state.ts';

const brief = { name: 'Home', goal: 'Home', planSteps: [], requirements: [] };
const state: RunState = { ...initialState, roadmap: createRoadmap([{ id: 'home', brief }]) };

function follow(mutation: RoadmapMutation, suggestion?: string): readonly RunRecordDraft[] {
  const records: RunRecordDraft[] = [];
  const session = { state, defer: (draft: RunRecordDraft) => records.push(draft) };
  const named = suggestion === undefined ? {} : { suggestion };
  followChanges(session, [{ type: 'roadmap', mutation, author: 'supervisor', ...named }], 0);
  return records;
}

describe('followChanges', () => {
  it('records a change that fits', () => {
    expect(follow({ type: 'start', stageId: 'home' })).toMatchObject([
      { type: 'roadmap.changed', data: { change: { id: 'change-1', author: 'supervisor' } } },
    ]);
  });

  it.each<readonly [string, RoadmapMutation]>([
    ['start', { type: 'start', stageId: 'home' }],
    ['complete', { type: 'complete', stageId: 'home' }],
    ['block', { type: 'block', stageId: 'home', reason: 'No.' }],
    ['postpone', { type: 'postpone', stageId: 'home', reason: 'No.' }],
    ['reopen', { type: 'reopen', stageId: 'home', reason: 'No.' }],
    ['skip', { type: 'skip', stageId: 'nobody', reason: 'No.' }],
  ])(
    'passes over the suggestion to %s what is not for a supervisor to say, or does not fit',
    (_what, mutation) => {
      expect(follow(mutation, 'suggestion-1-1')).toMatchObject([
        { type: 'roadmap.refused', data: { id: 'suggestion-1-1', author: 'supervisor' } },
      ]);
    },
  );

  it('records no change of the run itself that could not be read back', () => {
    expect(() => follow({ type: 'complete', stageId: 'home' })).toThrow('home');
  });

  it('records nothing inside a stage that could not be read back', () => {
    const records: RunRecordDraft[] = [];
    const session = { state, defer: (draft: RunRecordDraft) => records.push(draft) };

    expect(() => {
      followChanges(session, [{ type: 'stage', stageId: 'home', event: { type: 'fix' } }], 0);
    }).toThrow('fix');
    expect(records).toEqual([]);
  });
});
