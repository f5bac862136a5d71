import { describe, expect, it } from 'vitest';

import { legacyReplySchema, serveReply } from './legacy-reply.ts';

describe('serveReply', () => {
  it('gives each request one reply, and a repeated one as often as it says', () => {
    const replies = [{ text: 'a' }, { text: 'b', repeat: 2 }, { text: 'c' }];

    const served = [1, 2, 3, 4, 5].map((n) => serveReply(replies, n));

    expect(served.map((reply) => (reply?.type === 'answer' ? reply.text : reply))).toEqual([
      'a',
      'b',
      'b',
      'c',
      undefined,
    ]);
  });

  it('repeats for ever what says so', () => {
    const reply = serveReply([{ text: 'a' }, { text: 'again', repeat: 'forever' }], 1_000);

    expect(reply).toMatchObject({ text: 'again' });
  });

  it('fills in the number of the request, in values and in names', () => {
    const reply = serveReply([{ json: { 'part-{{n}}.html': ['no. {{n}}'] }, repeat: 'forever' }], 7);

    expect(reply).toMatchObject({ text: '{"part-7.html":["no. 7"]}' });
  });

  it('puts an answer into a code fence', () => {
    const replies = [{ fenced: {} }, { fenced: {}, fenceLanguage: '' }];

    const served = [1, 2].map((n) => serveReply(replies, n));

    expect(served).toMatchObject([{ text: '```json\n{}\n```' }, { text: '```\n{}\n```' }]);
  });

  it('tells an answer without usage from one that does not mention it', () => {
    const replies = [{ text: 'a' }, { text: 'b', usage: null }];

    const served = [1, 2].map((n) => serveReply(replies, n));

    expect(served).toMatchObject([{ usage: { prompt_tokens: 100, completion_tokens: 50 } }, { usage: null }]);
  });

  it('gives errors and silence as they are', () => {
    const replies = [{ http: 503, body: 'down at {{n}}' }, { hang: 9 }];

    const served = [1, 2].map((n) => serveReply(replies, n));

    expect(served).toEqual([
      { type: 'status', status: 503, message: 'down at 1' },
      { type: 'hang', seconds: 9 },
    ]);
  });
});

describe('legacyReplySchema', () => {
  it.each([{}, { json: {}, text: '' }, { text: 1 }, { http: 200 }, { text: 'a', repeat: 0 }])(
    'refuses %j',
    (reply) => {
      const { success } = legacyReplySchema.safeParse(reply);

      expect(success).toBe(false);
    },
  );
});
