import {
  type FileChange,
  type FileWrite,
  findInstallScriptProblems,
  findWriteProblems,
  hasErrorCode,
  hasInstallScripts,
  planWrites,
  refusePath,
  type WorkspaceConflictError,
  type WritePlan,
  writePlanSchema,
} from '@jarvis/core';
import type { FileEdit } from '@jarvis/stages';
import { z } from 'zod';

import type { ActionResult } from '../engine/action.ts';
import { loadChanges, verdictOnProtected } from '../engine/gate-at-protected.ts';
import type { Round } from '../engine/run-state.ts';
import { describeProtectedUncommitted, listProtectedUncommitted } from '../engine/uncommitted.ts';
import { type ActionScope, hashParts, type ListedFile, readListing, requireRound } from './action-scope.ts';
import { findConflict, showDifference } from './find-conflict.ts';
import { keepModes } from './keep-modes.ts';

/** Writes what the employee handed in: all of it, or none of it and the reasons why. */
export async function applyChanges(scope: ActionScope, number: number): Promise<ActionResult> {
  const round = requireRound(scope, number);
  if (round.work?.problems !== undefined) return refused(number, round.work.problems);
  const verdict = verdictOnProtected(scope.state, number);
  const isAllowed = verdict.type === 'allowed';
  const changes = (await loadChanges(round, scope.contents)).map((change) => allow(change, isAllowed));
  const problems = [...findWriteProblems(changes), ...refuseUncommitted(scope, round, verdict)];
  const heard = verdict.type === 'refused' ? [`${verdict.why}.`] : [];
  if (problems.length > 0) return refused(number, [...problems, ...heard]);

  const writes = changes.filter(isWrite);
  const shown = round.work === undefined ? [] : await readListing(scope, round.work.base);
  const secrets = await findSecrets(scope, writes, shown);
  if (secrets.length > 0) return refused(number, secrets);

  const others = await findOthers(scope, changes, shown);
  const unseen = others.filter((file) => !wasWrittenBefore(scope, round, file));
  if (unseen.length > 0) return refused(number, unseen.map(describeUnseen));

  const known = new Map([...shown, ...others].map(({ path, hash }) => [path, hash]));
  const scripts = isAllowed ? [] : await findScripts(scope, writes, known);
  if (scripts.length > 0) return refused(number, [...scripts, ...heard]);

  return carryOut(scope, { round, changes, known });
}

interface Application {
  readonly round: Round;
  readonly changes: readonly FileChange[];
  readonly known: ReadonlyMap<string, string>;
}

async function carryOut(scope: ActionScope, application: Application): Promise<ActionResult> {
  const { number } = application.round;
  try {
    const first = await applyPlan(scope, application);
    if (first.conflicts.length === 0) return toApplied(application, first);
    // Found just now: a person decides. Found by an earlier process: the person has decided to go on.
    if (first.fresh !== undefined) throw await showDifference(scope, first.fresh);

    const second = await applyPlan(scope, application);
    if (second.conflicts.length === 0) return toApplied(application, second);
    return refused(number, second.conflicts.map(describeConflict));
  } catch (error) {
    // A link or a special file stands where the model wanted to write: its answer is refused, the run goes on.
    if (hasErrorCode(error, 'JARVIS_WORKSPACE_PATH_ESCAPE')) return refused(number, [error.message]);
    throw error;
  }
}

function toApplied({ round, known }: Application, { paths, deleted }: Applied): ActionResult {
  const changed = [...paths, ...(deleted ?? [])];
  return {
    type: 'applied',
    round: round.number,
    paths: [...paths],
    ...(deleted === undefined ? {} : { deleted: [...deleted] }),
    // Who has changed what is asked only where stages answer for their files.
    ...(round.cycle === undefined ? {} : { edits: changed.map((path) => toEdit(path, round, known)) }),
  };
}

function toEdit(path: string, { work }: Round, known: ReadonlyMap<string, string>): FileEdit {
  const file = work?.files.find((candidate) => candidate.path === path);
  const after = file !== undefined && 'hash' in file ? file.hash : null;
  return { path, before: known.get(path) ?? null, after };
}

interface Applied {
  /** What was written. */
  readonly paths: readonly string[];
  readonly deleted?: readonly string[];
  /** Files somebody else has changed; then nothing was written. */
  readonly conflicts: readonly string[];
  /** The conflict, when it was met in this process. */
  readonly fresh: WorkspaceConflictError | undefined;
}

const appliedSchema = z.object({
  paths: z.array(z.string()),
  deleted: z.array(z.string()).exactOptional(),
  conflicts: z.array(z.string()),
});

