import type { OldRun } from './old-run.ts';
import { addNotes } from './add-notes.ts';

/** A run whose roadmap is lost, with the stages that memories, summaries and logs tell of. */
export function restoreRoadmap(run: OldRun): OldRun {
  const { stages, memories } = run;
  const told = memories.filter(({ stageId }) => stageId !== '');
  if (stages.length > 0 || told.length === 0) return run;
  const made = told.map(({ stageId, stageName, finalStatus, iterations }) => ({
    id: stageId,
    name: stageName.trim() || stageId.trim() || 'a stage without a name',
    status: finalStatus === '' ? 'active' : finalStatus,
    auditCount: iterations,
    categories: [],
    planSteps: [],
    regressionSource: null,
  }));
  return addNotes({ ...run, stages: made }, [
    'no roadmap could be read; its stages are those its memories and logs tell of',
  ]);
}
