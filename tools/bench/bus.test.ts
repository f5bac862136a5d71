import { expect, it } from 'vitest';

import { measureBus } from './bus.ts';

it('bus: tells how much is sent, asked and read, beside two emitters', async () => {
  const lines = await measureBus({ batches: 2, messages: 200, requests: 50 });

  expect(lines).toEqual([
    expect.stringMatching(/^send to one subscriber: [\d,]+\/s \([\d,]+-[\d,]+\)$/u),
    expect.stringMatching(/^the same message on EventEmitter: .*; bus \/ EventEmitter [\d.]+ \(/u),
    expect.stringMatching(/^the same message on mitt: .*; bus \/ mitt [\d.]+ \(/u),
    expect.stringMatching(/^request and answer: [\d,]+\/s \(/u),
    expect.stringMatching(/^conversation of 100 among 200 \/ among 1,000: [\d.]+ \(.*µs$/u),
  ]);
});
