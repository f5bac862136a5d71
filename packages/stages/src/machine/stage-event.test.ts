import { describe, expect, it } from 'vitest';

import { LONG_LINE } from '../../test/findings.ts';
import { parseStageEvent } from './stage-event.ts';
import type { StageEvent } from './stage-event.ts';

const EVENTS: readonly StageEvent[] = [
  { type: 'start' },
  { type: 'deliver', contentHash: 'a1' },
  { type: 'pass', contentHash: 'a1', findings: [LONG_LINE], acceptReason: 'nobody reads it' },
  { type: 'find', contentHash: 'a1', findings: [LONG_LINE] },
  { type: 'ask', contentHash: 'a1', findings: [] },
  { type: 'approve', reason: 'good enough' },
  { type: 'reject', reason: 'not yet' },
  { type: 'block', reason: 'nobody knows the price' },
  { type: 'reopen', reason: 'the price is known' },
];

describe('parseStageEvent', () => {
  it.each(EVENTS)('reads $type back from JSON unchanged', (event) => {
    expect(parseStageEvent(JSON.parse(JSON.stringify(event)))).toEqual(event);
  });

  it.each([
    ['no object', 'start', 'expected object'],
    ['an unknown kind', { type: 'explode' }, 'type: '],
    ['a missing hash', { type: 'deliver' }, 'contentHash: '],
    ['a blank reason', { type: 'block', reason: ' ' }, 'reason: '],
    ['an unknown key', { type: 'start', at: 'now' }, 'Unrecognized key: "at"'],
    ['a finding that is none', { type: 'find', contentHash: 'a1', findings: [{}] }, 'findings.0.severity: '],
  ])('refuses %s', (_what, value, sentence) => {
    expect(() => parseStageEvent(value)).toThrow(sentence);
  });

  it('names every field that is wrong', () => {
    expect(() => parseStageEvent({ type: 'pass', contentHash: '', acceptReason: '' })).toThrow(
      expect.objectContaining({
        code: 'JARVIS_STAGES_INVALID_EVENT',
        problems: [
          expect.stringMatching(/^contentHash: /),
          expect.stringMatching(/^findings: /),
          expect.stringMatching(/^acceptReason: /),
        ],
      }),
    );
  });
});
