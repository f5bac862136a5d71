import { describe, expect, it } from 'vitest';

import { templateFingerprint, templateName } from './prompt-template.ts';

const template = { id: 'manager.plan', version: 2, text: 'You plan.' };

describe('a prompt template', () => {
  it('is named by its id and version', () => {
    expect(templateName(template)).toBe('manager.plan@2');
  });

  it('is pinned by its very text', () => {
    expect(templateFingerprint(template)).toMatch(/^manager\.plan@2#[0-9a-f]{12}$/u);
    expect(templateFingerprint({ ...template, text: 'You plan!' })).not.toBe(templateFingerprint(template));
  });
});