async function applyPlan(scope: ActionScope, { changes, known }: Application): Promise<Applied> {
  const { steps, context, contents } = scope;
  let fresh: WorkspaceConflictError | undefined;
  const outcome = await steps.perform({
    name: 'workspace.apply',
    key: hashParts({ writes: changes }),
    intent: writePlanSchema,
    result: appliedSchema,
    plan: () => keepModes(context.workspace, planWrites(changes, known)),
    carryOut: async (plan) => {
      context.crashPoint.reach('apply.intended');
      fresh = await findConflict(context.workspace.apply(plan, contents.read));
      context.crashPoint.reach('apply.done');
      return fresh === undefined
        ? { ...listChanged(plan), conflicts: [] }
        : { paths: [], conflicts: [...fresh.paths] };
    },
  });
  context.crashPoint.reach('apply.recorded');
  return { ...outcome, fresh };
}

function listChanged({ writes }: WritePlan): { paths: string[]; deleted?: string[] } {
  const written = writes.filter(({ after }) => after !== null).map(({ path }) => path);
  const deleted = writes.filter(({ after }) => after === null).map(({ path }) => path);
  return { paths: written, ...(deleted.length === 0 ? {} : { deleted }) };
}

function describeConflict(path: string): string {
  return `The file ${JSON.stringify(path)} was changed by somebody else meanwhile; look at what it is now.`;
}

function allow(change: FileChange, isAllowed: boolean): FileChange {
  return isAllowed && refusePath(change.path) === 'protected' ? { ...change, isAllowed: true } : change;
}

function refuseUncommitted(
  { state }: ActionScope,
  round: Round,
  { type }: ReturnType<typeof verdictOnProtected>,
): readonly string[] {
  if (type === 'allowed') return [];
  const paths = listProtectedUncommitted(state, round);
  return paths.map((path) => `${describeProtectedUncommitted(path)} Leave it as it is.`);
}

function isWrite(change: FileChange): change is FileWrite {
  return change.content !== null;
}

/** Files that exist where the employee wants to change something, but that it was not shown. */
async function findOthers(
  { steps, context }: ActionScope,
  changes: readonly FileChange[],
  shown: readonly ListedFile[],
): Promise<readonly ListedFile[]> {
  const paths = new Set(shown.map(({ path }) => path));
  const unknown = changes.map(({ path }) => path).filter((path) => !paths.has(path));
  return steps.look({
    name: 'workspace.others',
    key: {},
    result: z.array(z.object({ path: z.string(), hash: z.string() })),
    look: async () => {
      const existing = await context.workspace.hashFiles(unknown);
      return [...existing].map(([path, hash]) => ({ path, hash }));
    },
  });
}

/** Some files are never shown, hidden ones for example; what this run wrote there itself it may write again. */
function wasWrittenBefore({ state }: ActionScope, round: Round, { path, hash }: ListedFile): boolean {
  return state.rounds
    .filter(({ number, apply }) => number < round.number && apply?.type === 'applied')
    .some(({ work }) =>
      work?.files.some((file) => 'hash' in file && file.path === path && file.hash === hash),
    );
}

function describeUnseen({ path }: ListedFile): string {
  return `The file ${JSON.stringify(path)} exists and was not shown to you; choose another path.`;
}

/** Install scripts are compared with those on disk: what the employee was shown, or wrote itself before. */
async function findScripts(
  { contents }: ActionScope,
  writes: readonly FileWrite[],
  known: ReadonlyMap<string, string>,
): Promise<readonly string[]> {
  const manifests = writes.filter(({ path }) => hasInstallScripts(path));
  const problems = manifests.map(async (write) => {
    const hash = known.get(write.path);
    return findInstallScriptProblems(write, hash === undefined ? undefined : await contents.read(hash));
  });
  return (await Promise.all(problems)).flat();
}

/** Comments of a person count, which are those in the file as it was shown, and none of the employee. */
async function findSecrets(
  { steps, context, contents }: ActionScope,
  writes: readonly FileWrite[],
  shown: readonly ListedFile[],
): Promise<readonly string[]> {
  return steps.look({
    name: 'secrets.scan',
    key: {},
    result: z.array(z.string()),
    look: async () => {
      const hashes = new Map(shown.map(({ path, hash }) => [path, hash]));
      const files = writes.map(async ({ path, content }) => {
        const hash = hashes.get(path);
        return { path, content, before: hash === undefined ? undefined : await contents.read(hash) };
      });
      const secrets = await context.secrets.scan(await Promise.all(files));
      return secrets.map(
        ({ path, line, rule }) =>
          `The file ${JSON.stringify(path)} holds a secret in line ${String(line)} (${rule}); leave it out.`,
      );
    },
  });
}

function refused(round: number, problems: readonly string[]): ActionResult {
  return { type: 'refused', round, problems: [...problems] };
}
