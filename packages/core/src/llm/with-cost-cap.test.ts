import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { type CostLedger, createLedger, reserve, settle } from '../cost/cost-ledger.ts';
import type { ScopeCaps } from '../cost/cost-scope.ts';
import { defaultPriceTable, type PriceTable } from '../cost/price-table.ts';
import { byteTokenCounter } from '../cost/token-counter.ts';
import { callOf, request } from '../testing/contracts/sample-request.ts';
import {
  type ScriptedReply,
  ScriptedLlmClient,
  type ScriptFunction,
} from '../testing/scripted-llm-client.ts';
import type { AttemptEnding, AttemptLog, AttemptOpening, LlmRequest } from './llm-client.ts';
import { LlmError, type LlmErrorReason } from './llm-error.ts';
import { withCostCap } from './with-cost-cap.ts';

/** A ledger that is kept up to date by the log, as a run keeps it, and checked after every entry. */
function createBooks(
  capNanoUsd: number | undefined,
  onEntry: (ledger: CostLedger) => void = () => undefined,
  caps: ScopeCaps = {},
) {
  let ledger = createLedger(capNanoUsd, caps);
  const openings: AttemptOpening[] = [];
  const endings: AttemptEnding[] = [];
  const attempts: AttemptLog = {
    open: async (opening) => {
      openings.push(opening);
      const id = `attempt-${String(openings.length)}`;
      ledger = reserve(ledger, { attemptId: id, ...opening });
      onEntry(ledger);
      await Promise.resolve();
      return id;
    },
    close: (attemptId, ending) => {
      endings.push(ending);
      ledger = settle(ledger, {
        attemptId,
        bearer: { role: 'employee', model: 'm' },
        amount: ending.bookedNanoUsd,
        ...(ending.type === 'settled' && ending.usage !== undefined ? { usage: ending.usage } : {}),
      });
      onEntry(ledger);
    },
  };
  return { attempts, openings, endings, ledger: () => ledger };
}

/** 1 dollar per million tokens of input, 10 of output: 1,000 and 10,000 billionths for a token. */
const prices: PriceTable = {
  asOf: '2026-01-01',
  models: { 'gpt-4.1-mini': { input: 1, cachedInput: 0.5, output: 10 } },
};

/** 10 + 13 bytes, and 16 tokens for each of two messages. */
const INPUT = 23 + 32;
const WORST = INPUT * 1_000 + 500 * 10_000;
const LEAST = INPUT * 1_000 + 100 * 10_000;

/** Caps inside the cap of the run, and that one. */
interface Caps extends ScopeCaps {
  readonly run: number | undefined;
}

function ask(
  script: readonly (ScriptedReply | ScriptFunction)[],
  cap: number | undefined | Caps,
  asked: LlmRequest = request,
) {
  const { run, ...scopeCaps } = typeof cap === 'object' ? cap : { run: cap };
  const books = createBooks(run, undefined, scopeCaps);
  const scripted = new ScriptedLlmClient(script);
  const client = withCostCap(scripted, { prices, tokens: byteTokenCounter, ledger: books.ledger });
  return { books, scripted, asked: client.complete(asked, callOf({ attempts: books.attempts })) };
}

