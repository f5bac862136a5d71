import { MOST_PROJECTS } from './limits.ts';
import { addNotes } from './add-notes.ts';
import type { OldRun } from './old-run.ts';

const TOO_MANY = `it names more than ${String(MOST_PROJECTS)} folders; the others were left out`;

/** The run with more of the folders it worked in. */
export function addProjects(run: OldRun, named: readonly string[]): OldRun {
  const added = [...new Set(named)].filter((each) => !run.projects.includes(each));
  if (added.length === 0) return run;
  const projects = [...run.projects, ...added];
  if (projects.length <= MOST_PROJECTS) return { ...run, projects };
  return addNotes({ ...run, projects: projects.slice(0, MOST_PROJECTS) }, [TOO_MANY]);
}
