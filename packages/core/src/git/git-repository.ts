/** What is known of the project folder as a git repository. */
export type GitState =
  /** Commits can be made: `head` is the current commit, `undefined` on an unborn branch. */
  | { readonly type: 'ready'; readonly branch: string; readonly head?: string }
  /** Not a repository of its own; with an `obstacle`, which says why, none can be made of it either. */
  | { readonly type: 'none'; readonly obstacle?: string }
  /** A repository in which no commit may be made now; `problem` says why and what to do. */
  | { readonly type: 'unusable'; readonly problem: string };

/** Which files of the project folder hold what no commit holds. */
export type UncommittedFiles =
  | {
      readonly type: 'known';
      /** How many there are, those that are not named included. */
      readonly count: number;
      /** In no order. A folder ends with `/` and stands for everything in it, `./` for all there is. */
      readonly paths: readonly string[];
    }
  /** There is no repository, so no commit holds any file. */
  | { readonly type: 'none' }
  /** Nobody can tell; `problem` says why. */
  | { readonly type: 'unknown'; readonly problem: string };

/** What {@link GitRepository.findUncommitted} looks at. */
export interface UncommittedQuery {
  /** The most paths to name. */
  readonly limit: number;
  /**
   * Files to look at and no others, of which those count that no commit holds for sure: ignored ones as well, and
   * those in repositories inside the folder.
   */
  readonly paths?: readonly string[];
}

/** Whom a commit is by. */
export interface CommitAuthor {
  readonly name: string;
  readonly email: string;
}

/** Everything a commit is made of, so that making it again gives the same id. */
export interface CommitPlan {
  /** The full name of the branch, `refs/heads/…`. */
  readonly branch: string;
  readonly parent: string | null;
  readonly subject: string;
  readonly trailers: Readonly<Record<string, string>>;
  readonly author: CommitAuthor;
  /** Seconds since 1970 UTC, for author and committer. */
  readonly atSeconds: number;
  /** The files it changes. */
  readonly files: readonly CommittedFile[];
  /** Whether the user's hooks are asked before the commit is made, and told after it. Default: no hook runs. */
  readonly runsHooks?: boolean;
}

/** A file a commit changes, by the hash of its new content; `null` when it is gone. */
interface CommittedFile {
  readonly path: string;
  readonly hash: string | null;
  /** The file of the parent whose mode a new file takes over. */
  readonly movedFrom?: string;
}

/** The project folder's repository. Never pushes, fetches or touches other paths than the plan's. */
export interface GitRepository {
  inspect(): Promise<GitState>;

  /**
   * Which files the user has changed, added or deleted and not committed, staged or not; without the ignored ones, and
   * also where the folder is a part of the repository of another project. Never fails: what it cannot find out is
   * `unknown`.
   */
  findUncommitted(query: UncommittedQuery): Promise<UncommittedFiles>;

  /** Makes the project folder a repository. */
  initialise(): Promise<void>;

  /** Who the user's configuration says commits are by. */
  author(): Promise<CommitAuthor | undefined>;

  /**
   * Makes the commit, moves the branch and brings the user's index up to date for exactly the committed paths.
   * Doing it again after a crash changes nothing.
   *
   * @param plan what is committed, and on what.
   * @param contentOf gives the content of a file by its hash.
   * @param signal ends a hook that is running; it then rejects with the reason of the signal, and nothing is committed.
   * A hook that runs after the commit is ended in silence: the commit is made.
   * @returns the id of the commit.
   * @throws {@link GitConflictError} when the branch has moved since the plan was made.
   * @throws {@link GitHookFailedError} when the plan wants hooks run and one of them objects.
   */
  commit(
    plan: CommitPlan,
    contentOf: (hash: string) => Promise<string>,
    signal?: AbortSignal,
  ): Promise<string>;
}
