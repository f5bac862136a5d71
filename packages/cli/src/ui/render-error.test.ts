import { describe, expect, it } from 'vitest';

import { UsageError } from '../errors.ts';
import { renderError } from './render-error.ts';

describe('renderError', () => {
  it('gives a known error one line', () => {
    const text = renderError(new UsageError({ problem: 'No.', hint: 'Yes.' }), { isDebug: false });

    expect(text).toBe('jarvis: No. Yes.\n');
  });

  it('says of an error nobody foresaw how to learn more', () => {
    expect(renderError(new RangeError('oops'), { isDebug: false })).toContain('--debug');
    expect(renderError('thrown text', { isDebug: true })).toContain('thrown text');
  });

  it('shows with --debug where it comes from, causes included', () => {
    const cause = new Error('the cause');

    const text = renderError(new Error('the effect', { cause }), { isDebug: true });

    expect(text).toContain('caused by: Error: the cause');
  });
});
