import { type Finding, foldWhiteSpace } from '@jarvis/core';

import { attributeChange } from './attribute-change.ts';
import type { Attribution, StageEdit } from './attribute-change.ts';
import type { FileVersion } from './file-edit.ts';
import type { Guarantee } from './guarantee.ts';

/** What is known after a stage has changed files that others guarantee something about. */
export interface RegressionFacts {
  readonly currentStageId: string;
  /** What the current stage is to achieve. */
  readonly currentRequirements: readonly string[];
  /** The guarantees whose checks were run again. */
  readonly guarantees: readonly Guarantee[];
  /** The ids of the checks that fail now. */
  readonly failedChecks: readonly string[];
  /** What was found in the current stage. */
  readonly findings: readonly Finding[];
  /** What the completed stages were to achieve, in the order of the roadmap. */
  readonly completed: readonly CompletedStage[];
  /** What all stages have changed, oldest first. */
  readonly edits: readonly StageEdit[];
}

/** A stage that was completed, and the requirements of its brief. */
export interface CompletedStage {
  readonly stageId: string;
  readonly requirements: readonly string[];
}

/** An earlier stage that is to be worked on again, and why. */
export interface Regression {
  /** The stage to reopen. */
  readonly stageId: string;
  /** The stage that broke it. */
  readonly source: Attribution;
  readonly brokenChecks: readonly string[];
  /** Findings that name one of its requirements. */
  readonly findings: readonly Finding[];
  /** A sentence for people and records. */
  readonly reason: string;
}

/**
 * Says which completed stages were broken: a check they guarantee fails now, or an error names one of their requirements.
 * A requirement that is the current stage's own, or nobody's, breaks nobody else. Of several stages with the same
 * requirement, the latest answers for it.
 */
export function detectRegression(facts: RegressionFacts): readonly Regression[] {
  const failed = new Set(facts.failedChecks);
  return facts.completed
    .filter(({ stageId }) => stageId !== facts.currentStageId)
    .flatMap((stage) => {
      const broken = facts.guarantees.filter(
        ({ stageId, check }) => stageId === stage.stageId && failed.has(check),
      );
      const findings = facts.findings.filter((finding) => answersFor(stage, finding, facts));
      return broken.length + findings.length === 0 ? [] : [toRegression(stage, { broken, findings }, facts)];
    });
}

interface Evidence {
  readonly broken: readonly Guarantee[];
  readonly findings: readonly Finding[];
}

function answersFor(stage: CompletedStage, finding: Finding, facts: RegressionFacts): boolean {
  if (finding.severity !== 'error' || finding.requirement === undefined) return false;
  const named = foldWhiteSpace(finding.requirement);
  if (facts.currentRequirements.some((requirement) => foldWhiteSpace(requirement) === named)) return false;
  const owner = facts.completed.findLast(({ requirements }) =>
    requirements.some((requirement) => foldWhiteSpace(requirement) === named),
  );
  return owner?.stageId === stage.stageId;
}

function toRegression(
  { stageId }: CompletedStage,
  { broken, findings }: Evidence,
  { edits, currentStageId }: RegressionFacts,
): Regression {
  const brokenChecks = broken.map(({ check }) => check);
  const files = filesInQuestion(stageId, { broken, findings }, edits);
  const source = attributeChange(files, edits, currentStageId);
  const parts = [
    ...brokenChecks.map((check) => `its check ${check} fails`),
    ...findings.map(({ requirement = '' }) => `its requirement "${requirement}" is not met`),
  ];
  return { stageId, source, brokenChecks, findings, reason: `After ${source.stageId}: ${parts.join('; ')}.` };
}

/** What the broken checks are about, and the files of the findings as the stage has left them. */
function filesInQuestion(
  stageId: string,
  { broken, findings }: Evidence,
  edits: readonly StageEdit[],
): readonly FileVersion[] {
  const versions = new Map<string, FileVersion>();
  const own = edits.filter((edit) => edit.stageId === stageId);
  for (const { file } of findings) {
    const hash = own.findLast(({ path }) => path === file)?.after;
    if (file !== undefined && typeof hash === 'string') versions.set(file, { path: file, hash });
  }
  // What a check has seen is surer than what was delivered.
  for (const version of broken.flatMap(({ files }) => files)) versions.set(version.path, version);
  return [...versions.values()];
}
