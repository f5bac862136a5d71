import { addEvent } from './add-event.ts';
import { addMemory } from './add-memory.ts';
import { addNotes } from './add-notes.ts';
import { addProjects } from './add-projects.ts';
import { addRounds } from './add-rounds.ts';
import { readFindings } from './old-finding.ts';
import { namedFolders } from './named-folders.ts';
import type { OldRun, OldStage } from './old-run.ts';
import { memoryShape, roadmapShape, roundShape, runShape, stageShape } from './old-shapes.ts';
import { isFacts } from './read-documents.ts';
import { readMoments } from './read-moment.ts';
import { readSums } from './read-sums.ts';
import type { StateKind } from './state-file.ts';

type Facts = Readonly<Record<string, unknown>>;

/** What a run is with one more document of its files; paid calls are kept apart, see `readCall`. */
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
    case 'run-log':
    case 'checkpoint':
      return addFacts(stamped, document);
  }
}

/** The run with the first and the last moment it is told of. */
export function addMoments(run: OldRun, document: Facts, nowMs: number): OldRun {
  const read = readMoments(document, nowMs);
  const moments = [...run.moments, ...read.map(({ ms }) => ms)];
  const isSettled = moments.length > 2;
  return addNotes(
    { ...run, moments: isSettled ? [Math.min(...moments), Math.max(...moments)] : moments },
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
  const told = {
    ...known,
    task: run.task ?? task,
    mode: run.mode ?? mode,
    finalStatus: run.finalStatus ?? final,
    // A sum for each role says more than one for all.
    sums: sums.length > run.sums.length ? sums : run.sums,
  };
  return addProjects(told, namedFolders(parsed));
}

function lastOf(value: unknown): unknown {
  const values: readonly unknown[] = Array.isArray(value) ? value : [];
  return values.at(-1);
}
