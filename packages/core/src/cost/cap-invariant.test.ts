import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { defaultRetryPolicy } from '../durable/retry-policy.ts';
import type { AttemptEnding, AttemptOpening, LlmRequest, ReportedUsage } from '../llm/llm-client.ts';
import { LlmError } from '../llm/llm-error.ts';
import { withCostCap } from '../llm/with-cost-cap.ts';
import { withRetry } from '../llm/with-retry.ts';
import { callOf, request } from '../testing/contracts/sample-request.ts';
import { FixedClock } from '../testing/fixed-clock.ts';
import { type ScriptedReply, ScriptedLlmClient } from '../testing/scripted-llm-client.ts';
import { agentRoleSchema } from '../vocabulary/agent-role.ts';
import { type CostLedger, createLedger, type Reservation, reserve, settle, spentIn } from './cost-ledger.ts';
import type { CostScope, ScopeCaps } from './cost-scope.ts';
import { defaultPriceTable, findPrice, type ModelPrice, priceOf, type PriceTable } from './price-table.ts';
import { byteTokenCounter } from './token-counter.ts';

const STAGES = ['s1', 's2'] as const;
const ROLES = agentRoleSchema.options;

const models: Readonly<Record<string, ModelPrice>> = {
  ...defaultPriceTable.models,
  odd: { input: 0.0375, cachedInput: 0.05125, cacheWrite: 0.0625, output: 0.123456 },
  tiered: {
    input: 1,
    cachedInput: 0.1,
    cacheWrite: 1.25,
    output: 4,
    longContext: { aboveInputTokens: 120, input: 2, output: 6 },
  },
};

const prices: PriceTable = { asOf: '2026-01-01', models };

/** How a server deals with one request. */
const ending = fc.oneof(
  fc.record({
    type: fc.constant('answer' as const),
    used: fc.double({ min: 0, max: 1, noNaN: true }),
    part: fc.nat(),
  }),
  fc.record({
    type: fc.constant('odd' as const),
    count: fc.constantFrom(Number.NaN, -1, 0.5, Infinity, 1e300, 0),
  }),
  fc.record({ type: fc.constant('failure' as const), mayBeCharged: fc.boolean() }),
  fc.constant({ type: 'bug' as const }),
);

/** The one exception: a server that does not keep to the limit it was sent. */
const overrun = fc.record({
  type: fc.constant('overrun' as const),
  more: fc.integer({ min: 1, max: 5_000 }),
});

type Ending = typeof ending extends fc.Arbitrary<infer Value> ? Value : never;
type Overrun = typeof overrun extends fc.Arbitrary<infer Value> ? Value : never;

function callWith<Kind>(endings: fc.Arbitrary<Kind>) {
  return fc.record({
    model: fc.constantFrom('gpt-4.1-mini', 'odd', 'tiered', 'simulation'),
    role: fc.constantFrom(...ROLES),
    stage: fc.option(fc.constantFrom(...STAGES), { nil: undefined }),
    text: fc.string({ maxLength: 200 }),
    wanted: fc.integer({ min: 1, max: 3_000 }),
    minimum: fc.integer({ min: 0, max: 300 }),
    turns: fc.nat({ max: 3 }),
    endings: fc.array(endings, { minLength: 1, maxLength: 3 }),
  });
}

type Call = ReturnType<typeof callWith<Ending | Overrun>> extends fc.Arbitrary<infer Value> ? Value : never;

const usd = fc.integer({ min: 0, max: 8_000_000 });

const caps = fc.record({
  run: usd,
  scopes: fc.record(
    {
      stageNanoUsd: usd,
      roleNanoUsd: fc.record({ manager: usd, employee: usd }, { requiredKeys: [] }),
    },
    { requiredKeys: [] },
  ),
});

interface Caps {
  readonly run: number;
  readonly scopes: ScopeCaps;
}

type Entry =
  | { readonly type: 'opened'; readonly reservation: Reservation }
  | {
      readonly type: 'closed';
      readonly attemptId: string;
      readonly opening: AttemptOpening;
      readonly ending: AttemptEnding;
    };

function evolve(ledger: CostLedger, entry: Entry): CostLedger {
  if (entry.type === 'opened') return reserve(ledger, entry.reservation);
  const { attemptId, opening, ending: end } = entry;
  const usage = end.type === 'settled' && end.usage !== undefined ? { usage: end.usage } : {};
  return settle(ledger, { attemptId, bearer: opening, amount: end.bookedNanoUsd, ...usage });
}

