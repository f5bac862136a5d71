import { mkdir } from 'node:fs/promises';

import {
  type CommitAuthor,
  type CommitPlan,
  type CrashPoint,
  GitConflictError,
  type GitRepository,
  type GitState,
  GitUnusableError,
  noCrashPoint,
} from '@jarvis/core';

import { advanceIndex } from './advance-index.ts';
import { buildCommit, type CommitWork, type ContentOf } from './build-commit.ts';
import { signatureOf } from './commit-message.ts';
import { describeConversions } from './describe-conversions.ts';
import { describeHooks } from './describe-hooks.ts';
import { GitLockedError } from './errors.ts';
import { explainFailure } from './explain-failure.ts';
import { findByTrailers, listCommitsSince } from './find-commit.ts';
import { findUncommitted } from './find-uncommitted.ts';
import { createGit, type Git, type GitEnvironment, type GitOptions, toCommandError } from './git-call.ts';
import { type GitFolder, removeLeftovers } from './git-folder.ts';
import type { HookOptions } from './hook-process.ts';
import { findOperation, inspectRepository, readBranch, WITHIN_ANOTHER } from './inspect-repository.ts';
import { findDiversion } from './judge-ownership.ts';
import { locateRepository, type RepositoryPlace } from './locate-repository.ts';
import { readAuthor } from './read-author.ts';
import { type BranchTip, readTip } from './read-tip.ts';
import { requireHooks } from './require-hooks.ts';
import { createHooks } from './run-hook.ts';
import { listConfiguredHooks, silenceHooks } from './silence-hooks.ts';

const DEADLINE_MS = 60_000;
const LOCK_WAIT_MS = 10_000;
const HOOK_DEADLINE_MS = 300_000;

/** Which folder's repository to use, and how long to wait for git. */
export interface GitRepositoryOptions {
  /** The project folder: its real path. */
  readonly root: string;
  readonly crashPoint?: CrashPoint;
  /** Where git is and whose configuration it reads: the `PATH` and `HOME` of git. */
  readonly environment: GitEnvironment;
  /** The most time one git process may take. Default: one minute. */
  readonly deadlineMs?: number;
  /** How long to wait while another git has the repository locked. Default: ten seconds. */
  readonly lockWaitMs?: number;
  /** Whether commits will run the user's hooks, which git has to be able to. Default: false. */
  readonly runsHooks?: boolean;
  /** The most time one hook may take. Default: five minutes. */
  readonly hookDeadlineMs?: number;
}

/** A repository on this machine, which can also tell what its settings mean for the commits made here. */
export interface NodeGitRepository extends GitRepository {
  /**
   * Sentences about what git would do at a commit that these commits do not: filters such as Git LFS, line endings,
   * hooks. To be shown before anything is paid; empty in most repositories.
   */
  describeConversions(): Promise<readonly string[]>;
}

/**
 * The repository a project folder is the top of, also as a linked worktree or as a submodule with a branch checked
 * out. Nothing is read before the first call.
 */
export function openGitRepository(options: GitRepositoryOptions): NodeGitRepository {
  return new SimpleGitRepository(options);
}

interface CommitPlace {
  readonly commit: string;
  /** Where the branch ends; the commit itself, unless the user has gone on from it. */
  readonly tip: string;
  readonly isNew: boolean;
}

class SimpleGitRepository implements NodeGitRepository {
  readonly #root: string;
  readonly #options: GitOptions;
  #git: Git;
  readonly #crashPoint: CrashPoint;
  readonly #lockWaitMs: number;
  readonly #hookOptions: HookOptions;
  readonly #runsHooks: boolean;
  #known: GitFolder | undefined;

  constructor({ root, crashPoint = noCrashPoint, ...options }: GitRepositoryOptions) {
    const { environment, deadlineMs = DEADLINE_MS, lockWaitMs = LOCK_WAIT_MS } = options;
    const { runsHooks = false, hookDeadlineMs = HOOK_DEADLINE_MS } = options;
    this.#runsHooks = runsHooks;
    this.#hookOptions = { root, environment, deadlineMs: hookDeadlineMs };
    this.#root = root;
    this.#crashPoint = crashPoint;
    this.#lockWaitMs = lockWaitMs;
    this.#options = { root, environment, deadlineMs, lockWaitMs };
    this.#git = createGit(this.#options);
  }

