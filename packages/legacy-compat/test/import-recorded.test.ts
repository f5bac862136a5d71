import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';

import { MarkerSecretScanner } from '@jarvis/core/testing';
import { findImported, toRoadmapSummary } from '@jarvis/legacy-compat/migrate';
import { readRun } from '@jarvis/loops';
import { beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';

import { OldState } from './old-state.ts';

const facts = z.record(z.string(), z.unknown());
const stageSchema = z.object({
  id: z.string(),
  name: z.string(),
  status: z.string(),
  auditCount: z.number(),
  categories: z.array(z.string()),
  planSteps: z.array(z.number()),
  regressionSource: z.string().nullable(),
});

/** What was recorded of the state a run of the predecessor left. */
const traceSchema = z.object({
  status: z.object({
    coreLog: z.string().nullable(),
    costLog: z.array(facts),
    runLog: z.array(facts),
  }),
  events: z.array(facts),
  workflow: z
    .object({
      roadmapVersions: z.number(),
      mutations: z.array(facts),
      activeStageId: z.string().nullable(),
      stages: z.array(stageSchema),
    })
    .nullable(),
  stageMemory: z.array(
    z.object({
      stageId: z.string(),
      stageName: z.string(),
      finalStatus: z.string().nullable(),
      iterations: z.number(),
      summary: z.string(),
    }),
  ),
  cost: z.object({ summary: z.object({ total_usd: z.number() }).nullable() }),
  snapshots: z.record(z.string(), z.array(z.object({ path: z.string() }))).nullable(),
});

type Trace = z.infer<typeof traceSchema>;

const scenarios = globSync(
  fileURLToPath(new URL('../../../tools/baseline/scenarios/*.json', import.meta.url)),
).map((file) => ({
  name: basename(file, '.json'),
  trace: z.object({ trace: traceSchema }).parse(JSON.parse(readFileSync(file, 'utf8'))).trace,
}));

let old: OldState;

beforeEach(() => {
  old = new OldState();
  return () => old.remove();
});

/** Writes the state as it lay on the disk; the recording has left out the id of the run and told folders by a sign. */
function write({ events, status, workflow, stageMemory, snapshots }: Trace): void {
  const named = (value: object) =>
    z
      .record(z.string(), z.unknown())
      .parse(JSON.parse(JSON.stringify(value).replaceAll('<out>', '/old/sites/x')));
  if (events.length > 0) old.log('run_logs_main/run.jsonl', ...events.map(named));
  for (const run of status.runLog) old.log('run_logs/x/run.jsonl', { ...named(run), run_id: 'run' });
  if (status.costLog.length > 0) old.log('cost_logs/x.jsonl', ...status.costLog.map(named));
  if (workflow !== null) old.put('run_workflows/run_workflow.json', toWorkflow(workflow));
  for (const memory of stageMemory) {
    const { stageId, stageName, finalStatus, iterations, summary } = memory;
    old.put(`memory_store/run/${stageId}.json`, {
      stage_id: stageId,
      stage_name: stageName,
      final_status: finalStatus,
      iterations,
      summary,
    });
  }
  for (const [folder, files] of Object.entries(snapshots ?? {}))
    for (const { path } of files) old.put(`sites/x/.history/${folder}/${path}`, `${folder} ${path}`);
}

function toWorkflow({ roadmapVersions, mutations, activeStageId, stages }: NonNullable<Trace['workflow']>) {
  return {
    mutations,
    roadmap: {
      version: roadmapVersions,
      active_stage_id: activeStageId,
      stages: stages.map(({ auditCount, planSteps, regressionSource, ...stage }) => ({
        ...stage,
        audit_count: auditCount,
        plan_steps: planSteps,
        regression_source: regressionSource,
      })),
    },
  };
}

async function importOne(trace: Trace) {
  write(trace);
  const report = await old.import({ snapshotScanner: new MarkerSecretScanner() });
  const runId = report.runs[0]?.runId ?? '';
  const run = await findImported(old.journal, runId);
  if (run === undefined) expect.fail('nothing was imported');
  return { report, run, view: await readRun(old.journal, runId) };
}

const ofType = ({ events }: Trace, type: string) => events.filter((event) => event['type'] === type);

describe.each(scenarios.filter(({ trace }) => trace.events.length > 0))(
  'the state that $name left',
  ({ trace }) => {
    it('becomes one run, with its task, its status, what it cost and nothing that is not understood', async () => {
      const { report, run, view } = await importOne(trace);

      const blocked = ofType(trace, 'security_task_blocked').length > 0 ? 'blocked_security' : undefined;
      const told = trace.status.coreLog ?? trace.status.runLog[0]?.['final_status'] ?? blocked;
      const isCostTold =
        trace.status.runLog.length > 0 || ofType(trace, 'final_status')[0]?.['total_cost_usd'];
      expect(report).toMatchObject({ runs: [{ oldId: 'run' }], problems: [] });
      expect(view.task).not.toContain('A run of the predecessor');
      expect(run.finalStatus).toBe(told);
      if (isCostTold) expect(view.cost.spentUsd).toBeCloseTo(trace.cost.summary?.total_usd ?? 0, 6);
    });

    it('keeps every stage, every finding and the old shape of the roadmap', async () => {
      const { run, view } = await importOne(trace);

      const found = ofType(trace, 'finding_added').map(({ description }) => description);
      const stages = (trace.workflow?.stages ?? []).map(({ id, name, status }) => [id, name, status]);
      const shown = view.stages.flatMap(({ findings }) => findings.map(({ finding }) => finding.description));
      expect(toRoadmapSummary(run).stages.map(({ id, name, status }) => [id, name, status])).toEqual(stages);
      expect(shown.sort()).toEqual(found.sort());
    });

    it('keeps every round and the files of it', async () => {
      const { report, run } = await importOne(trace);

      const kept = Object.entries(trace.snapshots ?? {}).filter(([, files]) => files.length > 0);
      const numbers = kept.map(([folder]) => Number(folder.replace('iteration_', '')));
      expect(run.rounds).toHaveLength(ofType(trace, 'iteration_end').length);
      expect(report.histories.flatMap(({ rounds }) => rounds)).toEqual(numbers);
      expect(report.histories.flatMap(({ because }) => because ?? [])).toEqual([]);
    });
  },
);