describe('withCostCap', () => {
  it('reserves the worst case and books what the server says', async () => {
    const usage = { inputTokens: 40, cachedInputTokens: 10, outputTokens: 7 };
    const { books, asked } = ask([{ text: 'yes', usage }], 1e9);

    await asked;

    expect(books.openings).toEqual([
      { model: 'gpt-4.1-mini', role: 'employee', reservedNanoUsd: WORST, outputLimit: 500 },
    ]);
    expect(books.endings).toEqual([
      { type: 'settled', bookedNanoUsd: 30 * 1_000 + 10 * 500 + 7 * 10_000, usage },
    ]);
  });

  it('has the reservation written down before anything is sent', async () => {
    const books = createBooks(1e9);
    const order: string[] = [];
    const attempts: AttemptLog = {
      ...books.attempts,
      open: async (opening) => {
        order.push('open');
        const id = await books.attempts.open(opening);
        order.push('on disk');
        return id;
      },
    };
    const client = withCostCap(new ScriptedLlmClient(() => (order.push('sent'), 'yes')), {
      prices,
      tokens: byteTokenCounter,
      ledger: books.ledger,
    });

    await client.complete(request, callOf({ attempts }));

    expect(order).toEqual(['open', 'on disk', 'sent']);
  });

  it('lets a call through that fits to the billionth, and not one more', async () => {
    await expect(ask(['yes'], WORST).asked).resolves.toBeDefined();

    const { scripted, asked } = ask(['yes'], LEAST - 1);
    await expect(asked).rejects.toMatchObject({ code: 'JARVIS_COST_CAP_REACHED', neededUsd: LEAST / 1e9 });
    expect(scripted.requests).toEqual([]);
  });

  it('lowers the output limit to what the budget affords', async () => {
    const { scripted, books, asked } = ask(['yes'], INPUT * 1_000 + 321 * 10_000 + 9_999);

    await asked;

    expect(scripted.requests[0]?.maxOutputTokens).toBe(321);
    expect(books.openings[0]).toMatchObject({
      outputLimit: 321,
      reservedNanoUsd: INPUT * 1_000 + 321 * 10_000,
    });
  });

  it('counts the schema of the answer as input', async () => {
    const schema = { type: 'object' };
    const replyFormat = { type: 'json-schema', name: 'work', schema } as const;
    const { books, asked } = ask(['{}'], 1e9, { ...request, replyFormat });

    await asked;

    expect(books.openings[0]?.reservedNanoUsd).toBe(WORST + JSON.stringify(schema).length * 1_000);
  });

  it('B14: does not send anything to a model without a price while there is a cap', async () => {
    const { scripted, books, asked } = ask(['yes'], 1e9, { ...request, model: 'unheard-of' });

    await expect(asked).rejects.toMatchObject({ code: 'JARVIS_COST_UNKNOWN_PRICE', model: 'unheard-of' });

    expect(scripted.requests).toEqual([]);
    expect(books.openings).toEqual([]);
  });

  it('uses a model without a price when the user wants no cap', async () => {
    const { books, asked } = ask(['yes'], undefined, { ...request, model: 'unheard-of' });

    await asked;

    expect(books.openings[0]).toMatchObject({ reservedNanoUsd: 0, outputLimit: 500 });
  });

  it('reserves nothing when the run was stopped before', async () => {
    const books = createBooks(1e9);
    const client = withCostCap(new ScriptedLlmClient([]), {
      prices,
      tokens: byteTokenCounter,
      ledger: books.ledger,
    });
    const reason = new Error('the user said stop');

    const asked = client.complete(
      request,
      callOf({ attempts: books.attempts, signal: AbortSignal.abort(reason) }),
    );

    await expect(asked).rejects.toBe(reason);
    expect(books.openings).toEqual([]);
  });
});

describe('withCostCap, caps inside the cap', () => {
  const staged: LlmRequest = { ...request, stage: 's1' };

  it('holds the cap of a stage, and names it', async () => {
    const { scripted, books, asked } = ask(
      ['never asked for'],
      { run: 1e9, stageNanoUsd: LEAST - 1 },
      staged,
    );

    await expect(asked).rejects.toMatchObject({
      code: 'JARVIS_COST_CAP_REACHED',
      scope: { type: 'stage', stage: 's1' },
      capUsd: (LEAST - 1) / 1e9,
    });
    expect([scripted.requests, books.openings]).toEqual([[], []]);
  });

  it('does not hold one stage to what another has spent', async () => {
    const { books, asked } = ask(['yes'], { run: 1e9, stageNanoUsd: WORST }, staged);
    await asked;
    const client = withCostCap(new ScriptedLlmClient(['yes']), {
      prices,
      tokens: byteTokenCounter,
      ledger: books.ledger,
    });

    await client.complete({ ...staged, stage: 's2' }, callOf({ attempts: books.attempts }));

    expect(books.openings.map(({ stage, outputLimit }) => [stage, outputLimit])).toEqual([
      ['s1', 500],
      ['s2', 500],
    ]);
  });

  it('lowers the output limit to what the cap of the role affords', async () => {
    const { books, asked } = ask(['yes'], { run: 1e9, roleNanoUsd: { employee: LEAST } });

    await asked;

    expect(books.openings[0]).toMatchObject({ outputLimit: 100, reservedNanoUsd: LEAST });
  });

  it('B14: needs a price for a role that has a cap, though the run has none', async () => {
    const unheard = { ...request, model: 'unheard-of' };
    const { asked } = ask(['never asked for'], { run: undefined, roleNanoUsd: { employee: 1 } }, unheard);

    await expect(asked).rejects.toMatchObject({ code: 'JARVIS_COST_UNKNOWN_PRICE' });
  });

  it('does not lower the limit below what the last answers of the role needed', async () => {
    const usage = { inputTokens: INPUT, cachedInputTokens: 0, outputTokens: 300 };
    const spent = INPUT * 1_000 + 300 * 10_000;
    const needed = INPUT * 1_000 + 360 * 10_000;
    const books = createBooks(WORST + spent);
    const client = withCostCap(
      new ScriptedLlmClient([
        { text: 'long', usage },
        { text: 'long', usage },
      ]),
      {
        prices,
        tokens: byteTokenCounter,
        ledger: books.ledger,
      },
    );
    const call = callOf({ attempts: books.attempts });
    await client.complete(request, call);
    await client.complete(request, call);

    const third = client.complete(request, call);

    await expect(third).rejects.toMatchObject({ neededUsd: needed / 1e9 });
  });
});

