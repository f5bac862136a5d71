import { describe, expect, it } from 'vitest';

import type { Evidence } from '../evidence.ts';
import { API_KEY } from '../scenarios/scenario.ts';
import { checkAll } from './check-all.ts';
import {
  amended,
  closed,
  ended,
  finished,
  opened,
  recordsOf,
  requestOf,
  resumed,
  sound,
  soundDrafts,
} from './sample-evidence.ts';

const problemsOf = (fault: Partial<Evidence>) => checkAll({ ...sound, ...fault }, sound);

const boughtAgain = recordsOf([
  ...soundDrafts.slice(0, -1),
  resumed,
  opened('work', 2, 4_000_000),
  closed('work', 2, 'settled'),
  finished('work'),
  ended,
]);

describe('the oracles', () => {
  it('find nothing wrong with a killed run that ended as it should', () => {
    const problems = problemsOf({});

    expect(problems).toEqual([]);
  });

  it('the 1. oracle sees an answer that was on disk and was bought again after a kill', () => {
    const problems = problemsOf({
      records: boughtAgain,
      requests: [...sound.requests, requestOf(5, 'work')],
      crashes: 2,
    });

    expect(problems).toEqual([
      'O1: step work: bought 2 answers',
      'O1: step work: finished 2 times',
      'O1: step work: 1 attempts after the answer was on disk',
      'O1: requests 4, 5 ask the same, and 0 failed or are in doubt',
    ]);
  });

  it('the 1. oracle sees an answer that was bought again under the name of another step', () => {
    const other = [opened('other', 1, 1_000_000), closed('other', 1, 'settled'), finished('other')];
    const same = { ...requestOf(5, 'work'), stepId: 'other' };

    const problems = problemsOf({
      records: recordsOf([...soundDrafts.slice(0, -1), ...other, ended]),
      requests: [...sound.requests, same],
      crashes: 2,
    });

    expect(problems).toEqual(['O1: requests 4, 5 ask the same, and 0 failed or are in doubt']);
  });

  it('the 1. oracle sees more requests than attempts, and a request of no step', () => {
    const problems = problemsOf({
      requests: [...sound.requests, requestOf(5, 'work'), requestOf(6, 'nobody')],
    });

    expect(problems).toContain('O1: step work: 2 requests for 1 attempts');
    expect(problems).toContain('O1: request 6 belongs to no step of the journal');
  });

  it('the 1. oracle sees an attempt that is over, but was never made', () => {
    const problems = problemsOf({ requests: sound.requests.slice(0, -1) });

    expect(problems).toEqual(['O1: step work: 1 attempts are over, but only 0 requests came']);
  });

  it('the 1. oracle sees attempts in doubt that no kill explains', () => {
    const problems = problemsOf({ crashes: 0 });

    expect(problems).toEqual(['O1: 1 attempts in doubt after 0 kills']);
  });

  it('the 1. oracle sees an attempt that its own process left open', () => {
    const problems = problemsOf({ records: recordsOf(soundDrafts.filter((_, index) => index !== 3)) });

    expect(problems).toEqual(['O1: attempt plan.2 was open when plan.3 began']);
  });

  it('the 2. oracle sees one nano-dollar over the cap, before and after it was raised', () => {
    const before = problemsOf({
      records: recordsOf([opened('plan', 1, 12_000_001), ...soundDrafts.slice(1)]),
    });
    const after = problemsOf({
      records: recordsOf(
        soundDrafts.map((draft, index) => (index === 10 ? opened('work', 1, 19_000_001) : draft)),
      ),
    });

    expect(before).toEqual(['O2: at record 1 12000001 is over the cap of 12000000']);
    expect(after).toEqual(['O2: at record 11 24000001 is over the cap of 24000000']);
  });

  it('the 2. oracle sees work of the server that is not on the ledger', () => {
    const requests = Array.from({ length: 7 }, (_, index) => requestOf(index + 1, 'plan'));

    const problems = problemsOf({ requests });

    expect(problems).toContain('O2: 6000000 on the ledger, 7000000 on the server');
  });

  it('the 2. oracle sees a cap that was never reached, and one that was raised for no reason', () => {
    const problems = problemsOf({ records: recordsOf(soundDrafts.filter((_, index) => index !== 7)) });

    expect(problems).toEqual([
      'O2: the cap was never reached',
      'O2: the cap was raised 1 times after 0 stops',
    ]);
  });

  it('the 3. oracle sees a lost, a changed, a foreign and a temporary file', () => {
    const problems = problemsOf({
      tree: { 'project/notes.txt': 'c', 'outside.html': 'd', 'project/.jarvis-0123456789abcdef.tmp': 'e' },
    });

    expect(problems).toEqual([
      'O3: project/notes.txt has other content',
      'O3: outside.html should not be there',
      'O3: project/.jarvis-0123456789abcdef.tmp should not be there',
      'O3: project/index.html is missing',
    ]);
  });

  it('the 4. oracle sees a commit that was made twice and one that is missing', () => {
    const twice = problemsOf({ commits: [...sound.commits, ...sound.commits.slice(-1)] });
    const missing = problemsOf({ commits: sound.commits.slice(0, 1) });

    expect(twice).toEqual([
      expect.stringMatching(/^O4: commits: .*Round 1 \| 2222222222 Round 1 instead of/),
    ]);
    expect(missing).toEqual([expect.stringMatching(/^O4: commits: 1111111111 Take notes instead of/)]);
  });

  it("O4: see what killed processes leave in git's folder", () => {
    const left = ['.git/index.lock', '.git/jarvis/next-index', '.git/objects/ab/tmp_obj_x1'];

    const problems = problemsOf({ gitFiles: [...sound.gitFiles, ...left] });

    expect(problems).toEqual(left.map((path) => `O4: ${path} was left behind`));
  });

  it('the 4. oracle sees a lock even when the undisturbed run left it, too', () => {
    const locked = { ...sound, gitFiles: [...sound.gitFiles, '.git/index.lock'] };

    const problems = checkAll(locked, locked);

    expect(problems).toEqual(['O4: .git/index.lock was left behind']);
  });

  it('the 4. oracle sees another index and a damaged repository', () => {
    const problems = problemsOf({ status: '', fsck: 'missing blob' });

    expect(problems).toEqual(['O4: git status: "" instead of "A  staged.txt"', 'O4: git fsck: missing blob']);
  });

  it('the 5. oracle sees a second end, no end, and a record after the end', () => {
    const twice = problemsOf({ records: recordsOf([...soundDrafts, ended]) });
    const never = problemsOf({ records: recordsOf(soundDrafts.slice(0, -1)) });
    const after = problemsOf({ records: recordsOf([...soundDrafts, resumed]) });

    expect(twice).toEqual(['O5: ended as [done/approved,done/approved] instead of [done/approved]']);
    expect(never).toEqual(['O5: ended as [] instead of [done/approved]']);
    expect(after).toEqual(['O5: run.resumed was recorded after the end']);
  });

  it('the 5. oracle sees a run that stood still for anything but money', () => {
    const locked = { status: 'parked', reason: 'git_locked', message: 'The index is locked.' };
    const pause = { type: 'run.paused', data: locked };

    const problems = problemsOf({ records: recordsOf([pause, ...soundDrafts]) });

    expect(problems).toEqual(['O5: stood still as parked/git_locked: The index is locked.']);
  });

  it('the 5. oracle sees a change of a stage that was made twice', () => {
    const fix = { type: 'stage.changed', data: { stageId: 'knots', event: { type: 'fix' } } };
    const once = { ...sound, records: recordsOf([...soundDrafts.slice(0, -1), fix, ended]) };
    const twice = { ...sound, records: recordsOf([...soundDrafts.slice(0, -1), fix, fix, ended]) };

    const problems = checkAll(twice, once);

    expect(problems).toEqual([
      `O5: change 2 of the stages is ["stage.changed",${JSON.stringify(fix.data)}] instead of nothing`,
    ]);
  });

  it('the 7. oracle sees a stack trace and the key, whoever shows them', () => {
    const [first, ...others] = sound.processes;
    const errors = `TypeError: x\n    at run (/x/y.ts:1:2)\nkey ${API_KEY}`;

    const problems = problemsOf({ processes: first === undefined ? [] : [{ ...first, errors }, ...others] });

    expect(problems).toEqual(['O7: process 1: it showed a stack trace', 'O7: process 1: it showed the key']);
  });

  it('the 7. oracle sees another exit code, and a stop that does not say what to type next', () => {
    const processes = sound.processes.map((end) => ({
      ...end,
      exitCode: 1,
      output: end.output.replace('nextCommand', 'next'),
    }));

    const problems = problemsOf({ processes });

    expect(problems).toEqual([
      'O7: process 2: it ended with 1, the run is stopped',
      'O7: process 2: it did not say what to type next',
      'O7: process 3: it ended with 1, the run is done',
    ]);
  });

  it('the 8. oracle sees a resume that took too long for what was left to do', () => {
    // Three of four requests were left of 3,000 ms; six times as long in the crowd.
    const late = problemsOf({ afterLastKill: { tookMs: 46_201, askedBefore: 2 } });
    const inTime = problemsOf({ afterLastKill: { tookMs: 46_200, askedBefore: 2 } });

    expect(late).toEqual(['O8: the rest took 46201 ms, more than 46200 ms']);
    expect(inTime).toEqual([]);
  });

  it('the oracle of the inbox sees an amendment that was lost, and one that was applied twice', () => {
    const lost = problemsOf({ records: recordsOf(soundDrafts.filter((draft) => draft !== amended)) });
    const twice = problemsOf({ records: recordsOf([amended, ...soundDrafts]) });

    expect(lost).toEqual(['inbox: rounds were amended to [] instead of [4]']);
    expect(twice).toEqual(['inbox: rounds were amended to [4,4] instead of [4]']);
  });
});
