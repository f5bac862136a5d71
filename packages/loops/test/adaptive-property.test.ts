import { LlmError } from '@jarvis/core';
import { type RunResult } from '@jarvis/loops';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  createStageTeam,
  fileOf,
  requirementOf,
  type StageScript,
  wordCheck,
  write,
} from './adaptive-team.ts';

const task = 'Build a site about knots';
const NAMES = ['Alpha', 'Beta', 'Gamma'];
const LIMITS = { maxRounds: 2, maxAuditsPerStage: 2, maxReopensPerStage: 1, maxStages: 6 };
const MOST_CALLS = 400;

/** What an employee may do: good work, what a check refuses, another stage's file, the same again, nonsense, silence. */
const workKind = fc.constantFrom(
  'good',
  'good',
  'bad',
  'foreign',
  'foreign-bad',
  'same',
  'outside',
  'prose',
  'lost',
);
const auditKind = fc.constantFrom(
  'content',
  'content',
  'error',
  'no-evidence',
  'warning',
  'earlier',
  'contradiction',
  'add',
  'skip',
  'prose',
  'lost',
);

interface Behaviour {
  readonly work: readonly string[];
  readonly audit: readonly string[];
  readonly agrees: readonly boolean[];
  readonly approves: readonly boolean[];
  readonly steps: number;
}

const behaviour: fc.Arbitrary<Behaviour> = fc.record({
  work: fc.array(workKind, { minLength: 1, maxLength: 12 }),
  audit: fc.array(auditKind, { minLength: 1, maxLength: 12 }),
  agrees: fc.array(fc.boolean(), { minLength: 1, maxLength: 4 }),
  approves: fc.array(fc.boolean(), { minLength: 1, maxLength: 3 }),
  steps: fc.integer({ min: 1, max: 2 }),
});

/** Takes turns through a list; what was not asked for yet comes first. */
function takeTurns<Value>(values: readonly Value[]): () => Value | undefined {
  let asked = 0;
  return () => {
    asked += 1;
    return values[(asked - 1) % values.length];
  };
}

const lost = () =>
  new LlmError({ reason: 'connection_lost', seen: 'the server hung up', mayBeCharged: false });

function toScript({ work, audit, agrees, approves, steps }: Behaviour): StageScript {
  const nextWork = takeTurns(work);
  const nextAudit = takeTurns(audit);
  const nextAgreed = takeTurns(agrees);
  const nextApproved = takeTurns(approves);
  let calls = 0;
  const doWork: Record<string, (stage: string) => ReturnType<NonNullable<StageScript['work']>>> = {
    good: (stage) => [write(fileOf(stage), `good ${String(calls)}`)],
    bad: (stage) => [write(fileOf(stage), `BROKEN ${String(calls)}`)],
    foreign: () => [write(fileOf('Alpha'), `good ${String(calls)}`)],
    'foreign-bad': () => [write(fileOf('Alpha'), `BROKEN ${String(calls)}`)],
    same: (stage) => [write(fileOf(stage), 'always the same')],
    outside: () => [write('../outside.html', 'x')],
    prose: () => 'I would rather not.',
  };
  const found = (stage: string, severity: string, requirement?: string) => [
    { severity, file: fileOf(stage), quote: 'o', description: `It is grey ${String(calls)}`, requirement },
  ];
  const look: Record<string, (stage: string) => ReturnType<NonNullable<StageScript['audit']>>> = {
    error: (stage) => ({ findings: found(stage, 'error', requirementOf(stage)), open: [] }),
    'no-evidence': (stage) => ({ findings: found(stage, 'error') }),
    warning: (stage) => ({ findings: found(stage, 'warning') }),
    earlier: () => ({ findings: found('Alpha', 'error', requirementOf('Alpha')) }),
    contradiction: (stage) => ({ findings: found(stage, 'error', requirementOf(stage)) }),
    add: () => ({ suggestions: [{ type: 'add', name: `More ${String(calls)}`, goal: 'x', reason: 'x' }] }),
    skip: () => ({ suggestions: [{ type: 'skip', stage: 'gamma', reason: 'Needless' }] }),
    prose: () => 'It is fine, I think.',
  };
  const count = () => {
    calls += 1;
    if (calls > MOST_CALLS) throw new TypeError(`more than ${String(MOST_CALLS)} calls`);
  };
  const orLost = <Answer>(kind: string | undefined, answer: (kind: string) => Answer): Answer => {
    if (kind === 'lost') throw lost();
    return answer(kind ?? '');
  };
  return {
    stages: NAMES.map((name) => ({ name })),
    stepsPerStage: steps,
    onAsked: count,
    work: ({ stage }) => orLost(nextWork(), (kind) => doWork[kind]?.(stage)),
    audit: ({ stage }) => orLost(nextAudit(), (kind) => look[kind]?.(stage)),
    decide: () => nextAgreed() ?? false,
    review: () => (nextApproved() === true ? [] : ['Not yet.']),
  };
}

/** Stages that are over must not hide an error nobody has accepted; one of the first stage's is mended there. */
function hidesErrors({ status, roadmap, rounds }: RunResult): boolean {
  if (status !== 'done') return false;
  const lastOfAlpha = rounds.findLast(({ stage }) => stage === 'alpha')?.number ?? 0;
  return (roadmap?.stages ?? []).some(({ id, note, status: stage }) => {
    if (stage !== 'completed' || note !== undefined) return false;
    const last = rounds.findLast((round) => round.stage === id && round.audit !== undefined);
    const errors = last?.audit?.findings.filter(({ severity }) => severity === 'error') ?? [];
    return errors.some(
      ({ requirement }) =>
        id === 'alpha' || requirement !== requirementOf('Alpha') || lastOfAlpha < (last?.number ?? 0),
    );
  });
}

describe('a team that behaves in any way', () => {
  it(
    'always comes to an end, within its calls and what was estimated at most, and hides no error',
    { timeout: 240_000 },
    async () => {
      await fc.assert(
        fc.asyncProperty(behaviour, async (behaves) => {
          const { jarvis, llm } = createStageTeam(toScript(behaves), {
            checks: [wordCheck('whole', 'BROKEN')],
            config: { loop: LIMITS, costs: { capUsd: 0.5 } },
          });

          const most = (await jarvis.preview({ task })).estimate?.highUsd;
          const result = await jarvis.run({ task });
          const { runId } = result;
          const again = result.status === 'parked' ? await jarvis.resume(runId) : result;

          for (const each of [result, again]) {
            expect(most).toBe(0.5);
            expect(['done', 'partial', 'parked']).toContain(each.status);
            expect(each.reason).not.toBe('unexpected');
            expect(each.cost.spentUsd).toBeLessThanOrEqual(most === 'unlimited' ? Infinity : (most ?? -1));
            expect(hidesErrors(each)).toBe(false);
            expect(each.roadmap?.stages.length ?? 0).toBeLessThanOrEqual(LIMITS.maxStages);
          }
          expect(llm.requests.length).toBeLessThan(MOST_CALLS);
        }),
        { numRuns: 60, seed: 20_261_122 },
      );
    },
  );
});
