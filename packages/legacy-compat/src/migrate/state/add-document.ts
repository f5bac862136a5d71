import type { z } from 'zod';

import { chargedPrices } from '../../dialects/charged-prices.ts';
import { addEvent } from './add-event.ts';
import { addMemory } from './add-memory.ts';
import { addNotes } from './add-notes.ts';
import { readFindings } from './old-finding.ts';
import { addRounds, type OldRun, type OldStage } from './old-run.ts';
import { callShape, memoryShape, roadmapShape, roundShape, runShape, stageShape } from './old-shapes.ts';
import { isFacts } from './read-documents.ts';
import { readMoment } from './read-moment.ts';
import { readSums } from './read-sums.ts';
import type { StateKind } from './state-file.ts';

type Facts = Readonly<Record<string, unknown>>;

const STAMPS = [
  'timestamp',
  'ts',
  'time',
  'created_at',
  'started_at',
  'finished_at',
  'ended_at',
  'updated_at',
];

const TOKENS_PER_PRICE = 1_000_000;

/** What a run is with one more document of its files. */
export function addDocument(
  run: OldRun,
  kind: StateKind,
  { document, nowMs }: { document: Facts; nowMs: number },
): OldRun {
  const stamped = addMoments(run, document, nowMs);
  switch (kind) {
    case 'workflow':
      return addWorkflow(stamped, document);
    case 'memory':
    case 'summary':
      return addStageFile(stamped, document);
    case 'event-log':
      return addEvent(stamped, document);
    case 'cost-log':
      return addCost(stamped, document, nowMs);
    case 'run-log':
    case 'checkpoint':
      return addFacts(stamped, document);
  }
}

function addMoments(run: OldRun, document: Facts, nowMs: number): OldRun {
  const read = STAMPS.flatMap((name) => readMoment(document[name], nowMs) ?? []);
  return addNotes(
    { ...run, moments: [...run.moments, ...read.map(({ ms }) => ms)] },
    read.flatMap(({ note }) => note ?? []),
  );
}

/** The roadmap stands at the top of the file or inside; the current one is the last. */
function addWorkflow(run: OldRun, document: Facts): OldRun {
  const inside = [document['roadmap'], document['current_roadmap'], lastOf(document['roadmaps'])].find(
    isFacts,
  );
  const {
    version,
    stages: written,
    active_stage_id: active,
  } = roadmapShape.parse({ ...document, ...inside });
  const stages = written.flatMap((stage, index) => toStage(stage, index));
  const activeStageId = active ?? null;
  const changes = document['mutations'] ?? document['history'] ?? document['roadmap_history'];
  const known = { ...run, stages, activeStageId, mutations: Array.isArray(changes) ? changes.length : 0 };
  return addNotes({ ...addFacts(known, document), roadmapVersion: version }, [
    ...(stages.length === written.length
      ? []
      : ['some stages of the roadmap are no objects; they were left out']),
    ...(stages.length === 0 ? ['the roadmap has no stages that could be read'] : []),
    ...(activeStageId === null || stages.some(({ id }) => id === activeStageId)
      ? []
      : [`the roadmap calls ${activeStageId} active, which is none of its stages`]),
  ]);
}

function toStage(written: unknown, index: number): OldStage[] {
  const parsed = stageShape.safeParse(written);
  if (!parsed.success) return [];
  const { id, name, status, audit_count, categories, plan_steps, regression_source } = parsed.data;
  const shown = name.trim() === '' ? `Stage ${String(index + 1)}` : name.trim();
  return [
    {
      id: id === '' ? `stage-${String(index + 1)}` : id,
      name: shown,
      status,
      auditCount: audit_count,
      categories,
      planSteps: plan_steps,
      regressionSource: regression_source,
    },
  ];
}

function addStageFile(run: OldRun, document: Facts): OldRun {
  const { stage_id, stage_name, final_status, iterations, summary, ...rest } = memoryShape.parse(document);
  const { findings, unreadable } = readFindings(rest.findings);
  const told = {
    stageId: stage_id,
    stageName: stage_name,
    finalStatus: final_status,
    iterations,
    summary,
    findings,
  };
  const name = stage_name || stage_id || 'a stage without a name';
  return addNotes(
    addMemory(run, told),
    unreadable === 0
      ? []
      : [
          `${String(unreadable)} of the findings of ${name} say nothing that could be read; they were left out`,
        ],
  );
}

function addFacts(run: OldRun, document: Facts): OldRun {
  const parsed = runShape.parse(document);
  const { task, mode, status, final_status: final = status, iterations, cost_summary: costs } = parsed;
  const rounds = iterations.flatMap((written, index) => {
    const round = roundShape.safeParse(written);
    return round.success ? [{ number: round.data.iteration || index + 1, status: round.data.status }] : [];
  });
  const sums = readSums(costs);
  const known = addRounds(run, rounds, 'read');
  return {
    ...known,
    task: run.task ?? task,
    mode: run.mode ?? mode,
    finalStatus: run.finalStatus ?? final,
    // A sum for each role says more than one for all.
    sums: sums.length > run.sums.length ? sums : run.sums,
    projects: [...new Set([...run.projects, ...namedFolders(parsed)])],
  };
}

function namedFolders({
  history_folder: history,
  project_subdir: subfolder,
  project,
}: z.infer<typeof runShape>): readonly string[] {
  return [history?.replace(/[\\/]+\.history[\\/]*$/u, ''), subfolder, project]
    .filter((each) => each !== undefined)
    .filter((each) => each.trim() !== '');
}

/** A cost log has paid calls, and one line about the run. */
function addCost(run: OldRun, document: Facts, nowMs: number): OldRun {
  const parsed = callShape.safeParse(document);
  if (!parsed.success) return addFacts(run, document);
  const {
    role,
    model,
    prompt_tokens: inputTokens,
    completion_tokens: outputTokens,
    cost_usd,
    usd = cost_usd,
  } = parsed.data;
  const atMs = STAMPS.flatMap((name) => readMoment(document[name], nowMs)?.ms ?? []).at(0);
  const price = chargedPrices.models[model];
  const charged =
    price === undefined ? 0 : (inputTokens * price.input + outputTokens * price.output) / TOKENS_PER_PRICE;
  const call = { role, model, inputTokens, outputTokens, usd: usd ?? charged, atMs };
  const notes =
    usd === undefined ? ['calls without a price were counted at what the predecessor charged'] : [];
  return addNotes({ ...run, calls: [...run.calls, call] }, notes);
}

function lastOf(value: unknown): unknown {
  const values: readonly unknown[] = Array.isArray(value) ? value : [];
  return values.at(-1);
}