  async inspect(): Promise<GitState> {
    const place = await this.#locate();
    this.#known = place.type === 'own' ? place.folder : undefined;
    const state = await inspectRepository(this.#git, place, this.#lockWaitMs);
    return this.#runsHooks && state.type === 'ready' ? requireHooks(this.#git, this.#root, state) : state;
  }

  async initialise(): Promise<void> {
    const place = await this.#locate();
    switch (place.type) {
      case 'own':
        return;
      case 'within':
        throw new GitUnusableError({ problem: WITHIN_ANOTHER });
      case 'unknown':
      case 'unusable':
        throw new GitUnusableError(place);
      case 'outside':
        await this.#git.run({ args: ['init'] });
        // `init --initial-branch` is younger than the oldest git we work with.
        await this.#git.run({ args: ['symbolic-ref', 'HEAD', 'refs/heads/main'] });
    }
  }

  async author(): Promise<CommitAuthor | undefined> {
    return readAuthor(this.#git);
  }

  readonly findUncommitted: GitRepository['findUncommitted'] = (query) =>
    findUncommitted(this.#options, query);

  async describeConversions(): Promise<readonly string[]> {
    const conversions = await describeConversions(this.#git, this.#root);
    return [...conversions, ...(await describeHooks(this.#git, this.#root, this.#runsHooks))];
  }

  async commit(plan: CommitPlan, contentOf: ContentOf, signal?: AbortSignal): Promise<string> {
    const folder = await this.#folder();
    const problem = findOperation(folder) ?? (await findDiversion(folder, plan.branch));
    if (problem !== undefined) throw new GitUnusableError({ problem });
    const [root, crashPoint] = [this.#root, this.#crashPoint];
    const hooks = createHooks({ ...this.#hookOptions, signal });
    try {
      const commit = await this.#makeCommit(folder, { plan, contentOf, crashPoint, root, hooks });
      await removeLeftovers(folder);
      return commit;
    } catch (error) {
      // What cannot be removed now is in the way of the next commit, and is told of then.
      throw await explainFailure(error, folder, { plan, contentOf, signal }).finally(() =>
        removeLeftovers(folder).catch(() => undefined),
      );
    }
  }

  async #makeCommit(folder: GitFolder, work: CommitWork): Promise<string> {
    const { plan, crashPoint, hooks } = work;
    await removeLeftovers(folder);
    await mkdir(folder.own);
    const place = await this.#placeCommit(folder, work);
    await advanceIndex(this.#git, folder, { ...place, crashPoint, lockWaitMs: this.#lockWaitMs });
    crashPoint.reach('commit.index-advanced');
    if (place.isNew && plan.runsHooks === true) await hooks.run('post-commit', [], signatureOf(plan));
    return place.commit;
  }

  /** Has the commit on its branch, made now or found there. */
  async #placeCommit(folder: GitFolder, work: CommitWork): Promise<CommitPlace> {
    const { plan } = work;
    const tip = await readTip(this.#git, plan.branch);
    await this.#proveCheckedOut(plan.branch, tip);
    if ((tip.id ?? null) !== plan.parent) return this.#adopt(folder, { ...work, tip });

    const commit = await buildCommit(this.#git, folder, work);
    this.#crashPoint.reach('commit.object-built');
    const movedTo = await this.#moveBranch(plan, commit);
    if (movedTo.id !== commit) return this.#adopt(folder, { ...work, tip: movedTo, commit });
    this.#crashPoint.reach('commit.ref-moved');
    return { commit, tip: commit, isNew: true };
  }

  /** The user's files and index belong to the branch that is checked out: another one cannot be committed to. */
  async #proveCheckedOut(branch: string, { isCheckedOut }: BranchTip): Promise<void> {
    if (isCheckedOut || (await readBranch(this.#git)) === branch) return;
    const name = branch.replace(/^refs\/heads\//u, '');
    throw new GitUnusableError({
      problem: `the branch ${name} is not checked out any more; run: git switch ${name}`,
    });
  }

  /** Finds the commit on a branch that has left its parent: made by us before a crash, with or without more on top. */
  async #adopt(
    folder: GitFolder,
    work: CommitWork & { tip: BranchTip; commit?: string },
  ): Promise<CommitPlace> {
    const { plan, tip } = work;
    if (tip.id === undefined) throw new GitConflictError({ branch: plan.branch });
    const commits = await listCommitsSince(this.#git, tip.id, plan.parent);
    const found = findByTrailers(commits, plan);
    if (found !== undefined) return { commit: found, tip: tip.id, isNew: false };
    // Hooks may give the message other words, and are not asked about what may be there already.
    if (plan.runsHooks === true) throw new GitConflictError({ branch: plan.branch });
    const commit = work.commit ?? (await buildCommit(this.#git, folder, work));
    if (!commits.some(({ id }) => id === commit)) throw new GitConflictError({ branch: plan.branch });
    return { commit, tip: tip.id, isNew: false };
  }

  /** Moves the branch from the parent to the commit if nobody else has moved it; where it ends now. */
  async #moveBranch(plan: CommitPlan, commit: string): Promise<BranchTip> {
    const { branch, parent, subject } = plan;
    const old = parent ?? '0'.repeat(commit.length);
    const args = ['update-ref', '-m', `commit: ${subject}`, branch, commit, old] as const;
    const outcome = await this.#git.attemptDetached({ args: [...args], variables: signatureOf(plan) });
    if (outcome.exitCode === 0) return { isCheckedOut: true, id: commit };

    const tip = await readTip(this.#git, branch);
    if ((tip.id ?? null) !== parent) return tip;
    const [, file] = /Unable to create '(.+\.lock)': File exists/u.exec(outcome.stderr) ?? [];
    throw file === undefined
      ? toCommandError(args, outcome)
      : new GitLockedError({ file, waitedMs: this.#lockWaitMs });
  }

  /** Whatever is done in the place that is found, no hook of its configuration runs. */
  async #locate(): Promise<RepositoryPlace> {
    const place = await locateRepository(this.#git, this.#root);
    if (place.type !== 'own' && place.type !== 'outside') return place;
    const settings = silenceHooks(await listConfiguredHooks(createGit(this.#options)));
    this.#git = createGit({ ...this.#options, settings });
    return place;
  }

  async #folder(): Promise<GitFolder> {
    if (this.#known !== undefined) return this.#known;
    const place = await this.#locate();
    switch (place.type) {
      case 'own':
        this.#known = place.folder;
        return place.folder;
      case 'unknown':
      case 'unusable':
        throw new GitUnusableError(place);
      case 'outside':
      case 'within':
        throw new GitUnusableError({ problem: 'the folder is not the top of a repository' });
    }
  }
}
