import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { sha256 } from './hash.ts';
import { JournalDamagedError } from './journal-errors.ts';
import type { JournalRecord, SealedRecord } from './journal-record.ts';
import { ChainReader, emptyHead, openRecords, sealRecord } from './record-chain.ts';

const RUN = 'run-1';

function seal(notes: readonly string[], runId = RUN): readonly SealedRecord[] {
  const sealed: SealedRecord[] = [];
  for (const note of notes) {
    const previous = sealed.at(-1) ?? emptyHead(runId);
    const record = { runId, seq: previous.seq + 1, atMs: 5, type: 'test.noted', version: 1, data: { note } };
    sealed.push(sealRecord(previous, record));
  }
  return sealed;
}

/** As version 1 of the journal has them: run and place are in the text, and nowhere else in the hash. */
function sealAsVersion1(notes: readonly string[]): readonly SealedRecord[] {
  let { hash } = emptyHead(RUN);
  return notes.map((note, index) => {
    const record = { runId: RUN, seq: index + 1, atMs: 5, type: 'test.noted', version: 1, data: { note } };
    const body = JSON.stringify(record);
    hash = sha256(`${hash}\n${body}`);
    return { seq: index + 1, body, hash };
  });
}

/** The sequence number damage is reported at; `undefined` when none is found. */
function damageIn(sealed: readonly SealedRecord[], runId = RUN): number | undefined {
  try {
    openRecords(runId, sealed);
    return undefined;
  } catch (error) {
    if (error instanceof JournalDamagedError) return error.seq;
    throw error;
  }
}

const chain = fc
  .array(fc.string({ unit: 'binary' }), { minLength: 1, maxLength: 8 })
  .map((notes) => seal(notes));
const brokenChain = fc.tuple(chain, fc.nat(), fc.nat()).map(([sealed, at, detail]) => ({
  sealed,
  at: at % sealed.length,
  detail,
}));

describe('ChainReader', () => {
  it('reads piece by piece what is read as a whole', () => {
    fc.assert(
      fc.property(chain, fc.nat(), (sealed, at) => {
        const cut = at % (sealed.length + 1);
        const reader = new ChainReader(RUN);

        const pieces = [sealed.slice(0, cut), sealed.slice(cut), []].map((piece) => reader.open(piece));

        expect(pieces.flat()).toEqual(openRecords(RUN, sealed));
        expect(reader.seq).toBe(sealed.length);
      }),
    );
  });

  it('refuses a piece that does not follow the one before', () => {
    const sealed = seal(['one', 'two', 'three']);
    const reader = new ChainReader(RUN);
    reader.open(sealed.slice(0, 1));

    expect(() => reader.open(sealed.slice(2))).toThrow(expect.objectContaining({ seq: 2 }) as Error);
    expect(() => reader.open(seal(['one', 'other'], 'run-2').slice(1))).toThrow(JournalDamagedError);
  });
});

