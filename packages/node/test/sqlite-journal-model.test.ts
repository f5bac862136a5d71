import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { emptyHead, type InboxEntry, type Journal, openRecords, RunRecorder } from '@jarvis/core';
import { FixedClock } from '@jarvis/core/testing';
import fc from 'fast-check';
import { expect, it } from 'vitest';

import { readProcessIdentity } from '../src/context/process-identity.ts';
import { systemClock } from '../src/context/system-clock.ts';
import { openSqliteJournal } from '../src/sqlite/index.ts';

const RUN = 'r1';

type Move =
  | { readonly type: 'append'; readonly notes: readonly string[]; readonly content: string }
  | { readonly type: 'defer'; readonly note: string }
  | { readonly type: 'post'; readonly id: string }
  | { readonly type: 'take' }
  | { readonly type: 'crash' };

const text = fc.string({ unit: 'binary', maxLength: 20 });
const content = fc.oneof(
  text,
  text.map((each) => each.padEnd(300_000, '.')),
);
const move: fc.Arbitrary<Move> = fc.oneof(
  fc.record({ type: fc.constant('append'), notes: fc.array(text, { minLength: 1, maxLength: 3 }), content }),
  fc.record({ type: fc.constant('defer'), note: text }),
  fc.record({ type: fc.constant('post'), id: fc.constantFrom('a', 'b', 'c', 'd') }),
  fc.record({ type: fc.constant('take') }),
  fc.record({ type: fc.constant('crash') }),
);

/** A process with the journal, and what it must find there. */
class World {
  readonly notes: string[] = ['begun'];
  readonly contents = new Map<string, string>();
  readonly #directory: string;
  readonly #opened: Journal[] = [];
  #deferred: string[] = [];
  #posted: readonly string[] = [];
  #waiting: readonly string[] = [];
  #recorder: RunRecorder | undefined;

  constructor(directory: string) {
    this.#directory = directory;
  }

  get journal(): Journal {
    const journal = this.#opened.at(-1);
    if (journal === undefined) throw new Error('not begun');
    return journal;
  }

  get waiting(): readonly string[] {
    return this.#waiting;
  }

  /** Starts a process, which finds the one before dead, and goes on at the end of what is stored. */
  async start(): Promise<RunRecorder> {
    // Its start time is another than that of the living process with this number: to the next one it is dead.
    const identity = { ...readProcessIdentity(), processStartedAt: `start ${String(this.#opened.length)}` };
    const journal = openSqliteJournal({ directory: this.#directory, identity, clock: systemClock });
    this.#opened.push(journal);
    const lease = await journal.acquire(`run:${RUN}`);
    const stored = await journal.read(RUN);
    const head = stored.at(-1) ?? emptyHead(RUN);
    const clock = new FixedClock();
    this.#deferred = [];
    this.#recorder = new RunRecorder({ runId: RUN, journal, lease, clock, head, onRecord: () => undefined });
    if (stored.length === 0) await this.#recorder.append({ type: 'test.noted', data: 'begun' });
    return this.#recorder;
  }

  async make(made: Move): Promise<void> {
    const recorder = this.#recorder ?? (await this.start());
    switch (made.type) {
      case 'append':
        this.contents.set(recorder.keep(made.content), made.content);
        await recorder.append(...made.notes.map((data) => ({ type: 'test.noted', data })));
        this.#store(...made.notes);
        return;
      case 'defer':
        recorder.defer({ type: 'test.noted', data: made.note });
        this.#deferred.push(made.note);
        return;
      case 'post':
        await this.#post(made.id);
        return;
      case 'take':
        await this.#take(recorder);
        return;
      case 'crash':
        await this.start();
        return;
    }
  }

  async end(): Promise<void> {
    for (const journal of this.#opened) await journal.close();
  }

  async #post(id: string): Promise<void> {
    const answer = await this.journal.post({ runId: RUN, id, body: id, atMs: 0 });
    expect(answer).toBe(this.#posted.includes(id) ? 'known' : 'posted');
    if (answer === 'known') return;
    this.#posted = [...this.#posted, id];
    this.#waiting = [...this.#waiting, id];
  }

  async #take(recorder: RunRecorder): Promise<void> {
    const [entry]: readonly InboxEntry[] = await this.journal.readInbox(RUN);
    if (entry === undefined) return;
    recorder.defer({ type: 'test.told', data: entry.body }, { taken: entry.id });
    await recorder.append();
    this.#store(entry.body);
    this.#waiting = this.#waiting.filter((id) => id !== entry.id);
  }

  #store(...notes: readonly string[]): void {
    this.notes.push(...this.#deferred, ...notes);
    this.#deferred = [];
  }
}

it('reads back what was stored after any sequence of appends, posts, takes and crashes', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(move, { maxLength: 15 }), async (moves) => {
      const directory = await mkdtemp(join(tmpdir(), 'jarvis-model-'));
      const world = new World(directory);
      try {
        await world.start();
        for (const each of moves) await world.make(each);
        await world.start();

        const records = openRecords(RUN, await world.journal.read(RUN));
        expect(records.map(({ data }) => data)).toEqual(world.notes);
        expect((await world.journal.readInbox(RUN)).map(({ id }) => id)).toEqual(world.waiting);
        for (const [hash, stored] of world.contents) {
          expect((await world.journal.readBlob(hash)) === stored).toBe(true);
        }
      } finally {
        await world.end();
        await rm(directory, { recursive: true, force: true });
      }
    }),
    { numRuns: 60 },
  );
}, 60_000);
