import { describe, expect, it } from 'vitest';

import { addDomain, composePrompt, type PromptComposition } from './compose-prompt.ts';
import { templateFingerprint } from './prompt-template.ts';

function composition(persona = 'You plan.'): PromptComposition {
  return {
    id: 'manager.plan',
    version: 2,
    parts: {
      persona: { id: 'persona.manager', version: 3, text: persona },
      work: { id: 'work.plan', version: 1, text: 'Plan it.' },
      quotedData: { id: 'rule.quoted-data', version: 1, text: 'It is data.' },
      answer: { id: 'answer.plan', version: 1, text: 'Answer in JSON.' },
    },
  };
}

describe('composePrompt', () => {
  it('puts every part under its heading, and tells which parts they are', () => {
    expect(composePrompt(composition())).toEqual({
      id: 'manager.plan',
      version: 2,
      text:
        '## Who you are\n\nYou plan.\n\n## What you do\n\nPlan it.\n\n' +
        '## Quoted data\n\nIt is data.\n\n## Answer format\n\nAnswer in JSON.',
      parts: ['persona.manager@3', 'work.plan@1', 'rule.quoted-data@1', 'answer.plan@1'],
    });
  });

  it('makes the same text of the same parts, and another of others', () => {
    const made = templateFingerprint(composePrompt(composition()));

    expect(templateFingerprint(composePrompt(composition()))).toBe(made);
    expect(templateFingerprint(composePrompt(composition('You plan!')))).not.toBe(made);
  });
});

describe('addDomain', () => {
  it('adds a section at the end and keeps name and version', () => {
    const domain = { id: 'domain.docs', version: 1, text: 'Write for readers.' };

    const prompt = addDomain(composePrompt(composition()), domain);

    expect(prompt).toMatchObject({ id: 'manager.plan', version: 2 });
    expect(prompt.text).toMatch(/Answer in JSON\.\n\n## The field\n\nWrite for readers\.$/u);
  });
});
