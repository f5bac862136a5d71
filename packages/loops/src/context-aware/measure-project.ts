import { countThings } from '../text/count-things.ts';
import { type Measure, measureAll, measureOne } from './measure.ts';
import type { ProjectFacts } from './survey-project.ts';

/** What can be measured of a project. */
export type ProjectFact = 'sourceFiles' | 'languages' | 'untestedFiles' | 'uncommitted' | 'unversioned';

/** Measures a project by what a survey found. */
export function measureProject(project: ProjectFacts): Readonly<Record<ProjectFact, Measure>> {
  const { sourceFiles, files, bytes, languages, hasTests, git } = project;
  const size = `${countThings(sourceFiles, 'source file')} of ${countThings(files, 'file')}, ${countThings(bytes, 'byte')}`;
  return {
    sourceFiles: measureOne(sourceFiles, size),
    languages: measureAll(
      languages.map(({ name, files: count }) => ({ what: `${name}: ${countThings(count, 'file')}` })),
    ),
    untestedFiles: measureOne(
      hasTests ? 0 : sourceFiles,
      `${countThings(sourceFiles, 'source file')} and no tests`,
    ),
    uncommitted: measureOne(Number(git === 'dirty'), 'there are changes nobody has committed'),
    unversioned: measureOne(Number(git === 'none' && sourceFiles > 0), 'there is code and no repository'),
  };
}
