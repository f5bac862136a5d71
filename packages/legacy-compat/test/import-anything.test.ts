import { readRun } from '@jarvis/loops';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { OldState } from './old-state.ts';

const PATHS = [
  'run_workflows/r_workflow.json',
  'memory_store/r/s.json',
  'stage_summaries/r/s.json',
  'run_logs_main/r.jsonl',
  'run_logs/r.json',
  'cost_logs/r.jsonl',
  'agent/cost_history.json',
  'checkpoint.json',
];

const NAMES = [
  'active_stage_id',
  'audit_count',
  'by_role',
  'categories',
  'checkpoint_version',
  'completion_tokens',
  'config',
  'cost_summary',
  'created_at',
  'description',
  'event_type',
  'file_path',
  'files',
  'final_status',
  'findings',
  'history_folder',
  'id',
  'iteration',
  'iterations',
  'mode',
  'model',
  'mutations',
  'name',
  'payload',
  'plan_steps',
  'project',
  'prompt_tokens',
  'regression_source',
  'resolved',
  'roadmap',
  'role',
  'run_id',
  'severity',
  'stage_id',
  'stage_name',
  'stages',
  'status',
  'summary',
  'task',
  'timestamp',
  'total_usd',
  'type',
  'usd',
  'version',
  '__proto__',
  'constructor',
];

const WORDS = [
  '',
  ' ',
  'r',
  's',
  'S',
  's (2)',
  '1.0',
  'approved',
  'completed',
  'skipped',
  'reopened',
  'active',
  'phase3',
  '3loop',
  'manager',
  'gpt-4o',
  'error',
  'start',
  'final_status',
  'iteration_end',
  'stage_completed',
  'finding_added',
  'cost_checkpoint',
  'file_write',
  '2026-01-02 10:00:00',
  '/site/.history/',
  'C:\\site\\.history\\',
  'constructor',
  '__proto__',
  '\u0000\u202e',
  '\ud800',
  'İ',
];

const NUMBERS = [0, -0, -1, 0.5, 1, 2, 1e9, 1e15, 2 ** 53, 1e21, 1e300, -1e300, Number.MIN_VALUE];

const leaf = fc.oneof(
  { arbitrary: fc.constantFrom(...WORDS), weight: 5 },
  { arbitrary: fc.constantFrom(...NUMBERS), weight: 3 },
  fc.string(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.boolean(),
  fc.constant(null),
);

/** Old documents: the names the import looks for, with anything behind them. */
const { value: anything } = fc.letrec<{ value: unknown; record: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    { arbitrary: leaf, weight: 4 },
    { arbitrary: tie('record'), weight: 3 },
    { arbitrary: fc.array(tie('value'), { maxLength: 5 }), weight: 2 },
  ),
  record: fc
    .array(fc.tuple(fc.constantFrom(...NAMES), tie('value')), { maxLength: 10 })
    .map((entries) => Object.fromEntries(entries)),
}));

const stage = fc.record(
  {
    id: fc.constantFrom('s', 't', '', ' '),
    name: fc.constantFrom(...WORDS),
    status: fc.constantFrom('pending', 'active', 'completed', 'skipped', 'reopened', 'odd', ''),
    plan_steps: fc.array(leaf, { maxLength: 3 }),
    categories: fc.array(leaf, { maxLength: 3 }),
    regression_source: leaf,
  },
  { requiredKeys: [] },
);

const finding = fc.record(
  { description: leaf, severity: leaf, status: leaf, file_path: leaf },
  { requiredKeys: [] },
);

/** Documents that say what such files say, with values no such file has. */
const likely = fc.oneof(
  fc.record({ task: leaf, stages: fc.array(stage, { maxLength: 6 }), created_at: leaf }),
  fc.record({ stage_id: fc.constantFrom('s', 't', ' '), findings: fc.array(finding), final_status: leaf }),
  fc.record({
    run_id: leaf,
    role: fc.string(),
    model: fc.constantFrom(...WORDS),
    prompt_tokens: leaf,
    completion_tokens: leaf,
    usd: leaf,
    ts: leaf,
  }),
  fc.record({
    run_id: leaf,
    mode: leaf,
    iterations: fc.array(fc.record({ iteration: leaf, status: leaf })),
    cost_summary: fc.record({ total_usd: leaf, by_role: anything }),
  }),
  fc.record({
    type: fc.constantFrom(...WORDS),
    iteration: leaf,
    iterations: leaf,
    files: fc.array(leaf, { maxLength: 3 }),
    stage_id: leaf,
    status: leaf,
    timestamp: leaf,
  }),
);

const file = fc.record({
  path: fc.constantFrom(...PATHS),
  documents: fc.array(fc.oneof(likely, anything), { minLength: 1, maxLength: 5 }),
  cut: fc.option(fc.nat({ max: 40 }), { nil: 0 }),
});

/** Lines where the place wants lines, and one value or a list of them elsewhere. */
function toText({ path, documents }: { readonly path: string; readonly documents: readonly unknown[] }) {
  if (path.endsWith('.jsonl')) return documents.map((each) => `${JSON.stringify(each)}\n`).join('');
  return JSON.stringify(documents.length === 1 ? documents[0] : documents);
}

describe('any old files', () => {
  it('are imported without an error, and every run that is made of them can be shown', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(file, { minLength: 1, maxLength: 5 }), async (files) => {
        const old = new OldState();
        try {
          for (const { path, documents, cut } of files) {
            const text = toText({ path, documents });
            old.put(path, text.slice(0, text.length - cut));
          }

          const { runs } = await old.import();
          const again = await old.import();

          expect(runs.map(({ outcome, notes }) => (outcome === 'imported' ? outcome : notes))).toEqual(
            runs.map(() => 'imported'),
          );
          expect(again.runs.map(({ outcome }) => outcome)).toEqual(runs.map(() => 'known'));
          for (const { runId } of runs) expect((await readRun(old.journal, runId)).runId).toBe(runId);
        } finally {
          old.remove();
        }
      }),
      { numRuns: 300 },
    );
  });
});
