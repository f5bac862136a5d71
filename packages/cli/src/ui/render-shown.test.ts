import { describe, expect, it } from 'vitest';

import { renderShown } from './render-shown.ts';

describe('renderShown', () => {
  it.each([
    ['a text', 'Build\na page', ['Build a page']],
    ['nothing', null, ['none']],
    ['a no', { isSafe: false }, ['is safe: no']],
    ['a list of things', { files: [{ path: 'a', size: 3 }] }, ['files:', '  1. path: a', '     size: 3']],
  ])('shows %s as lines', (_what, shown, lines) => {
    expect(renderShown(shown)).toEqual(lines);
  });

  it('cuts what is long, and says where the rest is', () => {
    const lines = renderShown([...Array.from({ length: 50 }, () => 'x'.repeat(500))]);

    expect(lines).toHaveLength(41);
    expect(lines[0]).toMatch(/^1\. x{199}…$/u);
    expect(lines.at(-1)).toBe('… and 10 more lines; all of it with --json');
  });
});
