import { describe, expect, it } from 'vitest';

import { listOwnFiles, ownFilesAfter } from './own-files.ts';
import type { Round } from './run-state.ts';

type Work = NonNullable<Round['work']>;

function workOf(...files: Work['files']): Pick<Round, 'work'> {
  return { work: { summary: 'Done.', files, base: 'base' } };
}

const applied: Round['apply'] = { type: 'applied', paths: [] };
const site = { path: 'site.html', hash: 'one', bytes: 3 };
const text = { path: 'text.html', hash: 'two', bytes: 3 };
const first: Round = { number: 1, ...workOf(site, text), apply: applied };

describe('ownFilesAfter', () => {
  it('gives what all rounds together give when the last one is written', () => {
    const before: Round = { number: 2, ...workOf({ path: 'site.html', isDeleted: true }) };
    const rounds = [first, { ...before, apply: applied }];

    const own = ownFilesAfter({ ownFiles: listOwnFiles([first, before]) }, rounds, before);

    expect([...own]).toEqual([['text.html', 'two']]);
    expect(own).toEqual(listOwnFiles(rounds));
  });

  it('keeps the files when an answer is refused', () => {
    const before: Round = { number: 2, ...workOf({ ...site, hash: 'three' }) };
    const rounds: readonly Round[] = [first, { ...before, apply: { type: 'refused', problems: [] } }];
    const ownFiles = listOwnFiles([first, before]);

    const own = ownFilesAfter({ ownFiles }, rounds, before);

    expect(own).toBe(ownFiles);
  });

  it('looks at every round when more is known of an earlier one', () => {
    const before: Round = { number: 1, ...workOf(site) };
    const second: Round = { number: 2, ...workOf({ ...site, hash: 'later' }), apply: applied };
    const rounds = [{ ...before, apply: applied }, second];

    const own = ownFilesAfter({ ownFiles: listOwnFiles([before, second]) }, rounds, before);

    expect([...own]).toEqual([['site.html', 'later']]);
  });
});
