import type { Finding } from '@jarvis/core';
import type { AuditBrief, AuditReply, Dialect, RoundSummary, StageBrief, WorkBrief } from '@jarvis/loops';
import { z } from 'zod';

import { toPreviousFiles } from './legacy-files.ts';
import { fieldOf, renderPhase } from './legacy-phases.ts';
import { legacyAuditPrompt } from './legacy-prompts.ts';
import { everyQuestion } from './legacy-questions.ts';

/** What the employee was shown when it worked on a stage. */
export function renderStageWork(brief: WorkBrief): string {
  const { task, plan, round, stage, files, feedback } = brief;
  return JSON.stringify({
    task,
    plan: plan.asGiven ?? null,
    phase: renderPhase(stage),
    previous_files: toPreviousFiles(files),
    feedback: round === 1 ? null : feedback,
    // legacy: there never were any, because stages were not linked.
    context_notes: [],
    iteration: round,
  });
}

// A finding that is no object is sent back; of one that is, every field may be missing.
const findingReplySchema = z
  .looseObject({
    severity: z.string().catch('warning'),
    category: z.string().min(1).optional().catch(undefined),
    description: z.string().catch(''),
    file_path: z.string().min(1).optional().catch(undefined),
  })
  .transform(({ severity, category, description, file_path: file }): Finding => ({
    severity: severity === 'error' ? 'error' : 'warning',
    source: 'supervisor',
    // The word stays, whatever becomes of an error that gives no evidence.
    description: `[${severity}] ${description}`,
    ...(category === undefined ? {} : { rule: category }),
    ...(file === undefined ? {} : { file }),
  }));

// The auditor did not answer for what was found before: what it does not name again is gone.
const auditReplySchema: z.ZodType<AuditReply> = z
  .object({ findings: z.array(findingReplySchema).default([]) })
  .transform(({ findings }) => ({ findings, gone: 'others', suggestions: [] }));

/** How the supervisor was asked to audit a stage. */
export const legacyAudit: NonNullable<Dialect['audit']> = {
  ...everyQuestion,
  role: 'supervisor',
  prompt: legacyAuditPrompt,
  render: renderAudit,
  reply: auditReplySchema,
};

function renderAudit({ task, plan, stage, files }: AuditBrief): string {
  return JSON.stringify({
    task,
    stage: showStage(stage),
    files: toPreviousFiles(files),
    acceptance_criteria: fieldOf(plan, 'acceptance_criteria') ?? [],
  });
}

function showStage({ name, draft }: StageBrief): object {
  const given = z.looseObject({ name: z.json(), categories: z.json() }).safeParse(draft?.asGiven);
  return given.success
    ? { name: given.data.name, categories: given.data.categories }
    : { name, categories: draft?.categories ?? [] };
}

/** The subject of a commit in a module that made none: `phase3 iteration 1: stage=Home`. */
export function renderStageSubject(module: string, { round, stage = '' }: RoundSummary): string {
  return `${module} iteration ${String(round)}: stage=${stage.replaceAll(/\s+/gu, ' ')}`;
}