function capsOf({ run, scopes }: Caps): readonly (readonly [CostScope, number])[] {
  const all: readonly (readonly [CostScope, number | undefined])[] = [
    [{ type: 'run' }, run],
    ...ROLES.map((role) => [{ type: 'role', role }, scopes.roleNanoUsd?.[role]] as const),
    ...STAGES.map((stage) => [{ type: 'stage', stage }, scopes.stageNanoUsd] as const),
  ];
  return all.flatMap(([scope, cap]) => (cap === undefined ? [] : [[scope, cap] as const]));
}

const clock = Object.assign(new FixedClock(), { sleep: () => Promise.resolve() });

/** What came out of a process: its records, what the server charged for each attempt, and by how much it overran. */
interface Outcome {
  readonly entries: readonly Entry[];
  readonly charged: ReadonlyMap<string, number>;
  readonly overrunNanoUsd: number;
}

/** The caps of a run, and who looks at its ledger after every record. */
interface Trial {
  readonly limits: Caps;
  readonly onEntry: (ledger: CostLedger, overrun: number) => void;
}

/** Makes calls side by side, on a ledger folded from what an earlier process has recorded. */
async function runProcess(calls: readonly Call[], past: Outcome, { limits, onEntry }: Trial) {
  const entries = [...past.entries];
  const charged = new Map(past.charged);
  let { overrunNanoUsd } = past;
  let ledger = entries.reduce(evolve, createLedger(limits.run, limits.scopes));
  onEntry(ledger, overrunNanoUsd);
  const append = (entry: Entry) => {
    entries.push(entry);
    ledger = evolve(ledger, entry);
    onEntry(ledger, overrunNanoUsd);
  };
  const openings = new Map<string, AttemptOpening>();
  const tries = new Map<string, string[]>();

  const server = new ScriptedLlmClient(async (asked, { stepId }) => {
    const call = calls[Number(stepId.split('/')[1])] ?? expect.fail('no such call');
    const made = tries.get(stepId) ?? [];
    for (let turn = 0; turn < call.turns; turn += 1) await Promise.resolve();
    const attemptId = made.at(-1) ?? expect.fail('asked without a reservation');
    const { reply, charge } = answer(asked, call.endings[made.length - 1] ?? { type: 'bug' });
    charged.set(attemptId, charge);
    overrunNanoUsd += Math.max(0, charge - (openings.get(attemptId)?.reservedNanoUsd ?? 0));
    return reply;
  });
  const capped = withCostCap(server, {
    prices,
    tokens: byteTokenCounter,
    ledger: () => ledger,
  });
  const client = withRetry(capped, defaultRetryPolicy, clock);

  await Promise.allSettled(
    calls.map((call, index) => {
      const stepId = `${String(past.entries.length)}/${String(index)}`;
      const made: string[] = [];
      tries.set(stepId, made);
      return client.complete(
        toRequest(call),
        callOf({
          stepId,
          attempts: {
            open: async (opening) => {
              const attemptId = `${stepId}.${String(made.length + 1)}`;
              openings.set(attemptId, opening);
              append({ type: 'opened', reservation: { attemptId, ...opening } });
              for (let turn = 0; turn < call.turns; turn += 1) await Promise.resolve();
              made.push(attemptId);
              return attemptId;
            },
            close: (attemptId, end) => {
              const opening = openings.get(attemptId) ?? expect.fail('closed what was not open');
              append({ type: 'closed', attemptId, opening, ending: end });
            },
          },
        }),
      );
    }),
  );
  return { outcome: { entries, charged, overrunNanoUsd }, ledger };
}

function toRequest({ model, role, stage, text, wanted, minimum }: Call): LlmRequest {
  return {
    ...request,
    model,
    role,
    ...(stage === undefined ? {} : { stage }),
    messages: [{ role: 'user', content: text }],
    maxOutputTokens: wanted,
    minOutputTokens: Math.min(minimum, wanted),
  };
}

/** What a server answers, and what it charges at least. */
function answer(
  { model, messages, maxOutputTokens }: LlmRequest,
  how: Ending | Overrun,
): { readonly reply: ScriptedReply; readonly charge: number } {
  const price = findPrice(prices, model) ?? expect.fail('no price');
  const inputTokens = 1 + byteTokenCounter.count(messages.map(({ content }) => content).join(''), model);
  const charge = (usage: ReportedUsage) => ({ reply: { text: 'x', usage }, charge: priceOf(price, usage) });
  switch (how.type) {
    case 'answer': {
      const cachedInputTokens = how.part % (inputTokens + 1);
      const cacheWriteTokens = (how.part * 7) % (inputTokens - cachedInputTokens + 1);
      const outputTokens = Math.max(1, Math.floor(maxOutputTokens * how.used));
      return charge({ inputTokens, cachedInputTokens, cacheWriteTokens, outputTokens });
    }
    case 'overrun':
      return charge({ inputTokens, cachedInputTokens: 0, outputTokens: maxOutputTokens + how.more });
    case 'odd':
      return {
        reply: { text: 'x', usage: { inputTokens: how.count, cachedInputTokens: 0, outputTokens: 1 } },
        charge: 0,
      };
    case 'failure': {
      const { mayBeCharged } = how;
      return { reply: new LlmError({ reason: 'rate_limited', seen: 'HTTP 429', mayBeCharged }), charge: 0 };
    }
    case 'bug':
      return { reply: new TypeError('x is not a function'), charge: 0 };
  }
}