describe('openRecords', () => {
  it('gives back the records that were sealed', () => {
    const sealed = seal(['one', 'two']);

    expect(openRecords(RUN, sealed)).toEqual([
      { runId: RUN, seq: 1, atMs: 5, type: 'test.noted', version: 1, data: { note: 'one' } },
      { runId: RUN, seq: 2, atMs: 5, type: 'test.noted', version: 1, data: { note: 'two' } },
    ]);
  });

  it('finds nothing wrong with no records', () => {
    expect(openRecords(RUN, [])).toEqual([]);
  });

  it('accepts whatever was sealed', () => {
    fc.assert(
      fc.property(chain, (sealed) => {
        expect(damageIn(sealed)).toBeUndefined();
      }),
    );
  });

  it('F26: finds any changed character of a text, and names its record', () => {
    fc.assert(
      fc.property(brokenChain, ({ sealed, at, detail }) => {
        const body = sealed[at]?.body ?? '';
        const where = detail % body.length;
        const changed = body[where] === 'x' ? 'y' : 'x';
        const broken = { body: body.slice(0, where) + changed + body.slice(where + 1) };

        expect(damageIn(sealed.map((entry, index) => (index === at ? { ...entry, ...broken } : entry)))).toBe(
          at + 1,
        );
      }),
    );
  });

  it('finds any flipped bit of a text, and names its record', () => {
    fc.assert(
      fc.property(brokenChain, ({ sealed, at, detail }) => {
        const bytes = new TextEncoder().encode(sealed[at]?.body);
        const where = detail % bytes.length;
        bytes[where] = (bytes[where] ?? 0) ^ (1 << (detail % 8));
        const broken = { body: new TextDecoder().decode(bytes) };

        expect(damageIn(sealed.map((entry, index) => (index === at ? { ...entry, ...broken } : entry)))).toBe(
          at + 1,
        );
      }),
    );
  });

  it('F26: finds every change of one byte, of a text and of a hash, and names its record', () => {
    const change = fc.record({
      what: fc.constantFrom('body', 'hash'),
      mask: fc.integer({ min: 1, max: 255 }),
    });

    fc.assert(
      fc.property(brokenChain, change, ({ sealed, at, detail }, { what, mask }) => {
        const whole = (what === 'body' ? sealed[at]?.body : sealed[at]?.hash) ?? '';
        const bytes = new TextEncoder().encode(whole);
        const where = detail % bytes.length;
        bytes[where] = (bytes[where] ?? 0) ^ mask;
        const changed = new TextDecoder().decode(bytes);
        // Some bytes that are no text are read as the same replacement character as before: nothing has changed.
        fc.pre(changed !== whole);

        expect(
          damageIn(sealed.map((entry, index) => (index === at ? { ...entry, [what]: changed } : entry))),
        ).toBe(at + 1);
      }),
      { numRuns: 1_000 },
    );
  });

  it('finds any changed hash, and names its record', () => {
    fc.assert(
      fc.property(brokenChain, ({ sealed, at, detail }) => {
        const hash = sealed[at]?.hash ?? '';
        const where = detail % hash.length;
        const changed = hash[where] === 'a' ? 'b' : 'a';
        const broken = { hash: hash.slice(0, where) + changed + hash.slice(where + 1) };

        expect(damageIn(sealed.map((entry, index) => (index === at ? { ...entry, ...broken } : entry)))).toBe(
          at + 1,
        );
      }),
    );
  });

  it('finds any changed number, and names the record that stands there', () => {
    fc.assert(
      fc.property(brokenChain, fc.integer({ min: -3, max: 12 }), ({ sealed, at }, seq) => {
        fc.pre(seq !== at + 1);

        expect(damageIn(sealed.map((entry, index) => (index === at ? { ...entry, seq } : entry)))).toBe(
          at + 1,
        );
      }),
    );
  });

  it('finds any missing record but the last, and names it', () => {
    fc.assert(
      fc.property(
        brokenChain.filter(({ sealed, at }) => at < sealed.length - 1),
        ({ sealed, at }) => {
          expect(damageIn(sealed.filter((_, index) => index !== at))).toBe(at + 1);
        },
      ),
    );
  });

  it('finds any missing record, also when those after it are numbered anew', () => {
    fc.assert(
      fc.property(
        brokenChain.filter(({ sealed, at }) => at < sealed.length - 1),
        ({ sealed, at }) => {
          const rest = sealed.filter((_, index) => index !== at);

          expect(damageIn(rest.map((entry, index) => ({ ...entry, seq: index + 1 })))).toBe(at + 1);
        },
      ),
    );
  });

  it('finds any repeated record, and names its place', () => {
    fc.assert(
      fc.property(brokenChain, ({ sealed, at }) => {
        const broken = sealed.flatMap((entry, index) => (index === at ? [entry, entry] : [entry]));

        expect(damageIn(broken)).toBe(at + 2);
        expect(damageIn(broken.map((entry, index) => ({ ...entry, seq: index + 1 })))).toBe(at + 2);
      }),
    );
  });

  it('finds any two records that changed places, and names the first', () => {
    fc.assert(
      fc.property(
        brokenChain.filter(({ sealed, at }) => at < sealed.length - 1),
        ({ sealed, at, detail }) => {
          const other = at + 1 + (detail % (sealed.length - at - 1));
          const swapped = sealed.map((entry, index) => {
            if (index === at) return sealed[other] ?? entry;
            return index === other ? (sealed[at] ?? entry) : entry;
          });

          expect(damageIn(swapped)).toBe(at + 1);
          expect(damageIn(swapped.map((entry, index) => ({ ...entry, seq: index + 1 })))).toBe(at + 1);
        },
      ),
    );
  });

  it('does not accept the records of another run', () => {
    expect(damageIn(seal(['one'], 'run-2'))).toBe(1);
  });

  it.each([
    { what: 'no JSON', body: '{"runId":' },
    { what: 'no record', body: '[]' },
    { what: 'a record of another run', body: JSON.stringify({ ...recordAt(1), runId: 'run-2' }) },
    { what: 'a record of another place', body: JSON.stringify(recordAt(2)) },
  ])('does not accept $what, even under a checksum that fits', ({ body }) => {
    const hash = sha256(`${emptyHead(RUN).hash}\n${body}`);

    expect(damageIn([{ seq: 1, body, hash }])).toBe(1);
  });

  it.each([
    '[]',
    '["test.noted",1,5]',
    '["test.noted",0,5,{}]',
    '["test.noted",1,5,{},2]',
    '["a",1,5,{},1,1]',
    '[',
  ])('does not accept %s as the text of a record, even under a checksum that fits', (body) => {
    const hash = sha256(`${emptyHead(RUN).hash}\n${RUN}\n1\n${body}`);

    expect(damageIn([{ seq: 1, body, hash }])).toBe(1);
  });

  it('reads what version 1 of the journal has sealed, and finds every change of one byte in it', () => {
    const sealed = sealAsVersion1(['one', 'two']);
    const body = sealed[0]?.body ?? '';
    const changed = Array.from(body, (letter, at) => {
      const other = String.fromCodePoint((letter.codePointAt(0) ?? 0) ^ 32);
      return { seq: 1, body: body.slice(0, at) + other + body.slice(at + 1), hash: sealed[0]?.hash ?? '' };
    });

    expect(openRecords(RUN, sealed)).toEqual(openRecords(RUN, seal(['one', 'two'])));
    expect(sealed.map(({ hash }) => hash)).toEqual([
      'b3f1ecf1cedfdcbe5f0cbdc4258df3b6e796de252db0daf5702081a03d9c2a74',
      '531a3bd3e801b08896a19fef3f8237b3162bc718f3356370d16d846089127af1',
    ]);
    expect(new Set(changed.map((entry) => damageIn([entry])))).toEqual(new Set([1]));
  });

  it('says in the error which run is damaged, where, and what to do', () => {
    const [first] = seal(['one']);

    expect(() => openRecords('run-9', first === undefined ? [] : [first])).toThrow(
      /^The journal of run run-9 is damaged at record 1: its checksum does not match\..*backup/u,
    );
  });
});

