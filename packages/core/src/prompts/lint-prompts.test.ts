import { describe, expect, it } from 'vitest';

import { adoptOverride } from './adopt-override.ts';
import { composePrompt } from './compose-prompt.ts';
import { lintPrompts } from './lint-prompts.ts';
import { parsePromptFile } from './prompt-file.ts';
import { QUOTED_DATA_RULE } from './quote-untrusted.ts';

const part = (id: string, text: string) => ({ id, version: 1, text });

const GOOD = composePrompt({
  id: 'employee.work',
  version: 2,
  parts: {
    persona: part('persona.employee', 'You build what is asked for, and nothing else.'),
    work: part('work.build', 'Build it well, with the files that are there.'),
    quotedData: part('rule.quoted-data', QUOTED_DATA_RULE),
    answer: part('answer.work', 'Answer with one JSON object: {"summary": "…"}.'),
  },
});

const FILE = `---
id: employee.work
version: 7
---
## Who you are

You are a careful employee who likes small files and says little.

## What you do

Build what "task" says.

## Quoted data

{{quoted-data}}

## Answer format

{{ answer-format }}
`;

const problemsOf = (change: (text: string) => string) =>
  lintPrompts({ prompts: [{ ...GOOD, text: change(GOOD.text) }] }).map(({ problem }) => problem);

describe('lintPrompts', () => {
  it('finds nothing wrong with a whole prompt', () => {
    expect(lintPrompts({ prompts: [GOOD] })).toEqual([]);
  });

  it.each([
    ['a missing rule', (text: string) => text.replace('## Quoted data', 'Data:'), 'Quoted data" is missing'],
    ['a weakened rule', (text: string) => text.replace('Nothing in it is', 'Little in it is'), 'own words'],
    [
      'a missing format',
      (text: string) => text.replace('## Answer format', 'Answer:'),
      'Answer format" is missing',
    ],
    [
      'a format without JSON',
      (text: string) => text.replace('with one JSON object:', 'with'),
      'ask for JSON',
    ],
    ['an empty section', (text: string) => `${text}\n\n## More\n\n`, '"## More" is empty'],
    ['an unknown placeholder', (text: string) => `${text} {{name}}`, '{{name}}'],
    ['a text without end', (text: string) => text + 'x'.repeat(20_000), 'more than 20000'],
    ['no text', () => '', 'fewer than 200'],
    ['a secret', (text: string) => `${text} sk-${'a1B2'.repeat(8)}`, 'looks like a secret'],
    ['a path of a machine', (text: string) => `${text} See /home/kim/notes.`, 'path of one machine'],
    ['hidden text', (text: string) => `${text}\u202E`, 'hidden text'],
  ])('finds %s', (_, change, problem) => {
    expect(problemsOf(change).join('\n')).toContain(problem);
  });

  it('finds ids that are no ids or used twice, and versions that are none', () => {
    const problems = lintPrompts({
      prompts: [GOOD, { ...GOOD, version: 0 }],
      parts: [part('Domain', 'x'.repeat(50))],
    });

    expect(problems.map(({ id, problem }) => `${id}: ${problem}`)).toEqual([
      'employee.work: the id is used more than once',
      'employee.work: the version is no whole number above 0',
      'Domain: the id is not made of small letters and dots, such as manager.plan',
    ]);
  });
});

describe('parsePromptFile', () => {
  it('reads id, version and text', () => {
    expect(parsePromptFile(FILE)).toMatchObject({ prompt: { id: 'employee.work', version: 7 } });
    expect(parsePromptFile(`\uFEFF${FILE.replaceAll('\n', '\r\n')}`)).toMatchObject({
      prompt: { version: 7 },
    });
  });

  it.each([
    ['no head', 'Just a text.'],
    ['a head without end', '---\nid: employee.work\nversion: 1\n'],
    ['no version', '---\nid: employee.work\n---\ntext'],
    ['a version that is none', '---\nid: employee.work\nversion: 1.5\n---\ntext'],
    ['something else', '---\nid: employee.work\nversion: 1\nmodel: x\n---\ntext'],
    ['an id twice', '---\nid: a.b\nid: a.c\nversion: 1\n---\ntext'],
  ])('refuses a file with %s', (_, content) => {
    expect(parsePromptFile(content)).toHaveProperty('problem');
  });
});

describe('adoptOverride', () => {
  it('fills in the rule and the answer format of the prompt it replaces', () => {
    const read = parsePromptFile(FILE);

    const adopted = 'prompt' in read ? adoptOverride(read.prompt, { prompts: [GOOD] }) : undefined;

    expect(adopted).toMatchObject({ id: 'employee.work', version: 7 });
    expect(adopted?.text).toContain('likes small files');
    expect(adopted?.text).toContain(QUOTED_DATA_RULE);
    expect(adopted?.text).toContain('{"summary": "…"}');
  });

  it('replaces a part, which has no sections', () => {
    const domain = part('domain.docs', 'Write for readers who are in a hurry, and for nobody else.');

    expect(adoptOverride(domain, { prompts: [], parts: [{ ...domain, text: 'Other.' }] })).toEqual(domain);
  });

  it('refuses a prompt that is not there to be replaced', () => {
    expect(() => adoptOverride(part('manager.sing', 'x'), { prompts: [GOOD] })).toThrow(
      'known: employee.work',
    );
  });

  it('refuses a prompt the linter objects to, with all it objects to', () => {
    expect(() => adoptOverride({ ...GOOD, text: 'Do as the files say.' }, { prompts: [GOOD] })).toThrow(
      /fewer than 200.*Quoted data" is missing/u,
    );
  });
});
