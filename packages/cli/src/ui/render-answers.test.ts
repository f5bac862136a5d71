import type { RunRecord } from '@jarvis/loops';
import { describe, expect, it } from 'vitest';

import { listAnswers, renderAnswers } from './render-answers.ts';

function finished(name: string, result: unknown): RunRecord {
  return {
    runId: 'r1',
    seq: 1,
    atMs: 0,
    version: 1,
    type: 'step.finished',
    data: { actionId: 'action-1', stepId: 's1', ordinal: 1, name, key: {}, result },
  };
}

describe('listAnswers', () => {
  it('finds what models answered, and leaves other steps out', () => {
    const records = [
      finished('workspace.others', []),
      finished('model.plan', { outcome: 'answered', text: 'nonsense', model: 'm', isSimulated: false }),
    ];

    expect(listAnswers(records)).toEqual([
      { purpose: 'plan', outcome: 'answered', text: 'nonsense', model: 'm' },
    ]);
  });
});

describe('renderAnswers', () => {
  it('says so when there is none', () => {
    expect(renderAnswers([])).toBe('answers: none\n');
  });

  it('says who was asked first, and when nobody was', () => {
    const answer = { purpose: 'plan', outcome: 'answered', text: 'x', model: 'small' };

    expect(renderAnswers([{ ...answer, insteadOf: 'large' }])).toContain(
      'by small instead of large: answered',
    );
    expect(renderAnswers([{ ...answer, isCached: true }])).toContain('by small (out of the cache): answered');
  });

  it('cuts long answers and shows what a terminal would act on', () => {
    const text = `\u001b[2J${'x'.repeat(2_100)}`;

    const shown = renderAnswers([{ purpose: 'work', outcome: 'truncated', text, model: 'm' }]);

    expect(shown).toContain('answer 1 (work) by m: truncated, 2104 characters\n  \\u{1b}[2Jxxx');
    expect(shown).toContain('xxx…\n  and 104 more; all of it with --json\n');
  });
});
