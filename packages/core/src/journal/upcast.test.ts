import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { currentVersion, upcastRecord, type Upcasts } from './upcast.ts';

const record = (overrides: object = {}) => ({
  runId: 'run-1',
  seq: 3,
  atMs: 5,
  type: 'test.noted',
  version: 1,
  data: { text: 'a' },
  ...overrides,
});

/** Steps that write down which of them were taken. */
function tracing(versions: number): Upcasts {
  const steps = Array.from({ length: versions - 1 }, (_, index) => {
    const version = index + 1;
    return [version, (data: unknown) => appended(data, version)] as const;
  });
  return { 'test.noted': Object.fromEntries(steps) };
}

function appended(data: unknown, step: number): readonly unknown[] {
  const steps: readonly unknown[] = Array.isArray(data) ? data : [];
  return [...steps, step];
}

describe('upcastRecord', () => {
  it('lifts an older record step by step, and leaves the one it was given alone', () => {
    const old = Object.freeze(record());

    const lifted = upcastRecord(old, {
      'test.noted': {
        1: (data) => ({ was: data, lang: 'en' }),
        2: (data) => ({ parts: [data] }),
      },
    });

    expect(lifted).toEqual(record({ version: 3, data: { parts: [{ was: { text: 'a' }, lang: 'en' }] } }));
    expect(old).toEqual(record());
  });

  it('takes exactly the steps from the version of the record to the newest, in order', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), fc.nat(), (versions, drawn) => {
        const version = (drawn % versions) + 1;
        const data = version === versions ? 'untouched' : [];

        const lifted = upcastRecord(record({ version, data }), tracing(versions));

        const steps = Array.from({ length: versions - version }, (_, index) => version + index);
        expect(lifted).toEqual(record({ version: versions, data: version === versions ? data : steps }));
        expect(upcastRecord(lifted, tracing(versions))).toBe(lifted);
      }),
    );
  });

  it.each(['test.other', 'constructor', '__proto__'])('does not touch records of type %s', (type) => {
    const other = record({ type });

    expect(upcastRecord(other, tracing(4))).toBe(other);
  });

  it('refuses what a newer release wrote', () => {
    expect(() => upcastRecord(record({ version: 3 }), tracing(2))).toThrow(
      expect.objectContaining({
        code: 'JARVIS_JOURNAL_RECORD_TOO_NEW',
        seq: 3,
        version: 3,
        knownVersion: 2,
      }),
    );
    expect(() => upcastRecord(record({ type: 'test.other', version: 2 }), {})).toThrow('versions up to 1');
  });

  it('does not jump over a step that is missing', () => {
    expect(() => upcastRecord(record(), { 'test.noted': { 2: (data) => data } })).toThrow(
      expect.objectContaining({ code: 'JARVIS_JOURNAL_UPCAST_MISSING', type: 'test.noted', version: 1 }),
    );
  });
});

describe('currentVersion', () => {
  it.each([
    ['test.noted', 4],
    ['test.other', 1],
    ['toString', 1],
  ])('of %s is %d', (type, version) => {
    expect(currentVersion(type, tracing(4))).toBe(version);
  });
});
