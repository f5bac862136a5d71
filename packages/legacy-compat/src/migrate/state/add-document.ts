import { chargedPrices } from '../../dialects/charged-prices.ts';
import type { OldRun, OldStage } from './old-run.ts';
import {
  callShape,
  eventFactsShape,
  eventShape,
  memoryShape,
  roadmapShape,
  roundShape,
  runShape,
  stageShape,
} from './old-shapes.ts';
import { isFacts } from './read-documents.ts';
import { readMoment } from './read-moment.ts';
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
      return addMemory(stamped, document);
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

/** Adds what was not said before. */
export function addNotes(run: OldRun, notes: readonly string[]): OldRun {
  return { ...run, notes: [...new Set([...run.notes, ...notes])] };
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

/** The memory and the summary of a stage say the same twice: the one that says more counts. */
function addMemory(run: OldRun, document: Facts): OldRun {
  const { stage_id, stage_name, final_status, iterations, summary, findings } = memoryShape.parse(document);
  const memory = {
    stageId: stage_id,
    stageName: stage_name,
    finalStatus: final_status,
    iterations,
    summary,
    findings,
  };
  const before = run.memories.find(({ stageId }) => stageId === stage_id);
  const isBetter = before === undefined || before.summary.length < summary.length;
  const others = run.memories.filter((each) => each !== before);
  return isBetter ? { ...run, memories: [...others, memory] } : run;
}

function addEvent(run: OldRun, document: Facts): OldRun {
  const { type, facts } = eventShape.parse(document);
  const { task_description: description, task = description, mode, status } = eventFactsShape.parse(facts);
  return {
    ...run,
    task: run.task ?? task,
    mode: run.mode ?? mode,
    finalStatus: type === 'final_status' ? (status ?? run.finalStatus) : run.finalStatus,
  };
}

function addFacts(run: OldRun, document: Facts): OldRun {
  const { task, mode, status, final_status: final = status, iterations } = runShape.parse(document);
  const rounds = iterations.flatMap((written, index) => {
    const parsed = roundShape.safeParse(written);
    return parsed.success ? [{ number: parsed.data.iteration || index + 1, status: parsed.data.status }] : [];
  });
  return {
    ...run,
    task: run.task ?? task,
    mode: run.mode ?? mode,
    finalStatus: run.finalStatus ?? final,
    rounds: rounds.length > run.rounds.length ? rounds : run.rounds,
  };
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