describe('withCostCap, what an attempt costs', () => {
  it.each([
    { what: 'missing', usage: 'none' },
    { what: 'NaN', usage: { inputTokens: Number.NaN, cachedInputTokens: 0, outputTokens: 1 } },
    {
      what: 'infinite',
      usage: { inputTokens: 1, cachedInputTokens: 0, outputTokens: Number.POSITIVE_INFINITY },
    },
    { what: 'negative', usage: { inputTokens: 1, cachedInputTokens: 0, outputTokens: -5 } },
    { what: 'negative for the cache', usage: { inputTokens: 1, cachedInputTokens: -1, outputTokens: 5 } },
    { what: 'fractional', usage: { inputTokens: 1.5, cachedInputTokens: 0, outputTokens: 1 } },
    { what: 'absurd', usage: { inputTokens: 1e300, cachedInputTokens: 0, outputTokens: 1 } },
    {
      what: 'more cached than there was',
      usage: { inputTokens: 10, cachedInputTokens: 8, cacheWriteTokens: 3, outputTokens: 5 },
    },
    {
      what: 'fractional for what was written to the cache',
      usage: { inputTokens: 10, cachedInputTokens: 0, cacheWriteTokens: 0.5, outputTokens: 5 },
    },
    { what: 'zero for a text', usage: { inputTokens: 0, cachedInputTokens: 0, outputTokens: 0 } },
    {
      what: 'zero for a text that was asked',
      usage: { inputTokens: 0, cachedInputTokens: 0, outputTokens: 3 },
    },
    {
      what: 'zero for a text that was said',
      usage: { inputTokens: 3, cachedInputTokens: 0, outputTokens: 0 },
    },
  ] as const)('F41: books the whole reservation when the usage is $what', async ({ usage }) => {
    const { books, asked } = ask([{ text: 'yes', usage }], 1e9);

    await asked;

    expect(books.endings).toEqual([{ type: 'settled', bookedNanoUsd: WORST }]);
  });

  it('F41: books a finite usage above the reservation in full, and lets nothing more through', async () => {
    const books = createBooks(WORST);
    const usage = { inputTokens: INPUT, cachedInputTokens: 0, outputTokens: 5_000 };
    const client = withCostCap(new ScriptedLlmClient([{ text: 'long', usage }, 'never asked for']), {
      prices,
      tokens: byteTokenCounter,
      ledger: books.ledger,
    });
    await client.complete(request, callOf({ attempts: books.attempts }));

    const second = client.complete(request, callOf({ attempts: books.attempts }));

    await expect(second).rejects.toMatchObject({ code: 'JARVIS_COST_CAP_REACHED', availableUsd: 0 });
    expect(books.ledger().bookedNanoUsd).toBe(INPUT * 1_000 + 5_000 * 10_000);
  });

  it('books nothing for a failure that cannot have been charged, and says why it failed', async () => {
    const failure = new LlmError({
      reason: 'rate_limited',
      seen: 'HTTP 429',
      status: 429,
      mayBeCharged: false,
    });
    const { books, asked } = ask([failure], 1e9);

    await expect(asked).rejects.toBe(failure);

    expect(books.endings).toEqual([
      { type: 'failed', bookedNanoUsd: 0, reason: 'rate_limited', status: 429 },
    ]);
  });

  it('books the reservation for a failure that may have been charged', async () => {
    const failure = new LlmError({ reason: 'connection_lost', seen: 'reset', mayBeCharged: true });
    const { books, asked } = ask([failure], 1e9);

    await expect(asked).rejects.toBe(failure);

    expect(books.endings).toEqual([{ type: 'failed', bookedNanoUsd: WORST, reason: 'connection_lost' }]);
  });

  it('keeps the reservation, in doubt, when nobody knows what happened', async () => {
    const { books, asked } = ask([new TypeError('x is not a function')], 1e9);

    await expect(asked).rejects.toThrow(TypeError);

    expect(books.endings).toEqual([]);
    expect(books.ledger()).toMatchObject({ bookedNanoUsd: 0, reservedNanoUsd: WORST });
  });

  it('sends nothing when the reservation cannot be written down', async () => {
    const full = new Error('the disk is full');
    const scripted = new ScriptedLlmClient(['never asked for']);
    const attempts: AttemptLog = {
      open: () => Promise.reject(full),
      close: () => expect.fail('nothing to close'),
    };
    const client = withCostCap(scripted, {
      prices,
      tokens: byteTokenCounter,
      ledger: () => createLedger(1e9),
    });

    await expect(client.complete(request, callOf({ attempts }))).rejects.toBe(full);

    expect(scripted.requests).toEqual([]);
  });
});