describe('emptyHead', () => {
  it('is another one for each run, so that records cannot move between runs', () => {
    expect(emptyHead('run-1').hash).not.toBe(emptyHead('run-2').hash);
    expect(emptyHead('run-1').seq).toBe(0);
  });
});

describe('sealRecord', () => {
  it('always makes the same seal, today and in later releases', () => {
    const [first, second] = seal(['one', 'two']);

    expect(first?.body).toBe('["test.noted",1,5,{"note":"one"}]');
    expect(first?.hash).toBe('521d5a77e4d0e58644c2ae2cc6b14b02d1892b27a6c703cc9acef0cee4b4c08f');
    expect(second?.hash).toBe('f6ed7e149f7ac4cdb039f27f3a999bc0835b2b867aba7d8b8d8c353baad02552');
  });

  it('ties a text to its run and its place', () => {
    const record = recordAt(1);
    const seals = [
      sealRecord(emptyHead(RUN), record),
      sealRecord(emptyHead(RUN), { ...record, seq: 2 }),
      sealRecord(emptyHead(RUN), { ...record, runId: 'run-2' }),
    ];

    expect(new Set(seals.map(({ body }) => body)).size).toBe(1);
    expect(new Set(seals.map(({ hash }) => hash)).size).toBe(3);
  });

  it('does not seal what JSON cannot carry', () => {
    expect(() => sealRecord(emptyHead(RUN), { ...recordAt(1), data: { amount: 1n } })).toThrow(TypeError);
  });
});

function recordAt(seq: number): JournalRecord {
  return { runId: RUN, seq, atMs: 5, type: 'test.noted', version: 1, data: {} };
}
