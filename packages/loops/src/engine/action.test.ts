import { describe, expect, it } from 'vitest';

import { actionResultSchema } from './action.ts';

describe('actionResultSchema', () => {
  it.each([
    {
      type: 'worked',
      round: 1,
      summary: 'Done',
      files: [{ path: 'a.txt', hash: 'a', bytes: 1 }],
      base: 'listing',
    },
    { type: 'applied', round: 1, paths: ['a.txt'] },
    { type: 'reviewed', round: 1, review: { isApproved: true, feedback: [] } },
  ])('reads what releases wrote that knew whole files only: %o', (result) => {
    expect(actionResultSchema.parse(result)).toEqual(result);
  });

  it.each([
    {
      type: 'worked',
      round: 1,
      summary: 'Done',
      files: [{ path: 'a.txt', isDeleted: true }],
      base: 'listing',
      leftOut: { files: 3, listing: 'list' },
    },
    { type: 'worked', round: 1, summary: 'Done', files: [], base: 'listing', problems: ['It is not there.'] },
    { type: 'applied', round: 1, paths: [], deleted: ['a.txt'] },
  ])('reads %o', (result) => {
    expect(actionResultSchema.parse(result)).toEqual(result);
  });

  it('refuses a file that is neither written nor gone', () => {
    const result = { type: 'worked', round: 1, summary: '', base: 'b', files: [{ path: 'a.txt' }] };

    expect(actionResultSchema.safeParse(result).success).toBe(false);
  });
});
