import { runInNewContext } from 'node:vm';

import { describe, expect, it } from 'vitest';

import { hasErrorCode, isJarvisError, JarvisError } from './jarvis-error.ts';

class TeapotError extends JarvisError<'JARVIS_TEST_TEAPOT'> {
  readonly code = 'JARVIS_TEST_TEAPOT';

  constructor(options?: { cause?: unknown; retryable?: boolean }) {
    super('It is a teapot. Ask a coffee machine.', options);
  }
}

describe('JarvisError', () => {
  it('is named after its class and carries the cause', () => {
    const cause = new Error('short and stout');

    const error = new TeapotError({ cause, retryable: true });

    expect(error.name).toBe('TeapotError');
    expect(error.cause).toBe(cause);
    expect(error.retryable).toBe(true);
  });

  it('has no cause and is final unless it says otherwise', () => {
    const error = new TeapotError();

    expect(error).not.toHaveProperty('cause');
    expect(error.retryable).toBe(false);
  });

  it('does not show its brand when it is printed or copied', () => {
    expect(Object.keys(new TeapotError()).sort()).toEqual(['code', 'name', 'retryable']);
  });
});

class LongError extends JarvisError<'JARVIS_TEST_LONG'> {
  readonly code = 'JARVIS_TEST_LONG';

  constructor() {
    super(`The name ${'x'.repeat(2_000_000)} is too long. Choose another.`);
  }
}

it('cuts a sentence that quotes too much', () => {
  const { message } = new LongError();

  expect(message.length).toBeLessThan(20_100);
  expect(message).toContain('is too long. Choose another.');
});

describe('isJarvisError', () => {
  it('knows an error of another copy of the package by its brand', () => {
    const foreign = Object.assign(new Error('from elsewhere'), { [Symbol.for('jarvis.error')]: true });

    expect(isJarvisError(foreign)).toBe(true);
  });

  it.each([new Error('plain'), { code: 'JARVIS_TEST_TEAPOT' }, null, undefined, 'JARVIS_TEST_TEAPOT'])(
    'is not taken in by %o',
    (value) => {
      expect(isJarvisError(value)).toBe(false);
    },
  );

  it('does not mistake data for an error', () => {
    const plain: unknown = runInNewContext('({ [Symbol.for("jarvis.error")]: true })');

    expect(isJarvisError(plain)).toBe(false);
  });
});

describe('hasErrorCode', () => {
  it('tells errors apart by their code', () => {
    const error: unknown = new TeapotError();

    expect(hasErrorCode(error, 'JARVIS_TEST_TEAPOT')).toBe(true);
    expect(hasErrorCode(error, 'JARVIS_TEST_KETTLE')).toBe(false);
  });

  it('does not take the code of a foreign error for one of ours', () => {
    expect(hasErrorCode(Object.assign(new Error(), { code: 'ENOENT' }), 'ENOENT')).toBe(false);
  });
});
