import { addMemory } from './add-memory.ts';
import { readFindings } from './old-finding.ts';
import { addProjects } from './add-projects.ts';
import { addRounds } from './add-rounds.ts';
import { addWritten } from './add-written.ts';
import type { OldRun } from './old-run.ts';
import { eventFactsShape, eventShape } from './old-shapes.ts';
import { readSums } from './read-sums.ts';

type Facts = Readonly<Record<string, unknown>>;

/** What a run is with one more event of its structured log. */
export function addEvent(run: OldRun, document: Facts): OldRun {
  const { type, facts } = eventShape.parse(document);
  const { task_description: description, task = description, mode, config } = eventFactsShape.parse(facts);
  return follow({ ...run, task: run.task ?? task, mode: run.mode ?? mode ?? config.mode }, type, facts);
}

function follow(run: OldRun, type: string, facts: Facts): OldRun {
  const parsed = eventFactsShape.parse(facts);
  const { status, iteration, project_folder: folder, original_task: task, files } = parsed;
  switch (type) {
    case 'start':
      return folder === undefined ? run : addProjects(run, [folder]);
    case 'final_status':
      return addTotal({ ...run, finalStatus: status ?? run.finalStatus }, facts);
    case 'security_task_blocked':
      return { ...run, task: run.task ?? task, finalStatus: run.finalStatus ?? 'blocked_security' };
    case 'iteration_end':
      return addStage(addRounds(run, [{ number: iteration, status: status ?? '' }]), facts);
    // Its log tells of the review here, and of the round only that it is over.
    case 'cost_checkpoint':
      return status === undefined ? run : addRounds(run, [{ number: iteration, status }], 'read');
    case 'file_write':
      return addWritten(run, iteration, files);
    case 'memory_created':
    case 'stage_started':
    case 'stage_completed':
      return addStage(run, facts);
    case 'finding_added':
      return addStage(run, facts, [facts]);
    default:
      return run;
  }
}

function addStage(run: OldRun, facts: Facts, found: readonly Facts[] = []): OldRun {
  const { stage_id: stageId, stage_name: stageName, status, iterations } = eventFactsShape.parse(facts);
  if (stageId === undefined) return run;
  return addMemory(run, {
    stageId,
    stageName,
    finalStatus: status ?? '',
    iterations,
    findings: readFindings(found).findings,
  });
}

/** The event tells the sum of the whole run, and not for whom. */
function addTotal(run: OldRun, { total_cost_usd: total }: Facts): OldRun {
  return run.sums.length > 0 ? run : { ...run, sums: readSums({ total_usd: total }) };
}
