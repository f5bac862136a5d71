import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { JarvisError } from '../errors/jarvis-error.ts';
import { FixedClock } from '../testing/fixed-clock.ts';
import { sha256 } from './hash.ts';
import type { AppendRequest, Journal } from './journal.ts';
import type { JournalRecord } from './journal-record.ts';
import { MemoryJournal } from './memory-journal.ts';
import { emptyHead, openRecords } from './record-chain.ts';
import { RunRecorder } from './run-recorder.ts';

const RUN = 'run-1';

/** A journal that keeps what was appended, and fails where the test says so. */
class WatchedJournal extends MemoryJournal {
  readonly appends: AppendRequest[] = [];
  readonly #before: (count: number) => void | Promise<void>;

  constructor(before: (count: number) => void | Promise<void> = () => undefined) {
    super();
    this.#before = before;
  }

  override async append(request: AppendRequest): Promise<void> {
    this.appends.push(request);
    await this.#before(this.appends.length);
    await super.append(request);
  }
}

async function open({
  journal = new WatchedJournal(),
  onRecord = () => undefined,
}: {
  journal?: WatchedJournal;
  onRecord?: (record: JournalRecord) => void;
} = {}) {
  const lease = await journal.acquire(`run:${RUN}`);
  const clock = new FixedClock({ nowMs: 1_000 });
  const recorder = new RunRecorder({ runId: RUN, journal, lease, clock, head: emptyHead(RUN), onRecord });
  return { journal, recorder, clock, lease };
}

async function storedNotes(journal: Journal): Promise<readonly unknown[]> {
  return openRecords(RUN, await journal.read(RUN)).map(({ data }) => data);
}

const note = (data: unknown) => ({ type: 'test.noted', data });

describe('RunRecorder', () => {
  it('gives records their place, the time and a version', async () => {
    const { journal, recorder, clock } = await open();

    await recorder.append(note('one'));
    await clock.advance(5);
    await recorder.append(note('two'));

    expect(openRecords(RUN, await journal.read(RUN))).toEqual([
      { runId: RUN, seq: 1, atMs: 1_000, type: 'test.noted', version: 1, data: 'one' },
      { runId: RUN, seq: 2, atMs: 1_005, type: 'test.noted', version: 1, data: 'two' },
    ]);
  });

  it('F29: keeps the order of its records, however the wall clock jumps', async () => {
    const { journal, lease } = await open();
    const day = 86_400_000;
    const times = [day, 2 * day, 0, -day, day];
    let reads = 0;
    const clock = Object.assign(new FixedClock(), { nowMs: () => times[reads++] ?? 0 });
    const head = emptyHead(RUN);
    const recorder = new RunRecorder({ runId: RUN, journal, lease, clock, head, onRecord: () => undefined });

    for (const time of times) await recorder.append(note(time));

    expect(await storedNotes(journal)).toEqual(times);
    expect(openRecords(RUN, await journal.read(RUN)).map(({ atMs }) => atMs)).toEqual(times);
  });

  it('stores nothing of what is deferred until the next append, and then all of it in order', async () => {
    const { journal, recorder } = await open();
    recorder.defer(note('a'));
    recorder.defer(note('b'));
    const before = await journal.read(RUN);

    await recorder.append(note('c'), note('d'));

    expect(before).toEqual([]);
    expect(await storedNotes(journal)).toEqual(['a', 'b', 'c', 'd']);
    expect(journal.appends).toHaveLength(1);
  });

  it('stores what is deferred when there is nothing to append', async () => {
    const { journal, recorder } = await open();
    recorder.defer(note('a'));

    await recorder.append();
    await recorder.append();

    expect(await storedNotes(journal)).toEqual(['a']);
    expect(journal.appends).toHaveLength(1);
  });

  it('goes on where the stored chain ends', async () => {
    const { journal, recorder, lease } = await open();
    await recorder.append(note('one'));
    const head = (await journal.read(RUN)).at(-1) ?? emptyHead(RUN);
    const clock = new FixedClock();

    const later = new RunRecorder({ runId: RUN, journal, lease, clock, head, onRecord: () => undefined });
    await later.append(note('two'));

    expect(await storedNotes(journal)).toEqual(['one', 'two']);
  });

  it('keeps the order of appends that overlap', async () => {
    const slow = new WatchedJournal(async (count) => {
      for (let turn = 0; turn < 5 - count; turn += 1) await Promise.resolve();
    });
    const { journal, recorder } = await open({ journal: slow });

    const first = recorder.append(note('a'));
    recorder.defer(note('b'));
    const second = recorder.append(note('c'));
    await first;
    const third = recorder.append(note('d'));
    await Promise.all([second, third]);

    expect(await storedNotes(journal)).toEqual(['a', 'b', 'c', 'd']);
  });

  it('makes one commit of what is appended in one breath', async () => {
    const { journal, recorder } = await open();

    await Promise.all(['a', 'b', 'c'].map((text) => recorder.append(note(text))));

    expect(journal.appends).toHaveLength(1);
    expect(await storedNotes(journal)).toEqual(['a', 'b', 'c']);
  });

  it('resolves an append only when its own records are on disk', async () => {
    const { promise: gate, resolve: release } = Promise.withResolvers<undefined>();
    const held = new WatchedJournal(async () => {
      await gate;
    });
    const { journal, recorder } = await open({ journal: held });
    let isDone = false;

    const done = recorder.append(note('a')).then(() => (isDone = true));
    await new FixedClock().advance(0);
    const before = isDone;
    release(undefined);
    await done;

    expect(before).toBe(false);
    expect(await storedNotes(journal)).toEqual(['a']);
  });

  it('never leaves a gap and never loses the order, however defers and appends alternate', async () => {
    const moves = fc.array(fc.constantFrom('defer', 'append', 'append and wait'), { maxLength: 20 });

    await fc.assert(
      fc.asyncProperty(moves, async (drawn) => {
        const { journal, recorder } = await open();
        for (const [index, move] of drawn.entries()) {
          if (move === 'defer') recorder.defer(note(index));
          else if (move === 'append') void recorder.append(note(index));
          else await recorder.append(note(index));
        }
        await recorder.append();

        expect(await storedNotes(journal)).toEqual(drawn.map((_, index) => index));
      }),
    );
  });
});

