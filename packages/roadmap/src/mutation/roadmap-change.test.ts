import { describe, expect, it } from 'vitest';

import { changeOf } from '../../test/changes.ts';
import { plan } from '../../test/planned-stages.ts';
import type { RoadmapMutation } from './mutation.ts';
import { parseRoadmapChange } from './roadmap-change.ts';

const MUTATIONS: readonly RoadmapMutation[] = [
  { type: 'add', stage: plan('shop') },
  { type: 'start', stageId: 'shop' },
  { type: 'complete', stageId: 'shop', note: 'one warning' },
  { type: 'skip', stageId: 'shop', reason: 'not wanted' },
  { type: 'reopen', stageId: 'shop', reason: 'broken' },
  { type: 'block', stageId: 'shop', reason: 'no price' },
  { type: 'postpone', stageId: 'shop', reason: 'no answer' },
  { type: 'reorder', stageIds: ['shop'] },
];

describe('parseRoadmapChange', () => {
  it.each(MUTATIONS)('reads $type back from JSON unchanged', (mutation) => {
    const change = { ...changeOf(mutation), reason: 'it was decided', expectedVersion: 3 };

    const parsed = parseRoadmapChange(JSON.parse(JSON.stringify(change)));

    expect(parsed).toEqual(change);
  });

  it.each([
    ['no object', 'skip the shop', 'expected object'],
    ['an unknown mutation', { ...changeOf(startShop()), mutation: { type: 'explode' } }, 'mutation.type: '],
    [
      'a missing reason',
      { ...changeOf(startShop()), mutation: { type: 'skip', stageId: 'shop' } },
      'mutation.reason: ',
    ],
    ['a blank reason', { ...changeOf(startShop()), reason: '  ' }, 'reason: '],
    ['an unknown key', { ...changeOf(startShop()), force: true }, 'Unrecognized key: "force"'],
    ['a time that is none', { ...changeOf(startShop()), at: 'yesterday' }, 'at: '],
    ['version 0', { ...changeOf(startShop()), expectedVersion: 0 }, 'expectedVersion: '],
  ])('refuses %s', (_what, value, sentence) => {
    expect(() => parseRoadmapChange(value)).toThrow(sentence);
  });

  it('names every field that is wrong', () => {
    const value = { id: '', author: 'anna', mutation: { type: 'start' } };

    expect(() => parseRoadmapChange(value)).toThrow(
      expect.objectContaining({
        code: 'JARVIS_ROADMAP_INVALID_CHANGE',
        problems: [
          expect.stringMatching(/^id: /),
          expect.stringMatching(/^at: /),
          expect.stringMatching(/^mutation\.stageId: /),
        ],
      }),
    );
  });
});

function startShop(): RoadmapMutation {
  return { type: 'start', stageId: 'shop' };
}
