import { describe, expect, it } from 'vitest';

import { recorded } from '../../test/agent-bus.ts';
import { SenderOrder } from './sender-order.ts';

function at(sequence: number, from = 'manager') {
  return recorded({ id: `${from} ${String(sequence)}`, from, sequence });
}

describe('SenderOrder', () => {
  it('gives what comes in order at once, and each once', () => {
    const order = new SenderOrder();

    expect([order.take(at(1)), order.take(at(1)), order.take(at(2))]).toEqual([[at(1)], [], [at(2)]]);
  });

  it('holds what came too early until the one before is there', () => {
    const order = new SenderOrder();

    const early = [order.take(at(3)), order.take(at(2))];

    expect(early).toEqual([[], []]);
    expect(order.take(at(1))).toEqual([at(1), at(2), at(3)]);
  });

  it('lets no sender wait for another', () => {
    const order = new SenderOrder();
    order.take(at(2));

    expect(order.take(at(1, 'employee'))).toEqual([at(1, 'employee')]);
  });

  it('goes on past what is given up, and takes that no more', () => {
    const order = new SenderOrder();
    order.take(at(2));

    expect(order.skip(at(1))).toEqual([at(2)]);
    expect([order.take(at(1)), order.skip(at(2))]).toEqual([[], []]);
  });
});