describe('RunRecorder, contents', () => {
  it('stores what is kept together with the next records', async () => {
    const { journal, recorder } = await open();

    const hash = recorder.keep('a long text');
    const before = await journal.readBlob(hash);
    await recorder.append(note({ text: hash }));

    expect(hash).toBe(sha256('a long text'));
    expect(before).toBeUndefined();
    expect(await journal.readBlob(hash)).toBe('a long text');
  });

  it('has at hand what is kept, until it is on disk', async () => {
    const { promise: gate, resolve: release } = Promise.withResolvers<undefined>();
    const held = new WatchedJournal(async () => {
      await gate;
    });
    const { recorder } = await open({ journal: held });
    const first = recorder.keep('first');

    const done = recorder.append(note(first));
    await new FixedClock().advance(0);
    const second = recorder.keep('second');
    const inFlight = [recorder.findKept(first), recorder.findKept(second)];
    release(undefined);
    await done;

    expect(inFlight).toEqual(['first', 'second']);
    expect([recorder.findKept(first), recorder.findKept(second)]).toEqual([undefined, 'second']);
  });

  it('stores a content once, however often it is kept', async () => {
    const { journal, recorder } = await open();
    recorder.keep('text');
    recorder.keep('text');

    await recorder.append(note('x'));

    expect(journal.appends[0]?.blobs).toEqual([{ hash: sha256('text'), content: 'text' }]);
  });

  it('hands a content in once, also when it is kept again after it was stored', async () => {
    const { journal, recorder } = await open();
    const hash = recorder.keep('text');
    await recorder.append(note(hash));

    const again = recorder.keep('text');
    await recorder.append(note(again));

    expect(again).toBe(hash);
    expect(recorder.findKept(hash)).toBeUndefined();
    expect(journal.appends.map(({ blobs }) => blobs)).toEqual([[{ hash, content: 'text' }], []]);
  });

  it('keeps a content back until there is a record to go with', async () => {
    const { journal, recorder } = await open();
    const hash = recorder.keep('text');

    await recorder.append();
    const before = await journal.readBlob(hash);
    await recorder.append(note(hash));

    expect(before).toBeUndefined();
    expect(await journal.readBlob(hash)).toBe('text');
  });
});

