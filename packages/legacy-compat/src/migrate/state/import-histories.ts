import type { Clock, Journal, SecretScanner } from '@jarvis/core';

import { chooseHistoryRun, type HistoryOwner } from './choose-history-run.ts';
import type { CollectedRuns } from './collect-runs.ts';
import { importRun, type ImportedRun, type ImportOutcome, toRunId } from './import-run.ts';
import { keepHistory } from './keep-history.ts';
import { emptyRun, type OldRun } from './old-run.ts';
import { type KeptHistory, readHistory } from './read-history.ts';
import { toRounds } from './to-history-records.ts';

/** The kept rounds of a folder, and what became of importing them. */
export interface ImportedHistory {
  /** The folder from the root of the old tree; empty for the root itself. */
  readonly project: string;
  /** The run whose rounds they are from now on. */
  readonly runId: string;
  readonly outcome: ImportedRun['outcome'];
  readonly rounds: readonly number[];
  /** Why they became a run of their own, or none; left out where they belong to a run the old files tell of. */
  readonly because?: string;
}

/** What became of all of them. */
export interface ImportedHistories {
  readonly histories: readonly ImportedHistory[];
  readonly problems: readonly string[];
}

/** Where histories are imported to, and what looks for secrets in them. */
export interface HistoryTarget {
  readonly journal: Journal;
  readonly clock: Clock;
  readonly scanner: SecretScanner;
  readonly isDryRun: boolean;
}

/** The modes that copied the whole folder after each round; the others copied what was handed in. */
const COPIES_ALL: readonly string[] = ['3loop', '3loop_legacy'];

/** Keeps the contents of `.history` with the runs they belong to, for `restore`. */
export async function importHistories(
  { root, runs, histories: found, problems: before }: CollectedRuns,
  target: HistoryTarget,
): Promise<ImportedHistories> {
  const histories: ImportedHistory[] = [];
  const problems = [...before];
  const kept: KeptHistory[] = [];
  for (const history of found) kept.push(await readHistory(root, history, target.scanner));
  const owners = kept.map((history) => chooseHistoryRun(history, runs, root));
  for (const [index, history] of kept.entries()) {
    problems.push(...history.problems);
    const owner = owners[index];
    if (owner === undefined || history.rounds.length === 0) continue;
    histories.push(await importHistory({ root, history, owner: refuseTwo(owner, owners) }, target));
  }
  return { histories, problems };
}

/** A name several folders share does not say which of them a run worked in. */
function refuseTwo(owner: HistoryOwner, all: readonly HistoryOwner[]): HistoryOwner {
  if (!('run' in owner)) return owner;
  const folders = all.filter((other) => 'run' in other && other.run === owner.run).length;
  if (folders < 2) return owner;
  return { because: `${owner.run.oldId} may have worked in any of ${String(folders)} folders of that name` };
}

interface HistoryOf {
  readonly root: string;
  readonly history: KeptHistory;
  readonly owner: HistoryOwner;
}

async function importHistory(
  { root, history, owner }: HistoryOf,
  { isDryRun, ...target }: HistoryTarget,
): Promise<ImportedHistory> {
  const { project, contents } = history;
  const run = 'run' in owner ? owner.run : toOwnRun(history);
  const runId = toRunId(root, run.oldId);
  const rounds = toRounds(history, COPIES_ALL.includes(run.mode ?? ''));
  const facts = {
    project,
    runId,
    rounds: rounds.map(({ number }) => number),
    ...('because' in owner ? { because: owner.because } : {}),
  };
  if (isDryRun) return { ...facts, outcome: 'found' };
  const made = 'because' in owner ? await importRun(target, run, { runId, root }) : undefined;
  if (made !== undefined && !isThere(made)) return withReason(facts, made);
  return withReason(facts, await keepHistory(target, { runId, rounds, contents: contents.values() }));
}

function isThere({ outcome }: ImportOutcome): boolean {
  return outcome === 'imported' || outcome === 'known' || outcome === 'changed';
}

function withReason(
  facts: Omit<ImportedHistory, 'outcome'>,
  { outcome, because }: ImportOutcome,
): ImportedHistory {
  if (because === undefined) return { ...facts, outcome };
  return {
    ...facts,
    outcome,
    because: facts.because === undefined ? because : `${facts.because}; ${because}`,
  };
}

function toOwnRun({ project, rounds }: KeptHistory): OldRun {
  const folder = project === '' ? 'the project folder' : project;
  return {
    ...emptyRun(`history of ${project === '' ? '.' : project}`),
    task: `Rounds the predecessor kept of ${folder}`,
    sources: rounds.map(({ path }) => path),
  };
}
