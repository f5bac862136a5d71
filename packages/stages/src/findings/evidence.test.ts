import type { Finding } from '@jarvis/core';
import { describe, expect, it } from 'vitest';

import { LONG_LINE, MISSING_TITLE } from '../../test/findings.ts';
import { requireEvidence } from './evidence.ts';
import type { EvidenceGround } from './evidence.ts';

const GROUND: EvidenceGround = {
  failedChecks: ['html'],
  requirements: ['Every page  has a title.', 'Prices are in euros.'],
  contents: new Map([['shop.html', '<p>Bread:\n   3 dollars</p>']]),
};
const PRICE: Finding = {
  severity: 'error',
  source: 'supervisor',
  description: 'The price is in dollars.',
  file: 'shop.html',
  requirement: 'Prices are in euros.',
  quote: 'Bread: 3 dollars',
};

describe('requireEvidence', () => {
  it.each<[string, Finding]>([
    ['is reported by a check that failed', MISSING_TITLE],
    ['cites a requirement and quotes its file, whatever the white space', PRICE],
    ['cites a failing check and quotes its file', { ...PRICE, requirement: '', rule: 'html' }],
    [
      'quotes the requirement where no file can be named',
      {
        severity: 'error',
        source: 'supervisor',
        description: 'No page has one.',
        requirement: 'Every page has a title.',
        quote: 'has a title',
      },
    ],
  ])('keeps an error that %s', (_what, finding) => {
    expect(requireEvidence([finding], GROUND)).toEqual({ findings: [finding], downgraded: [] });
  });

  it.each<[string, string, Partial<Finding>]>([
    ['cites nothing', 'basis', { requirement: '' }],
    ['cites a requirement that is not in the plan', 'basis', { requirement: 'Prices are low.' }],
    ['cites a check that did not fail', 'basis', { requirement: '', rule: 'style' }],
    ['quotes nothing', 'quote', { quote: '  ' }],
    ['quotes what is not in its file', 'quoted_text', { quote: 'Bread: 4 dollars' }],
    ['names a file that was not audited', 'quoted_text', { file: 'about.html' }],
    ['quotes a requirement for a file that is there', 'quoted_text', { quote: 'in euros' }],
  ])('makes a warning of an error that %s', (_what, lacks, change) => {
    const finding = { ...PRICE, ...change };

    expect(requireEvidence([finding], GROUND)).toEqual({
      findings: [{ ...finding, severity: 'warning' }],
      downgraded: [{ finding, lacks }],
    });
  });

  it('believes a quote when it is not given the contents', () => {
    const ground = { failedChecks: [], requirements: GROUND.requirements };

    expect(requireEvidence([{ ...PRICE, quote: 'anything' }], ground).downgraded).toEqual([]);
  });

  it('asks nothing of warnings and notes', () => {
    expect(requireEvidence([LONG_LINE], GROUND)).toEqual({ findings: [LONG_LINE], downgraded: [] });
  });
});