describe('RunRecorder, the inbox', () => {
  const post = (id: string) => ({ runId: RUN, id, body: '{}', atMs: 0 });

  it('takes an entry in the commit that stores its record, and not before', async () => {
    const { journal, recorder } = await open();
    await recorder.append(note('accepted'));
    await journal.post(post('one'));
    await journal.post(post('two'));

    recorder.defer(note('told one'), { taken: 'one' });
    const before = await journal.readInbox(RUN);
    recorder.defer(note('told two'), { taken: 'two' });
    await recorder.append(note('went on'));

    expect(before).toHaveLength(2);
    expect(await journal.readInbox(RUN)).toEqual([]);
    expect(journal.appends.map(({ taken }) => taken)).toEqual([undefined, ['one', 'two']]);
  });

  it('takes an entry once, also when it goes on writing', async () => {
    const { journal, recorder } = await open();
    await recorder.append(note('accepted'));
    await journal.post(post('one'));
    recorder.defer(note('told'), { taken: 'one' });
    await recorder.append();

    await recorder.append(note('more'));

    expect(await storedNotes(journal)).toEqual(['accepted', 'told', 'more']);
  });

  it('takes nothing for a record that is refused its place', async () => {
    const { journal, recorder } = await open({
      onRecord: ({ data }) => {
        if (data === 'refused') throw new Error('not now');
      },
    });
    await recorder.append(note('accepted'));
    await journal.post(post('one'));

    expect(() => recorder.defer(note('refused'), { taken: 'one' })).toThrow('not now');
    await recorder.append(note('went on'));

    expect(await journal.readInbox(RUN)).toHaveLength(1);
  });
});

describe('RunRecorder, what a record means', () => {
  it('says of an append with a reservation, and of no other, that it announces a payment', async () => {
    const { journal, recorder } = await open();

    await recorder.append(note('a'));
    recorder.defer({ type: 'attempt.opened', data: 'a reservation' });
    await recorder.append(note('b'));
    await recorder.append({ type: 'attempt.closed', data: 'an answer' });

    expect(journal.appends.map(({ announcesPayment }) => announcesPayment)).toEqual([
      undefined,
      true,
      undefined,
    ]);
  });

  it('writes each type in its newest version', async () => {
    const journal = new WatchedJournal();
    const lease = await journal.acquire(`run:${RUN}`);
    const upcasts = { 'test.noted': { 1: () => 'lifted', 2: () => 'lifted' } };
    const head = emptyHead(RUN);
    const clock = new FixedClock();
    const recorder = new RunRecorder({
      runId: RUN,
      journal,
      lease,
      clock,
      head,
      onRecord: () => undefined,
      upcasts,
    });

    await recorder.append(note('a'), { type: 'test.other', data: null });

    expect(openRecords(RUN, await journal.read(RUN)).map(({ version }) => version)).toEqual([3, 1]);
  });
});

describe('RunRecorder, what is told', () => {
  it('tells each record the moment it has its place', async () => {
    const told: unknown[] = [];
    const { recorder } = await open({ onRecord: ({ seq, data }) => told.push([seq, data]) });

    recorder.defer(note('a'));
    const afterDefer = [...told];
    const appended = recorder.append(note('b'));
    const afterAppend = [...told];
    await appended;

    expect(afterDefer).toEqual([[1, 'a']]);
    expect(afterAppend).toEqual([
      [1, 'a'],
      [2, 'b'],
    ]);
  });

  it('tells exactly what a later reader will find', async () => {
    const told: JournalRecord[] = [];
    const { journal, recorder } = await open({ onRecord: (record) => told.push(record) });

    const returned = recorder.defer(
      note({ left: undefined, nan: Number.NaN, date: new Date(0), list: [undefined] }),
    );
    await recorder.append(note(null));

    expect(told).toEqual(openRecords(RUN, await journal.read(RUN)));
    expect(told[0]?.data).toStrictEqual({ nan: null, date: '1970-01-01T00:00:00.000Z', list: [null] });
    expect(returned).toEqual(told[0]);
  });

  it('gives nothing a place that JSON cannot carry', async () => {
    const { journal, recorder } = await open();

    await expect(recorder.append(note(1n))).rejects.toThrow('BigInt');
    await expect(recorder.append(note(undefined))).rejects.toThrow('data');
    await recorder.append(note('fine'));

    expect(await storedNotes(journal)).toEqual(['fine']);
  });
});

