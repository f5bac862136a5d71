import type { Finding } from '@jarvis/core';
import { type AuditAnswer, findingsToAnswer, resolveAudit } from '@jarvis/stages';

import { earlierRequirements } from '../stage-work/earlier-requirements.ts';
import { giveFeedback } from '../agents/agent-messages.ts';
import type { AuditReply } from '../agents/audit-reply.ts';
import { tellWork } from '../agents/open-questions.ts';
import type { ActionResult } from '../engine/action.ts';
import { stageOf as insideOf } from '../engine/stage-inside.ts';
import type { StageRound } from '../engine/run-state.ts';
import { tryOf } from '../engine/turns.ts';
import {
  type ActionScope,
  type ProjectFiles,
  readListing,
  readProjectFiles,
  requirePlan,
  requireStageRound,
  stageOf,
} from './action-scope.ts';
import { askForReply } from './ask-for-reply.ts';
import { showFiles } from './show-files.ts';
import { showRoadmap } from './show-roadmap.ts';

/** How many requirements of finished stages an auditor is told of, the newest ones. */
const MOST_EARLIER = 50;

/** A dialect without audits finds nothing and takes everything for mended. */
const NO_AUDIT: AuditReply = { findings: [], gone: 'others', suggestions: [] };

/** The supervisor audits what a stage has become. What it finds is weighed by the evidence it gives. */
export async function auditWork(scope: ActionScope, number: number): Promise<ActionResult> {
  const round = requireStageRound(scope, number);
  const snapshot = insideOf(scope.state, round.stage);
  const project = await readDelivered(scope, snapshot.contentHash);
  const reply = scope.dialect.audit === undefined ? NO_AUDIT : await ask(scope, round, project);
  const { stage } = stageOf(scope, round);
  const { event, verdict, downgraded } = resolveAudit(
    scope.dialect.audit === undefined ? { ...snapshot, check: undefined } : snapshot,
    {
      contentHash: project.listing,
      findings: reply.findings,
      answers: toAnswers(
        reply,
        findingsToAnswer(snapshot).map(({ fingerprint }) => fingerprint),
      ),
    },
    {
      requirements: [
        ...requirePlan(scope).acceptanceCriteria,
        ...(stage?.requirements ?? []),
        ...earlierRequirements(scope.state),
      ],
      contents: new Map(project.files.map(({ path, content }) => [path, content])),
    },
  );
  scope.coordinator.reportAudit(round, event.findings.map(describe));
  if (verdict !== 'errors' && event.findings.length > 0)
    giveFeedback(scope.coordinator, round, event.findings);
  return {
    type: 'audited',
    round: number,
    audit: {
      contentHash: event.contentHash,
      findings: [...event.findings],
      verdict,
      downgraded: downgraded.length,
      suggestions: [...reply.suggestions],
    },
  };
}

/** The files as the checks have seen them, whatever somebody has done to them since: one look, one content. */
async function readDelivered(scope: ActionScope, listing: string | undefined): Promise<ProjectFiles> {
  if (listing === undefined) return readProjectFiles(scope);
  const entries = await readListing(scope, listing);
  const files = await Promise.all(
    entries.map(async ({ path, hash }) => ({ path, hash, content: await scope.contents.read(hash) })),
  );
  return { files, listing };
}

async function ask(
  scope: ActionScope,
  round: StageRound,
  { files, listing }: ProjectFiles,
): Promise<AuditReply> {
  const { accepted, dialect, coordinator, state } = scope;
  const plan = requirePlan(scope);
  const { stage } = stageOf(scope, round);
  if (dialect.audit === undefined || stage === undefined) return NO_AUDIT;
  const snapshot = insideOf(state, round.stage);
  const checks = snapshot.check?.findings ?? [];
  const open = findingsToAnswer(snapshot).map(({ fingerprint, finding }) => ({ id: fingerprint, finding }));
  const earlier = earlierRequirements(state).slice(-MOST_EARLIER);
  coordinator.requestAudit(round);
  const shown = showFiles(
    scope,
    files,
    [...checks, ...open.map(({ finding }) => finding)].map(({ file = '' }) => file),
  );
  return askForReply(scope, {
    purpose: 'audit',
    question: dialect.audit,
    brief: {
      task: accepted.task,
      plan,
      stage,
      ...(earlier.length === 0 ? {} : { earlier }),
      round: tryOf(round),
      files: shown.files,
      ...shown.leftOut,
      summary: round.work === undefined ? '' : tellWork(round.work),
      checks,
      open,
      ...showRoadmap(state),
    },
    parts: { task: accepted.task, plan, stage, files: listing, checks, open },
    model: coordinator.chooseModel({ role: 'supervisor', purpose: 'audit', round }),
  });
}

function toAnswers({ gone }: AuditReply, asked: readonly string[]): readonly AuditAnswer[] {
  const isGone = (id: string) => (gone === 'others' ? true : gone.includes(id));
  return asked.map((id) => ({ id, answer: isGone(id) ? 'gone' : 'still_there' }));
}

function describe({ severity, description }: Finding): string {
  return `${severity}: ${description}`;
}
