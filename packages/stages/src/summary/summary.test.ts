import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { LONG_LINE, MISSING_TITLE } from '../../test/findings.ts';
import { evolveStage, newStage } from '../evolve-stage.ts';
import type { StageEvent } from '../machine/stage-event.ts';
import { countLines } from './count-lines.ts';
import type { LineCount } from './count-lines.ts';
import { renderSummary } from './render-summary.ts';
import { summarizeStage } from './summarize-stage.ts';

const EVENTS: readonly StageEvent[] = [
  { type: 'start' },
  { type: 'deliver', contentHash: 'a1' },
  { type: 'audit', contentHash: 'a1', findings: [MISSING_TITLE, LONG_LINE] },
  { type: 'escalate', step: 'other_instructions' },
  { type: 'fix' },
  { type: 'deliver', contentHash: 'b2' },
  { type: 'audit', contentHash: 'b2', findings: [LONG_LINE] },
  { type: 'complete', acceptReason: 'nobody reads it' },
];

describe('summarizeStage', () => {
  const summary = summarizeStage('layout', EVENTS.reduce(evolveStage, newStage), {
    files: [
      { path: 'style.css', before: 'a\nb\n', after: 'a\nc\n' },
      { path: 'index.html', before: null, after: 'one\ntwo\n' },
      { path: 'old.html', before: 'gone', after: null },
      { path: 'same.html', before: 'x', after: 'x' },
    ],
    costNanoUsd: 50_000_000,
    durationMs: 83_400,
  });

  it('counts files, lines, audits and findings', () => {
    expect(summary).toEqual({
      stageId: 'layout',
      state: 'completed',
      files: [
        { path: 'index.html', change: 'created', added: 2, removed: 0 },
        { path: 'old.html', change: 'deleted', added: 0, removed: 1 },
        { path: 'style.css', change: 'changed', added: 1, removed: 1 },
      ],
      audits: 2,
      fixCycles: 2,
      reopenings: 0,
      escalations: ['other_instructions'],
      findings: { open: 0, fixed: 0, verified: 1, accepted: 1, reopened: 0 },
      unsettled: 0,
      costNanoUsd: 50_000_000,
      durationMs: 83_400,
    });
  });

  it('is read by people', () => {
    expect(renderSummary(summary).split('\n')).toEqual([
      'layout: completed, $0.05, 1 min 23 s',
      '2 audits, 2 fix cycles, 0 reopenings',
      'tried: other instructions',
      '2 findings settled (1 accepted), 0 left',
      '  index.html created +2 -0',
      '  old.html deleted +0 -1',
      '  style.css changed +1 -1',
    ]);
  });
});

describe('countLines', () => {
  it.each<[string | null, string | null, LineCount]>([
    [null, null, { added: 0, removed: 0 }],
    [null, 'a\nb', { added: 2, removed: 0 }],
    ['a\nb\n', null, { added: 0, removed: 2 }],
    ['a\nb\nc', 'a\nx\nc', { added: 1, removed: 1 }],
    ['a\nb\nc\na\nb\nb\na', 'c\nb\na\nb\na\nc', { added: 2, removed: 3 }],
    ['a\nb', 'b\na', { added: 1, removed: 1 }],
  ])('compares %j with %j', (before, after, count) => {
    expect(countLines(before, after)).toEqual(count);
  });

  it('agrees with the longest common part', () => {
    const lines = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 12 });

    fc.assert(
      fc.property(lines, lines, (old, fresh) => {
        const common = longestCommon(old, fresh);

        expect(countLines(old.join('\n'), fresh.join('\n'))).toEqual({
          added: fresh.length - common,
          removed: old.length - common,
        });
      }),
    );
  });

  it('compares texts that have little in common without regard to order', () => {
    const old = Array.from({ length: 1_500 }, (_, index) => `old ${String(index)}`);
    const fresh = Array.from({ length: 1_500 }, (_, index) => `new ${String(index)}`);

    expect(countLines(['kept', ...old, 'x'].join('\n'), [...fresh, 'kept', 'y'].join('\n'))).toEqual({
      added: 1_501,
      removed: 1_501,
    });
  });
});

function longestCommon(old: readonly string[], fresh: readonly string[]): number {
  const [first, ...rest] = old;
  if (first === undefined) return 0;
  const at = fresh.indexOf(first);
  const without = longestCommon(rest, fresh);
  return at < 0 ? without : Math.max(without, 1 + longestCommon(rest, fresh.slice(at + 1)));
}
