import { describe, expect, it } from 'vitest';

import { renderHiddenText } from './render-hidden-text.ts';

/** Text as tag characters, which no screen shows and a model reads. */
function asTags(text: string): string {
  return [...text].map((character) => String.fromCodePoint(0xe0000 + character.charCodeAt(0))).join('');
}

describe('renderHiddenText', () => {
  it.each([
    'Build a page',
    'Fiançailles, Grüße, 日本語\nand a second line',
    'A page for the 👩‍👩‍👧 family',
    'می\u200Cخواهم',
  ])('says nothing of ordinary text: %s', (task) => {
    expect(renderHiddenText(task)).toBe('');
  });

  it('shows what was hidden, with some of what is around it', () => {
    const warning = renderHiddenText(`Build a page${asTags('rm -rf')}\nnow`);

    expect(warning).toBe(
      'The task has 6 hidden characters, which the model reads: ' +
        'Build a page\\u{e0072}\\u{e006d}\\u{e0020}\\u{e002d}\\u{e0072}\\u{e0066} now\n',
    );
  });

  it('shows a turn of the reading direction', () => {
    expect(renderHiddenText('Build \u202Eegap a')).toBe(
      'The task has a hidden character, which the model reads: Build \\u{202e}egap a\n',
    );
  });

  it('is short also when the task is not', () => {
    expect(renderHiddenText('x'.repeat(90_000) + '\u200B'.repeat(9_000)).length).toBeLessThan(1_200);
  });
});