/** What of a process is left when it dies: the records up to a point, and what the server charged for them. */
function crashAfter({ entries, charged }: Outcome, at: number): Outcome {
  const kept = entries.slice(0, entries.length === 0 ? 0 : at % (entries.length + 1));
  const known = new Set(
    kept.flatMap((entry) => (entry.type === 'opened' ? [entry.reservation.attemptId] : [])),
  );
  const overrunNanoUsd = kept.reduce((sum, entry) => {
    if (entry.type === 'opened') return sum;
    return sum + Math.max(0, entry.ending.bookedNanoUsd - entry.opening.reservedNanoUsd);
  }, 0);
  return { entries: kept, charged: new Map([...charged].filter(([id]) => known.has(id))), overrunNanoUsd };
}

const nothing: Outcome = { entries: [], charged: new Map(), overrunNanoUsd: 0 };

/** A run in two processes, the first of which dies somewhere. */
function history<Kind>(endings: fc.Arbitrary<Kind>) {
  const calls = fc.array(callWith(endings), { maxLength: 5 });
  return fc.tuple(calls, calls, caps, fc.nat());
}

/** What is set aside for attempts of which nobody knows what they cost. */
function reservedBy({ entries }: Outcome): readonly number[] {
  const closed = new Set(entries.flatMap((entry) => (entry.type === 'opened' ? [] : [entry.attemptId])));
  return entries.flatMap((entry) =>
    entry.type === 'opened' && !closed.has(entry.reservation.attemptId)
      ? [entry.reservation.reservedNanoUsd]
      : [],
  );
}

const totalOf = (amounts: Iterable<number>) => [...amounts].reduce((sum, amount) => sum + amount, 0);

describe('the cap', () => {
  it(
    'O2: holds for the run, its roles and its stages in every history, and covers what was charged',
    { timeout: 120_000 },
    async () => {
      let attempts = 0;

      await fc.assert(
        fc.asyncProperty(history(ending), async ([first, second, limits, crashAt]) => {
          const onEntry = (ledger: CostLedger) => {
            for (const [scope, cap] of capsOf(limits)) {
              const { bookedNanoUsd, reservedNanoUsd } = spentIn(ledger, scope);
              if (bookedNanoUsd + reservedNanoUsd > cap)
                expect.fail(`over the cap of ${JSON.stringify(scope)}`);
            }
          };
          const before = await runProcess(first, nothing, { limits, onEntry });
          const left = crashAfter(before.outcome, crashAt);
          const { outcome, ledger } = await runProcess(second, left, { limits, onEntry });

          attempts += outcome.charged.size;
          expect(outcome.overrunNanoUsd).toBe(0);
          expect(before.ledger.reservedNanoUsd).toBe(totalOf(reservedBy(before.outcome)));
          expect(totalOf(outcome.charged.values())).toBeLessThanOrEqual(
            ledger.bookedNanoUsd + ledger.reservedNanoUsd,
          );
        }),
        { numRuns: 10_000 },
      );

      expect(attempts).toBeGreaterThan(10_000);
    },
  );

  it(
    'is passed by no more than what servers answered beyond their limits',
    { timeout: 120_000 },
    async () => {
      let overruns = 0;

      await fc.assert(
        fc.asyncProperty(history(fc.oneof(ending, overrun)), async ([first, second, limits, crashAt]) => {
          const onEntry = (ledger: CostLedger, beyond: number) => {
            for (const [scope, cap] of capsOf(limits)) {
              const { bookedNanoUsd, reservedNanoUsd } = spentIn(ledger, scope);
              if (bookedNanoUsd + reservedNanoUsd > cap + beyond)
                expect.fail(`over the cap of ${JSON.stringify(scope)}`);
            }
          };
          const before = await runProcess(first, nothing, { limits, onEntry });
          const { outcome } = await runProcess(second, crashAfter(before.outcome, crashAt), {
            limits,
            onEntry,
          });

          overruns += outcome.overrunNanoUsd > 0 ? 1 : 0;
        }),
        { numRuns: 1_000 },
      );

      expect(overruns).toBeGreaterThan(50);
    },
  );
});
