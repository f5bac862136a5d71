import { type CrashPoint, noCrashPoint } from '../context/crash-point.ts';
import { GitConflictError, GitUnusableError } from '../git/git-errors.ts';
import type {
  CommitAuthor,
  CommitPlan,
  GitRepository,
  GitState,
  UncommittedFiles,
  UncommittedQuery,
} from '../git/git-repository.ts';
import { sha256 } from '../journal/hash.ts';

/** A commit as it can be read back. */
export interface StoredCommit {
  readonly parent: string | null;
  readonly subject: string;
  readonly trailers: Readonly<Record<string, string>>;
  readonly author: CommitAuthor;
  /** Seconds since 1970 UTC. */
  readonly atSeconds: number;
  /** All files of the commit: contents by path. */
  readonly files: ReadonlyMap<string, string>;
}

/** How a {@link FakeGitRepository} starts. */
export interface FakeGitRepositoryOptions {
  /** Whether the folder is a repository (the default), is none, or is one in which no commit may be made. */
  readonly state?: 'ready' | 'none' | 'unusable';
  /** Why a folder that is no repository cannot be made one. Default: it can. */
  readonly obstacle?: string;
  /** Whom commits are by; `'unknown'` when the user has configured nobody. */
  readonly author?: CommitAuthor | 'unknown';
  readonly crashPoint?: CrashPoint;
}

const BRANCH = 'refs/heads/main';
const ADA: CommitAuthor = { name: 'Ada', email: 'ada@example.com' };
const NO_FILES: ReadonlyMap<string, string> = new Map();

/** A repository of one branch that lives in memory, with an index the user may stage to. */
export class FakeGitRepository implements GitRepository {
  readonly #crashPoint: CrashPoint;
  readonly #obstacle: string | undefined;
  readonly #commits = new Map<string, StoredCommit>();
  readonly #index = new Map<string, string>();
  readonly #changed = new Set<string>();
  #state: 'ready' | 'none' | 'unusable';
  #author: CommitAuthor | undefined;
  #head: string | undefined;

  constructor(options: FakeGitRepositoryOptions = {}) {
    const { state = 'ready', obstacle, author = ADA, crashPoint = noCrashPoint } = options;
    this.#obstacle = obstacle;
    this.#state = state;
    this.#author = author === 'unknown' ? undefined : author;
    this.#crashPoint = crashPoint;
  }

  async inspect(): Promise<GitState> {
    switch (this.#state) {
      case 'ready':
        return { type: 'ready', branch: BRANCH, ...(this.#head === undefined ? {} : { head: this.#head }) };
      case 'none':
        return { type: 'none', ...(this.#obstacle !== undefined && { obstacle: this.#obstacle }) };
      case 'unusable':
        return {
          type: 'unusable',
          problem: 'no branch is checked out. Check one out with: git switch <branch>',
        };
    }
  }

  /** Knows of what was staged, and of the files a test says are changed on disk; all others are committed. */
  async findUncommitted({ limit, paths }: UncommittedQuery): Promise<UncommittedFiles> {
    if (this.#state === 'none') return { type: 'none' };
    const all = [...new Set([...this.stagedPaths, ...this.#changed])];
    const found = paths === undefined ? all : all.filter((path) => paths.includes(path));
    return { type: 'known', count: found.length, paths: found.slice(0, limit) };
  }

  async initialise(): Promise<void> {
    if (this.#state !== 'none') return;
    if (this.#obstacle !== undefined) throw new GitUnusableError({ problem: this.#obstacle });
    this.#state = 'ready';
  }

  async author(): Promise<CommitAuthor | undefined> {
    return this.#author;
  }

  async commit(plan: CommitPlan, contentOf: (hash: string) => Promise<string>): Promise<string> {
    if (this.#state !== 'ready')
      throw new GitUnusableError({ problem: 'the folder is not a repository that is ready' });
    const parentFiles = this.#filesOf(plan.parent);
    const files = new Map(parentFiles);
    for (const { path, hash } of plan.files) {
      if (hash === null) files.delete(path);
      else files.set(path, await contentOf(hash));
    }

    const id = this.#store({ ...plan, files });
    this.#crashPoint.reach('commit.object-built');
    if (this.#head !== id) this.#moveHead(plan, id);
    this.#crashPoint.reach('commit.ref-moved');
    for (const { path } of plan.files) {
      this.#advance(path, parentFiles, files);
      this.#changed.delete(path);
    }
    this.#crashPoint.reach('commit.index-advanced');
    return id;
  }

  /** The current commit and those before it, newest first. */
  get history(): readonly string[] {
    const ids: string[] = [];
    for (let id = this.#head; id !== undefined; id = this.#commits.get(id)?.parent ?? undefined) ids.push(id);
    return ids;
  }

  /** A commit by its id, or `undefined` when there is none. */
  readCommit(id: string): StoredCommit | undefined {
    return this.#commits.get(id);
  }

  /** Stages a file as `git add` does. */
  stage(path: string, content: string): void {
    this.#index.set(path, content);
  }

  /** What is staged and not committed: paths whose entry in the index differs from the current commit. */
  get stagedPaths(): readonly string[] {
    const committed = this.#filesOf(this.#head ?? null);
    return [...this.#index]
      .filter(([path, content]) => committed.get(path) !== content)
      .map(([path]) => path);
  }

  /** Stages a file and commits everything that is staged, as the user does. */
  commitAsUser(path: string, content: string): string {
    this.stage(path, content);
    const plan = { parent: this.#head ?? null, subject: 'By hand', trailers: {}, author: ADA, atSeconds: 0 };
    this.#head = this.#store({ ...plan, files: new Map(this.#index) });
    return this.#head;
  }

  /** Changes a file on disk, without staging or committing it. */
  changeOnDisk(path: string): void {
    this.#changed.add(path);
  }

  /** Configures whom commits are by. */
  setAuthor(author: CommitAuthor): void {
    this.#author = author;
  }

  /** Checks out a commit instead of a branch, after which no commit may be made. */
  detachHead(): void {
    this.#state = 'unusable';
  }

  #moveHead({ parent, branch }: CommitPlan, id: string): void {
    if ((this.#head ?? null) !== parent) throw new GitConflictError({ branch });
    this.#head = id;
  }

  /** An entry that is not the parent's was staged by the user and is kept. */
  #advance(path: string, before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): void {
    if (this.#index.get(path) !== before.get(path)) return;
    const content = after.get(path);
    if (content === undefined) this.#index.delete(path);
    else this.#index.set(path, content);
  }

  #store({ parent, subject, trailers, author, atSeconds, files }: StoredCommit): string {
    const commit = { parent, subject, trailers, author, atSeconds, files };
    const id = sha256(JSON.stringify({ ...commit, files: [...files].sort() })).slice(0, 40);
    this.#commits.set(id, commit);
    return id;
  }

  #filesOf(id: string | null): ReadonlyMap<string, string> {
    return id === null ? NO_FILES : (this.#commits.get(id)?.files ?? NO_FILES);
  }
}
