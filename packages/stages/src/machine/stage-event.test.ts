import { describe, expect, it } from 'vitest';

import { LONG_LINE } from '../../test/findings.ts';
import { parseStageEvent } from './stage-event.ts';
import type { StageEvent } from './stage-event.ts';

const EVENTS: readonly StageEvent[] = [
  { type: 'start' },
  {
    type: 'deliver',
    contentHash: 'a1',
    diffHash: 'd1',
    edits: [{ path: 'index.html', before: null, after: 'f1' }],
  },
  {
    type: 'check',
    contentHash: 'a1',
    findings: [LONG_LINE],
    passed: [{ check: 'html', files: [{ path: 'index.html', hash: 'f1' }] }],
  },
  { type: 'audit', contentHash: 'a1', findings: [LONG_LINE] },
  { type: 'fix' },
  { type: 'accept', fingerprints: ['f'], reason: 'nobody reads it' },
  { type: 'escalate', step: 'stronger_model' },
  { type: 'ask', from: 'ladder', reason: 'errors are left' },
  { type: 'approve', reason: 'good enough' },
  { type: 'reject', reason: 'not yet' },
  { type: 'complete', acceptReason: 'the limit of audits is reached' },
  { type: 'block', reason: 'nobody knows the price' },
  { type: 'reopen', reason: 'the price is known', source: 'checkout' },
  {
    type: 'remember',
    entry: { kind: 'decision', text: 'Prices are in euros', reason: 'the client says so' },
  },
  { type: 'remember', entry: { kind: 'clarification', question: 'How many pages?', answer: 'One.' } },
  { type: 'remember', entry: { kind: 'note', text: 'The logo is provisional.' } },
  { type: 'remember', entry: { kind: 'link', stageId: 'checkout', text: 'uses the price list' } },
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
    ['a step that is taken otherwise', { type: 'escalate', step: 'ask' }, 'step: '],
    ['a finding that is none', { type: 'audit', contentHash: 'a1', findings: [{}] }, 'findings.0.severity: '],
  ])('refuses %s', (_what, value, sentence) => {
    expect(() => parseStageEvent(value)).toThrow(sentence);
  });

  it('names every field that is wrong', () => {
    expect(() => parseStageEvent({ type: 'audit', contentHash: '', acceptReason: '' })).toThrow(
      expect.objectContaining({
        code: 'JARVIS_STAGES_INVALID_EVENT',
        problems: [
          expect.stringMatching(/^contentHash: /),
          expect.stringMatching(/^findings: /),
          'Unrecognized key: "acceptReason"',
        ],
      }),
    );
  });
});
