import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { cutMessage } from './cut-message.ts';

describe('cutMessage', () => {
  it('leaves a message of usual length as it is', () => {
    const message = 'x'.repeat(20_000);

    expect(cutMessage(message)).toBe(message);
  });

  it('leaves out the middle, and keeps what to do next', () => {
    const cut = cutMessage(`The file ${'x'.repeat(2_000_000)} is refused. Choose another.`);

    expect(cut).toMatch(
      /^The file x+ … \(1980037 characters left out\) … x+ is refused\. Choose another\.$/u,
    );
    expect(cut.length).toBeLessThan(20_100);
  });

  it('never leaves half a character', () => {
    fc.assert(
      fc.property(fc.nat(3), (shift) => {
        expect(cutMessage('x'.repeat(shift) + '🙂'.repeat(20_000)).isWellFormed()).toBe(true);
      }),
    );
  });
});