describe('withCostCap, under any load', () => {
  const reasons: readonly LlmErrorReason[] = ['rate_limited', 'timed_out', 'provider_error'];
  const odd = fc.constantFrom(Number.NaN, -1, 0.5, Number.POSITIVE_INFINITY, 1e300);
  const call = fc.record({
    model: fc.constantFrom('gpt-4.1-mini', 'gpt-4o', 'odd', 'simulation'),
    text: fc.string({ maxLength: 200 }),
    wanted: fc.integer({ min: 1, max: 4_000 }),
    minimum: fc.integer({ min: 0, max: 400 }),
    turns: fc.nat({ max: 4 }),
    ending: fc.oneof(
      fc.record({
        type: fc.constant('answer' as const),
        used: fc.double({ min: 0, max: 1, noNaN: true }),
        cached: fc.nat(),
      }),
      fc.record({ type: fc.constant('odd' as const), count: odd }),
      fc.record({
        type: fc.constant('failure' as const),
        reason: fc.constantFrom(...reasons),
        mayBeCharged: fc.boolean(),
      }),
      fc.constant({ type: 'bug' as const }),
    ),
  });
  const models = {
    ...defaultPriceTable.models,
    odd: { input: 0.0375, cachedInput: 0.05125, output: 0.123456 },
  };

  it('O2: booked + reserved never exceeds the cap while the server keeps its limits', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(call, { maxLength: 12 }), fc.nat({ max: 20_000_000 }), async (calls, cap) => {
        const books = createBooks(cap, ({ bookedNanoUsd, reservedNanoUsd }) => {
          expect(bookedNanoUsd + reservedNanoUsd).toBeLessThanOrEqual(cap);
        });
        const scripted = new ScriptedLlmClient(async ({ purpose, messages, maxOutputTokens }) => {
          const { turns, ending } = calls[Number(purpose)] ?? expect.fail('no such call');
          for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
          switch (ending.type) {
            case 'answer': {
              const inputTokens = byteTokenCounter.count(messages.map(({ content }) => content).join(''), '');
              const outputTokens = Math.floor(maxOutputTokens * ending.used);
              return {
                usage: { inputTokens, cachedInputTokens: ending.cached % (inputTokens + 1), outputTokens },
              };
            }
            case 'odd':
              return { usage: { inputTokens: ending.count, cachedInputTokens: 0, outputTokens: 1 } };
            case 'failure':
              return new LlmError({ reason: ending.reason, seen: 'x', mayBeCharged: ending.mayBeCharged });
            case 'bug':
              return new TypeError('x is not a function');
          }
        });
        const prices = { asOf: '2026-01-01', models };
        const client = withCostCap(scripted, { prices, tokens: byteTokenCounter, ledger: books.ledger });

        await Promise.allSettled(
          calls.map(({ model, text, wanted, minimum }, index) =>
            client.complete(
              {
                ...request,
                model,
                purpose: String(index),
                messages: [{ role: 'user', content: text }],
                maxOutputTokens: wanted,
                minOutputTokens: Math.min(minimum, wanted),
              },
              callOf({ attempts: books.attempts }),
            ),
          ),
        );

        const inDoubt = scripted.requests.filter(
          ({ purpose }) => calls[Number(purpose)]?.ending.type === 'bug',
        );
        expect(books.ledger().open.size).toBe(inDoubt.length);
        expect(books.endings).toHaveLength(books.openings.length - inDoubt.length);
        expect(scripted.requests).toHaveLength(books.openings.length);
      }),
      { numRuns: 300 },
    );
  });

  it('lets only as many calls through side by side as the cap has room for', async () => {
    const books = createBooks(WORST * 2 + LEAST - 1);
    const scripted = new ScriptedLlmClient(() => 'yes');
    const client = withCostCap(scripted, { prices, tokens: byteTokenCounter, ledger: books.ledger });

    const outcomes = await Promise.allSettled(
      Array.from({ length: 5 }, () => client.complete(request, callOf({ attempts: books.attempts }))),
    );

    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
    expect(books.openings).toHaveLength(2);
  });
});
