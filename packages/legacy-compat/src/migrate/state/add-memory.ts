import { addNotes } from './add-notes.ts';
import { MOST_FINDINGS, MOST_MEMORIES } from './limits.ts';
import { mergeFindings } from './old-finding.ts';
import type { OldMemory, OldRun } from './old-run.ts';

const TOO_MANY = `files tell of more than ${String(MOST_MEMORIES)} stages; the others were left out`;

/** What one place says about the work on a stage; what it does not say is left out. */
export type ToldMemory = Pick<OldMemory, 'stageId'> & Partial<OldMemory>;

/**
 * A run with one more telling of the work on a stage. Memory, summary and log say the same in part: what one leaves
 * out another may say, and of two summaries the longer one counts.
 */
export function addMemory(run: OldRun, told: ToldMemory): OldRun {
  const before = run.memories.find(({ stageId }) => stageId === told.stageId);
  if (before === undefined && run.memories.length >= MOST_MEMORIES) return addNotes(run, [TOO_MANY]);
  const { memory, isCut } = join(before ?? toEmpty(told.stageId), told);
  const memories =
    before === undefined
      ? [...run.memories, memory]
      : run.memories.map((each) => (each === before ? memory : each));
  const name = memory.stageName || memory.stageId || 'a stage without a name';
  return addNotes(
    { ...run, memories },
    isCut ? [`${name} has more than ${String(MOST_FINDINGS)} findings; the others were left out`] : [],
  );
}

function toEmpty(stageId: string): OldMemory {
  return { stageId, stageName: '', finalStatus: '', iterations: 0, summary: '', findings: [] };
}

function join(before: OldMemory, told: ToldMemory): { readonly memory: OldMemory; readonly isCut: boolean } {
  const { stageId, stageName, finalStatus, iterations, summary, findings } = { ...toEmpty(''), ...told };
  const merged = mergeFindings(before.findings, findings);
  const memory = {
    stageId,
    stageName: before.stageName || stageName,
    finalStatus: before.finalStatus || finalStatus,
    iterations: Math.max(before.iterations, iterations),
    summary: before.summary.length < summary.length ? summary : before.summary,
    findings: merged.findings,
  };
  return { memory, isCut: merged.isCut };
}
