import { describe, expect, it } from 'vitest';

import { cutOutput } from './cut-output.ts';

describe('cutOutput', () => {
  it('leaves alone what is not longer than 256 KB', () => {
    const text = `${'x'.repeat(1_023)}\n`.repeat(256);

    expect(cutOutput(text)).toBe(text);
  });

  it('shows whole lines of what is longer, and says how much is left out', () => {
    const line = `${'x'.repeat(999)}\n`;

    const shown = cutOutput(line.repeat(1_000));

    expect(shown).toBe(`${line.repeat(262)}… and 738,000 more bytes; all of it with --json\n`);
  });

  it('cuts a line that is longer by itself, but no character', () => {
    const shown = cutOutput(`${'€'.repeat(200_000)}\n`);

    expect(shown).toBe(`${'€'.repeat(87_381)}…\n… and 337,854 more bytes; all of it with --json\n`);
  });
});
