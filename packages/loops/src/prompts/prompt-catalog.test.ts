import { lintPrompts } from '@jarvis/core';
import { describe, expect, it } from 'vitest';

import { listPrompts } from '../dialect/list-questions.ts';
import { modernDialect } from '../dialect/modern-dialect.ts';
import { builtInPrompts } from './prompt-catalog.ts';

const { prompts, domains, parts } = builtInPrompts;

describe('the built-in prompts', () => {
  it('are what the linter asks for', () => {
    expect(lintPrompts({ prompts, parts: [...domains, ...parts] })).toEqual([]);
  });

  it('are those the dialect of this release speaks with', () => {
    expect(listPrompts(modernDialect, 'PHASE3')).toEqual(prompts);
    expect(Object.values(modernDialect.domains ?? {})).toEqual(domains);
  });

  it('tell each agent first who it is', () => {
    expect(prompts.map(({ text }) => /You are the (\w+)/u.exec(text)?.[1])).toEqual([
      'manager',
      'supervisor',
      'employee',
      'supervisor',
      'manager',
      'manager',
      'manager',
    ]);
  });
});
