import { describe, expect, it } from 'vitest';

import { CountingIds } from './counting-ids.ts';
import { CrashingCrashPoint, SimulatedCrash } from './crashing-crash-point.ts';
import { MarkerSecretScanner } from './marker-secret-scanner.ts';
import { plainReplyParser } from './plain-reply-parser.ts';
import { RecordingLogger } from './recording-logger.ts';

describe('CountingIds', () => {
  it('counts', () => {
    const ids = new CountingIds();

    expect([ids.newRunId(), ids.newRunId()]).toEqual(['run-1', 'run-2']);
  });
});

describe('RecordingLogger', () => {
  it('keeps what it is told', () => {
    const logger = new RecordingLogger();

    logger.debug('a');
    logger.info('b', { x: 1 });
    logger.warn('c');

    expect(logger.entries).toEqual([
      { level: 'debug', message: 'a', facts: {} },
      { level: 'info', message: 'b', facts: { x: 1 } },
      { level: 'warn', message: 'c', facts: {} },
    ]);
  });
});

describe('plainReplyParser', () => {
  it('reads JSON', () => {
    expect(plainReplyParser.parse('{"a":1}')).toEqual({ type: 'value', value: { a: 1 } });
  });

  it.each(['', '```json\n{}\n```', '{"a":'])('does not read %j, and says why', (text) => {
    const parsed = plainReplyParser.parse(text);

    expect(parsed).toEqual({ type: 'unreadable', problem: expect.stringContaining('JSON') as unknown });
  });
});

describe('MarkerSecretScanner', () => {
  it('finds the lines that hold a marker, and does not repeat them', async () => {
    const scanner = new MarkerSecretScanner(['KEY-', 'TOKEN-']);

    const findings = await scanner.scan([
      { path: 'a.txt', content: 'fine\nKEY-1 TOKEN-2\n' },
      { path: 'b.txt', content: 'TOKEN-3' },
      { path: 'c.txt', content: 'key-1' },
    ]);

    expect(findings).toEqual([
      { path: 'a.txt', line: 2, rule: 'marker' },
      { path: 'b.txt', line: 1, rule: 'marker' },
    ]);
  });

  it('tells a known value from what is marked', () => {
    const scanner = new MarkerSecretScanner(['KEY-'], ['the-very-key']);

    expect(scanner.holdsKnownSecret('It is the-very-key')).toBe(true);
    expect(scanner.holdsKnownSecret('KEY-1')).toBe(false);
    expect(new MarkerSecretScanner().holdsKnownSecret('not-a-real-secret')).toBe(false);
  });

  it('has a marker of its own', async () => {
    const scan = new MarkerSecretScanner().scan([{ path: 'a', content: 'not-a-real-secret' }]);

    expect(await scan).toHaveLength(1);
  });
});

describe('CrashingCrashPoint', () => {
  it('crashes at the arrival that was planned, and at everything after it', () => {
    const point = new CrashingCrashPoint({ place: 'model.reserved', arrival: 2 });
    point.reach('model.reserved');
    point.reach('model.answered');

    expect(() => {
      point.reach('model.reserved');
    }).toThrow(SimulatedCrash);
    expect(() => {
      point.reach('run.ended');
    }).toThrow('Simulated crash at model.reserved, arrival 2.');
    expect(point.visits).toEqual(['model.reserved', 'model.answered', 'model.reserved']);
    expect(point.crash).toMatchObject({ place: 'model.reserved', arrival: 2, name: 'SimulatedCrash' });
  });

  it('crashes at the first arrival unless told otherwise', () => {
    const point = new CrashingCrashPoint({ place: 'run.accepted' });

    expect(() => {
      point.reach('run.accepted');
    }).toThrow(SimulatedCrash);
  });

  it('only notes where the run passes when nothing is planned', () => {
    const point = new CrashingCrashPoint();

    point.reach('run.accepted');
    point.reach('run.ended');
    point.throwIfCrashed();

    expect(point.visits).toEqual(['run.accepted', 'run.ended']);
    expect(point.crash).toBeUndefined();
  });
});