/** Has no room for a call, and as much as the test says for everything else. */
class FullJournal extends WatchedJournal {
  constructor(hasRoom: boolean) {
    super(() => {
      const request = this.appends.at(-1);
      if (!hasRoom || request?.announcesPayment === true) throw new NoSpaceError();
    });
  }
}

class NoSpaceError extends JarvisError<'JARVIS_JOURNAL_NO_SPACE'> {
  readonly code = 'JARVIS_JOURNAL_NO_SPACE';

  constructor() {
    super('The disk is full. Make room.');
  }
}

describe('RunRecorder, when there is no room for a call', () => {
  const failed = { type: 'attempt.closed', data: 'a failure that cost nothing' };
  const started = { type: 'step.started', data: 'a step' };
  const reservation = { type: 'attempt.opened', data: 'a reservation' };

  it('F21: keeps what was noted before the call, with its contents and what it takes from the inbox', async () => {
    const { journal, recorder, lease } = await open({ journal: new FullJournal(true) });
    await recorder.append(note('accepted'));
    await journal.post({ runId: RUN, id: 'one', body: '{}', atMs: 0 });
    recorder.defer(note(recorder.keep('text')), { taken: 'one' });
    recorder.defer(failed);

    await expect(recorder.append(reservation)).rejects.toThrow('The disk is full');
    await expect(recorder.append(note('later'))).rejects.toThrow('The disk is full');

    expect(await storedNotes(journal)).toEqual(['accepted', sha256('text'), failed.data]);
    expect(await journal.readInbox(RUN)).toEqual([]);
    expect(await journal.readBlob(sha256('text'))).toBe('text');
    expect(journal.appends.at(-1)?.lease).toBe(lease);
  });

  it('F21: begins no step whose first call is refused', async () => {
    const { journal, recorder } = await open({ journal: new FullJournal(true) });
    recorder.defer(note('before'));
    recorder.defer(started);

    await expect(recorder.append(reservation)).rejects.toThrow('The disk is full');

    expect(await storedNotes(journal)).toEqual(['before']);
  });

  it('tries nothing else when there is room for nothing, or nothing before the call', async () => {
    const full = await open({ journal: new FullJournal(false) });
    const alone = await open({ journal: new FullJournal(true) });

    await expect(full.recorder.append(note('a'))).rejects.toThrow('The disk is full');
    await expect(alone.recorder.append(reservation)).rejects.toThrow('The disk is full');

    expect([full, alone].map(({ journal }) => journal.appends.length)).toEqual([1, 1]);
  });
});

describe('RunRecorder, after a failure', () => {
  it('fails the append, and every later one, rather than leave a gap', async () => {
    const lost = new Error('the disk is full');
    const failing = new WatchedJournal((count) => {
      if (count === 2) throw lost;
    });
    const { journal, recorder } = await open({ journal: failing });
    await recorder.append(note('one'));

    await expect(recorder.append(note('two'))).rejects.toBe(lost);
    await expect(recorder.append(note('three'))).rejects.toBe(lost);
    await expect(recorder.append()).rejects.toBe(lost);

    expect(await storedNotes(journal)).toEqual(['one']);
    expect(journal.appends).toHaveLength(2);
  });

  it('fails also those appends that were waiting', async () => {
    const failing = new WatchedJournal(() => {
      throw new Error('gone');
    });
    const { recorder } = await open({ journal: failing });

    const outcomes = await Promise.allSettled([recorder.append(note('a')), recorder.append(note('b'))]);

    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });

  it('stops when another process has taken the run over', async () => {
    const { journal, recorder, lease } = await open();
    await recorder.append(note('one'));
    await journal.release(lease);
    await journal.acquire(`run:${RUN}`);

    const late = recorder.append(note('two'));

    await expect(late).rejects.toMatchObject({ code: 'JARVIS_JOURNAL_STALE_WRITER' });
    expect(await storedNotes(journal)).toEqual(['one']);
  });
});
