import { describe, expect, it } from 'vitest';

import { InvalidScriptError } from './errors.ts';
import { parseScript, parseSingleReply } from './script.ts';

function problemsOf(parse: () => unknown): readonly string[] {
  try {
    parse();
  } catch (error) {
    if (error instanceof InvalidScriptError) {
      return error.problems.map(({ path, message }) => `${path}: ${message}`);
    }
    throw error;
  }
  return expect.fail('the script was accepted');
}

describe('parseScript', () => {
  it('fills in what a reply leaves out', () => {
    const script = parseScript([{ type: 'slowBody' }], 'test');

    expect(script).toEqual({
      type: 'list',
      replies: [
        {
          type: 'slowBody',
          content: 'A scripted answer.',
          finishReason: 'stop',
          usage: { promptTokens: 100, completionTokens: 50 },
          delayMs: 0,
          bytes: 1,
          everyMs: 1000,
        },
      ],
    });
  });

  it('names every problem of every reply at once', () => {
    const script = [
      { type: 'txt', content: 'Hi' },
      { type: 'text', content: 7, finishReason: 'bored', repeat: 0, colour: 'red' },
      { type: 'status', status: 200, retryAfter: [], headers: { 'not a name': 'x' } },
      'text',
    ];

    const problems = problemsOf(() => parseScript(script, 'replies.json'));

    expect(problems).toEqual([
      expect.stringMatching(
        /^\[0\]\.type: expected a reply whose type is one of text, json, .*wrongContentLength$/,
      ),
      expect.stringMatching(/^\[1\]\.repeat: /),
      expect.stringMatching(/^\[1\]\.content: /),
      expect.stringMatching(/^\[1\]\.finishReason: /),
      '[1]: Unrecognized key: "colour"',
      expect.stringMatching(/^\[2\]\.status: /),
      expect.stringMatching(
        /^\[2\]\.retryAfter: expected seconds, the text of the header, or \{ dateInMs \}/,
      ),
      '[2].headers.not a name: is not the name of an HTTP header',
      expect.stringMatching(/^\[3\]: expected a reply whose type is one of/),
    ]);
  });

  it('says where it found the problems and what to do', () => {
    const parse = () => parseScript([{ type: 'hang', forMs: -1 }, { type: 'redirect' }], 'replies.json');

    expect(parse).toThrow(
      /^replies\.json cannot be played, 2 problems found:\n- \[0\]\.forMs: .*\n- \[1\]\.location: .*\nCorrect the script/,
    );
  });

  it('names problems in the queue of a role', () => {
    const script = { byRole: { manager: [{ type: 'text' }], employee: 'nothing' }, roleOf: 'me' };

    const problems = problemsOf(() => parseScript(script, 'test'));

    expect(problems).toEqual([
      expect.stringMatching(/^byRole\.manager\[0\]\.content: /),
      'byRole.employee: expected a list of replies',
      'roleOf: expected a function',
    ]);
  });

  it.each([null, 'text', 7, undefined])('refuses %j', (script) => {
    const problems = problemsOf(() => parseScript(script, 'test'));

    expect(problems).toEqual([': expected a list of replies, { byRole } or a function']);
  });

  it.each([
    ['usage', { type: 'text', content: '', usage: { promptTokens: '7' } }],
    ['content', { type: 'json' }],
    ['content', { type: 'json', content: () => 'not JSON' }],
    ['content', { type: 'json', content: 10n }],
    ['location', { type: 'redirect', location: '/a\nSet-Cookie: b' }],
    ['byBytes', { type: 'wrongContentLength', byBytes: 0 }],
    ['delayMs', { type: 'text', content: '', delayMs: 2 ** 31 }],
  ])('refuses a bad %s', (field, reply) => {
    const problems = problemsOf(() => parseScript([reply], 'test'));

    expect(problems).toEqual([expect.stringMatching(`^\\[0\\]\\.${field}: `)]);
  });

  it('refuses replies that can never be reached', () => {
    const script = [{ type: 'hang', repeat: 'forever' }, { type: 'emptyBody' }];

    const problems = problemsOf(() => parseScript(script, 'test'));

    expect(problems).toEqual([
      '[1]: this reply can never be reached, because the one before it repeats for ever',
    ]);
  });
});

describe('parseSingleReply', () => {
  it('refuses to repeat what a function answers', () => {
    const problems = problemsOf(() => parseSingleReply({ type: 'text', content: '', repeat: 2 }));

    expect(problems).toEqual([
      'repeat: has no meaning in what a function answers, because it is asked for each request',
    ]);
  });
});
