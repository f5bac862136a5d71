import { describe, expect, it } from 'vitest';

import { listProblems } from './list-problems.ts';

describe('listProblems', () => {
  it('leaves what is short as it is', () => {
    expect(listProblems(['One.', 'Two.'])).toEqual(['One.', 'Two.']);
  });

  it('cuts each', () => {
    const [cut = ''] = listProblems([`The name ${'x'.repeat(2_000_000)} is taken.`]);

    expect(cut).toHaveLength(300);
    expect(cut.endsWith('x…')).toBe(true);
  });

  it('says how many there are beside those it lists', () => {
    const listed = listProblems(Array.from({ length: 10_000 }, () => 'The path is refused.'));

    expect(listed).toHaveLength(21);
    expect(listed.at(-1)).toBe('And 9980 more.');
  });
});
