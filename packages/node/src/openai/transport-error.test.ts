import { describe, expect, it } from 'vitest';

import { findTransportError, toTransportError, TransportError } from './transport-error.ts';

const known = new TransportError({ code: 'ECONNRESET', detail: 'read ECONNRESET', isSent: true });

describe('toTransportError', () => {
  it('keeps code and message of a system error, and nothing else', () => {
    const error = Object.assign(new Error('Parse Error'), {
      code: 'HPE_INVALID_CONSTANT',
      rawPacket: Buffer.from('sk-secret'),
    });

    const kept = toTransportError(error, true);

    expect(kept).toMatchObject({
      code: 'HPE_INVALID_CONSTANT',
      message: 'HPE_INVALID_CONSTANT: Parse Error',
      isSent: true,
    });
    expect(Object.keys(kept).sort()).toEqual(['code', 'detail', 'isSent', 'name']);
    expect(kept.cause).toBeUndefined();
  });

  it('names every address that was tried', () => {
    const error = Object.assign(
      new AggregateError([new Error('connect ::1'), new Error('connect 127.0.0.1')]),
      { code: 'ECONNREFUSED' },
    );

    expect(toTransportError(error, false).message).toBe('ECONNREFUSED: connect ::1; connect 127.0.0.1');
  });

  it.each([
    [new RangeError('odd'), 'UNKNOWN: odd'],
    ['text', 'UNKNOWN: text'],
  ])('takes anything: %s', (error, message) => {
    expect(toTransportError(error, false).message).toBe(message);
  });

  it('leaves one of its own as it is', () => {
    expect(toTransportError(known, false)).toBe(known);
  });
});

describe('findTransportError', () => {
  it('finds it under errors of others', () => {
    expect(findTransportError(new Error('outer', { cause: new Error('middle', { cause: known }) }))).toBe(
      known,
    );
  });

  it.each([new Error('alone'), new Error('outer', { cause: 'text' }), 'text', undefined])(
    'finds none in %s',
    (error) => {
      expect(findTransportError(error)).toBeUndefined();
    },
  );
});
