import { describe, expect, it } from 'vitest';

import type { DecisionBrief } from './dialect.ts';
import { decideQuestion } from './modern-questions.ts';

const brief: DecisionBrief = {
  task: 'Build a site',
  plan: { steps: ['Write a page'], acceptanceCriteria: [] },
  roadmap: [{ id: 'text', name: 'Text', status: 'active' }],
  questions: [{ question: 'Shall there be images?', reason: 'It is bare' }],
};

describe('a question about the roadmap', () => {
  it('tells how many stages there are beside those that are shown', () => {
    const text = decideQuestion.render({ ...brief, moreStages: { completed: 900, pending: 49 } });

    expect(JSON.parse(text)).toMatchObject({
      roadmap: [{ id: 'text', name: 'Text', status: 'active' }],
      moreStages: { completed: 900, pending: 49 },
    });
  });

  it('says nothing of others when all stages are shown', () => {
    const text = decideQuestion.render(brief);

    expect(text).not.toContain('moreStages');
  });
});
