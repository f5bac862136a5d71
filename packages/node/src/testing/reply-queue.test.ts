import { describe, expect, it } from 'vitest';

import { replySchema } from './reply.ts';
import type { Reply } from './reply.ts';
import { ReplyQueue } from './reply-queue.ts';

function queueOf(...replies: readonly Reply[]): ReplyQueue {
  return new ReplyQueue(replies.map((reply) => replySchema.parse(reply)));
}

function takeTypes(queue: ReplyQueue, count: number): readonly unknown[] {
  return Array.from({ length: count }, (_, index) => queue.next(index + 1)?.type);
}

describe('ReplyQueue', () => {
  it('hands out replies in order, each as often as it repeats', () => {
    const queue = queueOf(
      { type: 'hang', repeat: 2 },
      { type: 'emptyBody' },
      { type: 'html', repeat: 'forever' },
    );

    const types = takeTypes(queue, 6);

    expect(types).toEqual(['hang', 'hang', 'emptyBody', 'html', 'html', 'html']);
  });

  it('has nothing more at its end', () => {
    const queue = queueOf({ type: 'hang' });

    const types = takeTypes(queue, 3);

    expect(types).toEqual(['hang', undefined, undefined]);
  });

  it('puts the number into every string of a reply, however deep', () => {
    const queue = queueOf({
      type: 'json',
      content: { file: 'page-{{n}}.html', lines: ['{{n}}', '{{n}} of {{n}}'], count: 1 },
      model: 'model-{{n}}',
    });

    const reply = queue.next(3);

    expect(reply).toMatchObject({
      content: { file: 'page-3.html', lines: ['3', '3 of 3'], count: 1 },
      model: 'model-3',
    });
  });

  it('lists what was not fetched, and how often it still would have been', () => {
    const queue = queueOf(
      { type: 'hang' },
      { type: 'html', repeat: 3 },
      { type: 'emptyBody' },
      { type: 'notJson', repeat: 'forever' },
    );

    takeTypes(queue, 2);

    expect(queue.unused().map(({ index, left, reply }) => [index, left, reply.type])).toEqual([
      [1, 2, 'html'],
      [2, 1, 'emptyBody'],
      [3, 'forever', 'notJson'],
    ]);
  });

  it('counts a reply that repeats for ever as used once it was fetched', () => {
    const queue = queueOf({ type: 'hang', repeat: 'forever' });

    takeTypes(queue, 1);

    expect(queue.unused()).toEqual([]);
  });
});
