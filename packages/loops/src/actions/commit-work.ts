import {
  type CommitPlan,
  GitConflictError,
  GitHookFailedError,
  GitUnusableError,
  hasErrorCode,
} from '@jarvis/core';
import { z } from 'zod';

import type { ActionResult } from '../engine/action.ts';
import type { Round } from '../engine/run-state.ts';
import { roundsOfTry, tryOf } from '../engine/turns.ts';
import { isFreeOfSecrets } from './free-of-secrets.ts';
import { type ActionScope, moveOf, requireRound, stageOf } from './action-scope.ts';

const commitPlanSchema: z.ZodType<CommitPlan> = z.object({
  branch: z.string(),
  parent: z.string().nullable(),
  subject: z.string(),
  trailers: z.record(z.string(), z.string()),
  author: z.object({ name: z.string(), email: z.string() }),
  atSeconds: z.int(),
  files: z.array(
    z.object({ path: z.string(), hash: z.string().nullable(), movedFrom: z.string().exactOptional() }),
  ),
  runsHooks: z.boolean().exactOptional(),
});

/** Commits what the round wrote: exactly these files, in one commit. */
export async function commitWork(scope: ActionScope, number: number): Promise<ActionResult> {
  const { state, accepted } = scope;
  const round = requireRound(scope, number);
  const files = committedFiles(scope, round);
  const { branch } = state;
  if (accepted.commits.type === 'off' || branch === undefined) {
    return skipped(
      number,
      accepted.commits.type === 'off' ? accepted.commits.reason : 'there is no repository',
    );
  }
  if (files.length === 0) return skipped(number, 'nothing was changed');

  const subject = await describeSafely(scope, round);
  const commit = await commitOnTip(scope, { number, branch, subject, files });
  return { type: 'committed', round: number, commit, subject };
}

/** How often a commit is planned anew when somebody else's commit came first. */
const MAX_PLANS = 20;

/** Commits on what the branch is when it happens: a commit by somebody else in between is kept and built upon. */
async function commitOnTip(scope: ActionScope, wish: CommitWish): Promise<string> {
  const { steps, context } = scope;
  for (let plans = 1; plans <= MAX_PLANS; plans += 1) {
    const commit = await steps.perform({
      name: 'git.commit',
      key: {},
      intent: commitPlanSchema,
      result: z.string().nullable(),
      plan: () => planCommit(scope, wish),
      carryOut: async (plan) => {
        context.crashPoint.reach('commit.intended');
        return unlessMoved(scope, carryOutPlan(scope, plan));
      },
    });
    context.crashPoint.reach('commit.recorded');
    if (commit !== null) return commit;
  }
  throw new GitConflictError({ branch: wish.branch });
}

/** A hook of the user may take long, and so has to hear when the run is to stop. */
function carryOutPlan(scope: ActionScope, plan: CommitPlan): Promise<string> {
  const { context, contents, untilStopped } = scope;
  return plan.runsHooks === true
    ? untilStopped((signal) => context.git.commit(plan, contents.read, signal))
    : context.git.commit(plan, contents.read);
}

/** A branch that has moved proves that this commit was not made; that is a result, for the next plan to follow. */
async function unlessMoved(scope: ActionScope, commit: Promise<string>): Promise<string | null> {
  try {
    return await commit;
  } catch (error) {
    if (hasErrorCode(error, 'JARVIS_GIT_CONFLICT')) return null;
    throw isHookFailure(error) ? await withoutSecrets(scope, error) : error;
  }
}

function isHookFailure(error: unknown): error is GitHookFailedError {
  return hasErrorCode(error, 'JARVIS_GIT_HOOK_FAILED');
}

/** What a hook writes is kept with the run and shown, but for secrets it has found somewhere. */
async function withoutSecrets(scope: ActionScope, error: GitHookFailedError): Promise<GitHookFailedError> {
  if (await isFreeOfSecrets(scope, error.output)) return error;
  const { hook, problem, isCommitted } = error;
  const output = 'What it wrote is not shown: it may hold a secret.';
  return new GitHookFailedError({ hook, problem, isCommitted, output });
}

interface CommitWish {
  readonly number: number;
  readonly branch: string;
  readonly subject: string;
  readonly files: CommitPlan['files'];
}

async function planCommit(
  scope: ActionScope,
  { number, branch, subject, files }: CommitWish,
): Promise<CommitPlan> {
  const { runId, context, accepted } = scope;
  const [git, author] = await Promise.all([context.git.inspect(), context.git.author()]);
  if (git.type !== 'ready' || git.branch !== branch) {
    const problem = git.type === 'unusable' ? git.problem : `the branch ${branch} is no longer checked out`;
    throw new GitUnusableError({ problem });
  }
  if (author === undefined)
    throw new GitUnusableError({ problem: 'user.name and user.email are not configured' });

  return {
    branch,
    parent: git.head ?? null,
    subject,
    trailers: { 'Jarvis-Run': runId, 'Jarvis-Step': `round-${String(number)}` },
    author,
    atSeconds: Math.floor(context.clock.nowMs() / 1000),
    files,
    ...(accepted.config.git?.runHooks === true && { runsHooks: true }),
  };
}

/** The files a try wrote and deleted; with a dialect that wants it, also those that were there already. */
function committedFiles(scope: ActionScope, round: Round): CommitPlan['files'] {
  const rounds = roundsOfTry(scope.state.rounds, round);
  const files = rounds.flatMap((each) => filesOfRound(scope, each));
  return [...new Map(files.map((file) => [file.path, file])).values()];
}

function filesOfRound({ dialect }: ActionScope, { apply, work }: Round): CommitPlan['files'] {
  if (apply?.type !== 'applied') return [];
  const changed = new Set([...apply.paths, ...(apply.deleted ?? [])]);
  return (work?.files ?? [])
    .map((file) => ({ path: file.path, hash: 'hash' in file ? file.hash : null, ...moveOf(file) }))
    .filter(
      ({ path, hash }) => changed.has(path) || (dialect.policies.commitsUnchangedWork && hash !== null),
    );
}

/** The subject may repeat what agents said; where that holds a secret, the commit is made without their words. */
async function describeSafely(scope: ActionScope, round: Round): Promise<string> {
  const { steps, context } = scope;
  const subject = describe(scope, round);
  const isSafe = await steps.look({
    name: 'secrets.scan',
    key: {},
    result: z.boolean(),
    look: async () => {
      const secrets = await context.secrets.scan([{ path: 'commit message', content: subject }]);
      return secrets.length === 0 && !context.secrets.holdsKnownSecret(subject);
    },
  });
  return isSafe ? subject : `JARVIS round ${String(round.number)}`;
}

function describe(scope: ActionScope, round: Round): string {
  const { review, checks, work, safety } = round;
  const verdict = review ?? { isApproved: false, feedback: [] };
  const findings = checks?.findings ?? [];
  const { stage } = stageOf(scope, round);
  return scope.dialect.renderCommitSubject({
    round: tryOf(round),
    ...(stage === undefined || round.cycle === undefined ? {} : { stage: stage.name }),
    ...(safety === undefined ? {} : { safety: safety.findings }),
    review: verdict,
    findings,
    summary: work?.summary ?? '',
  });
}

function skipped(round: number, reason: string): ActionResult {
  return { type: 'not-committed', round, reason };
}
