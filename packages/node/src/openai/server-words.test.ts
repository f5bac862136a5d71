import { describe, expect, it } from 'vitest';

import { quoteServer, readServerWords } from './server-words.ts';

const rules = { redact: (text: string) => text.replaceAll('s3cret', '…'), prompt: [] };

const quote = (error: unknown, prompt: readonly string[] = []) =>
  quoteServer(readServerWords(error), { ...rules, prompt });

describe('quoteServer', () => {
  it.each([
    [
      {
        message: "The model 'x' does not exist.",
        type: 'invalid_request_error',
        code: 'model_not_found',
        param: null,
      },
      `invalid_request_error, model_not_found: The model 'x' does not exist`,
    ],
    [{ message: 'No such model', code: 404 }, '404: No such model'],
    ['overloaded', 'overloaded'],
    [{ type: 'bad type with\nlines', message: 5 }, ''],
    [{}, ''],
    [undefined, ''],
    [[1], ''],
  ])('makes of %j one line', (error, line) => {
    expect(quote(error)).toBe(line);
  });

  it('keeps line breaks, escape sequences and hidden characters out', () => {
    expect(quote('one\r\ntwo\u001b[31m\u202e\u{e0041}three')).toBe('one two [31m three');
  });

  it('cuts a long message', () => {
    expect(quote('x'.repeat(10_000))).toHaveLength(200);
  });

  it('takes secrets out of codes and messages', () => {
    expect(quote({ code: 's3cret', message: 'key s3cret is wrong' })).toBe('…: key … is wrong');
  });

  it('drops a message that repeats a part of the prompt', () => {
    const prompt = ['You work on the secret merger of two bakeries.'];

    expect(quote({ code: 'bad', message: 'Invalid content: the secret merger of two' }, prompt)).toBe('bad');
    expect(quote({ code: 'bad', message: 'Invalid content: merger' }, prompt)).toBe(
      'bad: Invalid content: merger',
    );
  });
});
