import { type Finding, foldWhiteSpace } from '@jarvis/core';

import type { RunState } from '../engine/run-state.ts';

/** What the completed stages had to achieve: an audit may cite it, for it has to stay true. */
export function earlierRequirements({ roadmap }: Pick<RunState, 'roadmap'>): readonly string[] {
  return (roadmap?.stages ?? [])
    .filter(({ status }) => status === 'completed')
    .flatMap(({ brief }) => brief.requirements);
}

/** What an audit found that the stage itself answers for: not what a completed one has to mend. */
export function ownAuditFindings(
  state: Pick<RunState, 'roadmap'>,
  stageId: string,
  findings: readonly Finding[],
): readonly Finding[] {
  if (!findings.some(citesRequirement)) return findings;
  const own = state.roadmap?.stages.find(({ id }) => id === stageId)?.brief.requirements ?? [];
  const others = new Set(earlierRequirements(state).map(foldWhiteSpace));
  for (const requirement of own) others.delete(foldWhiteSpace(requirement));
  return findings.filter(
    (finding) => !citesRequirement(finding) || !others.has(foldWhiteSpace(finding.requirement ?? '')),
  );
}

/** Only an error that names what it is measured by can be another stage's. */
export function citesRequirement({ severity, requirement }: Finding): boolean {
  return severity === 'error' && requirement !== undefined;
}
