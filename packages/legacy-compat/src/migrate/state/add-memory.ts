import { mergeFindings } from './old-finding.ts';
import type { OldMemory, OldRun } from './old-run.ts';

/** What one place says about the work on a stage; what it does not say is left out. */
export type ToldMemory = Pick<OldMemory, 'stageId'> & Partial<OldMemory>;

/**
 * A run with one more telling of the work on a stage. Memory, summary and log say the same in part: what one leaves
 * out another may say, and of two summaries the longer one counts.
 */
export function addMemory(run: OldRun, told: ToldMemory): OldRun {
  const before = run.memories.find(({ stageId }) => stageId === told.stageId);
  const memory = join(before ?? toEmpty(told.stageId), told);
  const memories =
    before === undefined
      ? [...run.memories, memory]
      : run.memories.map((each) => (each === before ? memory : each));
  return { ...run, memories };
}

function toEmpty(stageId: string): OldMemory {
  return { stageId, stageName: '', finalStatus: '', iterations: 0, summary: '', findings: [] };
}

function join(before: OldMemory, told: ToldMemory): OldMemory {
  const { stageId, stageName, finalStatus, iterations, summary, findings } = { ...toEmpty(''), ...told };
  return {
    stageId,
    stageName: before.stageName || stageName,
    finalStatus: before.finalStatus || finalStatus,
    iterations: Math.max(before.iterations, iterations),
    summary: before.summary.length < summary.length ? summary : before.summary,
    findings: mergeFindings(before.findings, findings),
  };
}
