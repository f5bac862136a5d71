import { createSecretRedactor } from '@jarvis/node/secrets';
import { describe, expect, it } from 'vitest';

import { redactedWriter } from './redacted-writer.ts';

const KEY = 'sk-proj-Zq7wT5vXk2Lm9Rb4';

function open() {
  const written: string[] = [];
  const stream = { write: (text: string) => written.push(text) > 0 };
  return { write: redactedWriter(stream, createSecretRedactor([KEY])), written };
}

describe('redactedWriter', () => {
  it('writes lines at once, as they are', () => {
    const { write, written } = open();

    write('one\n');
    write('');
    write('two\nthree\n');

    expect(written).toEqual(['one\n', 'two\nthree\n']);
  });

  it('finds a secret that comes in two writes, or letter by letter', () => {
    const { write, written } = open();

    write(`the key ${KEY.slice(0, 9)}`);
    write(`${KEY.slice(9)} is refused\n`);
    for (const letter of `${KEY}\n`) write(letter);

    expect(written).toEqual(['the key [redacted: API key] is refused\n', '[redacted: API key]\n']);
  });

  it('writes what has no line end when the process ends', () => {
    const { write, written } = open();
    const before = process.listenerCount('exit');

    write(`rest ${KEY}`);
    const [flush] = process.rawListeners('exit').slice(before);
    flush?.call(process);
    write('\n');

    expect(written).toEqual(['rest [redacted: API key]', '\n']);
    expect(process.listenerCount('exit')).toBe(before);
  });
});
