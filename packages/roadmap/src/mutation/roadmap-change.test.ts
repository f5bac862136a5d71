import { describe, expect, it } from 'vitest';

import { changeOf } from '../../test/changes.ts';
import { plan } from '../../test/planned-stages.ts';
import type { RoadmapMutation } from './mutation.ts';
import { parseRoadmapChange, parseRoadmapMutation } from './roadmap-change.ts';

const MUTATIONS: readonly RoadmapMutation[] = [
  { type: 'add', stage: plan('shop') },
  { type: 'start', stageId: 'shop' },
  { type: 'complete', stageId: 'shop', note: 'one warning' },
  { type: 'skip', stageId: 'shop', reason: 'not wanted' },
  { type: 'reopen', stageId: 'shop', reason: 'broken' },
  { type: 'block', stageId: 'shop', reason: 'no price' },
  { type: 'postpone', stageId: 'shop', reason: 'no answer' },
  { type: 'reorder', stageIds: ['shop'] },
  { type: 'complete', stageId: 'shop', guarantees: ['html'], summary: 'sha256-1' },
  { type: 'drop', stageId: 'shop', reason: 'not wanted' },
  { type: 'merge', stageIds: ['shop', 'bakery'], into: { id: 'shop', name: 'Both', goal: 'both work' } },
  {
    type: 'split',
    stageId: 'shop',
    into: [
      {
        id: 'a',
        name: 'A',
        goal: 'a',
        planSteps: [0],
        requirements: [],
        dependsOn: ['b'],
        categories: ['ui'],
      },
    ],
  },
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

describe('parseRoadmapMutation', () => {
  it('gives the mutation that was asked for', () => {
    const mutation = parseRoadmapMutation({ type: 'skip', stageId: 'shop', reason: ' not wanted ' });

    expect(mutation).toEqual({ type: 'skip', stageId: 'shop', reason: 'not wanted' });
  });

  it.each([
    ['no object', null, 'expected object, received null, got null'],
    [
      'an unknown kind, with the known ones',
      { type: 'explode\u001b[2J' },
      'type: must be one of add, drop, merge, split, reorder, skip, start, complete, reopen, block, postpone, got "explode\\u{1b}[2J"',
    ],
    ['a missing kind', {}, 'type: must be one of add'],
    [
      'a position that is no whole number (B37)',
      { type: 'split', stageId: 'a', into: [{ id: 'b', name: 'B', goal: 'b', planSteps: [0, 1.5] }] },
      'into.0.planSteps.1: Invalid input: expected int, received number, got 1.5',
    ],
    ['a field of the wrong type', { type: 'start', stageId: 7 }, 'stageId: Invalid input: expected string'],
    ['an unknown key', { type: 'start', stageId: 'a', force: true }, 'Unrecognized key: "force"'],
  ])('refuses %s in one line', (_what, value, sentence) => {
    const attempt = (): unknown => parseRoadmapMutation(value);

    expect(attempt).toThrow(sentence);
    expect(attempt).not.toThrow(/\n/u);
  });
});
