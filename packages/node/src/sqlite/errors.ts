import { JarvisError } from '@jarvis/core';

/** The file of a journal is there and cannot be read as one: empty, cut, overwritten, or from another program. */
export class JournalUnreadableError extends JarvisError<'JARVIS_JOURNAL_UNREADABLE'> {
  readonly code = 'JARVIS_JOURNAL_UNREADABLE';
  readonly path: string;

  constructor({ path, problem, cause }: { path: string; problem: string; cause?: unknown }) {
    super(
      `The journal ${path} cannot be read: ${problem}. It was left as it is, and nothing was started or bought. ` +
        'Restore its folder from a backup; to begin again without the runs in it, move the folder away.',
      { cause },
    );
    this.path = path;
  }
}

/** The journal was written by a newer release, whose records this one may not understand. */
export class JournalTooNewError extends JarvisError<'JARVIS_JOURNAL_TOO_NEW'> {
  readonly code = 'JARVIS_JOURNAL_TOO_NEW';
  readonly path: string;
  /** The version of the file's layout. */
  readonly version: number;
  /** The newest version this release knows. */
  readonly knownVersion: number;

  constructor({ path, version, knownVersion }: { path: string; version: number; knownVersion: number }) {
    super(
      `The journal ${path} has version ${String(version)}, this release of JARVIS knows versions up to ` +
        `${String(knownVersion)}. It was left as it is. Update JARVIS: npm install -g @jarvis/cli@latest`,
    );
    this.path = path;
    this.version = version;
    this.knownVersion = knownVersion;
  }
}

/** The journal could not be opened or written: no permission, a read-only disk, a failing one. */
export class JournalUnavailableError extends JarvisError<'JARVIS_JOURNAL_UNAVAILABLE'> {
  readonly code = 'JARVIS_JOURNAL_UNAVAILABLE';
  readonly path: string;

  constructor({ path, problem, cause }: { path: string; problem: string; cause?: unknown }) {
    super(
      `The journal ${path} cannot be used: ${problem}. Make its folder one on a local disk that you may write to, ` +
        'or choose another with --state-dir or JARVIS_HOME.',
      { cause },
    );
    this.path = path;
  }
}

/** A content beside the records is missing, or is not what was stored. */
export class ContentDamagedError extends JarvisError<'JARVIS_JOURNAL_CONTENT_DAMAGED'> {
  readonly code = 'JARVIS_JOURNAL_CONTENT_DAMAGED';
  /** The database or the file that should hold it. */
  readonly path: string;
  /** SHA-256 of what was stored. */
  readonly hash: string;

  constructor({ path, hash, problem }: { path: string; hash: string; problem: string }) {
    super(
      `The content ${hash} in ${path} ${problem}. Nothing was started or bought. ` +
        'Restore the state directory from a backup, or start a new run.',
    );
    this.path = path;
    this.hash = hash;
  }
}

/** The disk with the journal is full, or so nearly full that nothing new is begun; what was stored before is kept. */
export class JournalNoSpaceError extends JarvisError<'JARVIS_JOURNAL_NO_SPACE'> {
  readonly code = 'JARVIS_JOURNAL_NO_SPACE';
  readonly path: string;
  /** What was left; `undefined` when the disk itself refused to write. */
  readonly freeBytes: number | undefined;

  constructor({ path, freeBytes, cause }: { path: string; freeBytes?: number; cause?: unknown }) {
    const found =
      freeBytes === undefined
        ? `There is no space left for the journal ${path}`
        : `Only ${String(Math.floor(freeBytes / 2 ** 20))} MB are left on the disk of the journal ${path}, ` +
          'which are kept back for what has begun; nothing new was bought';
    super(`${found}. Free some on that disk, then resume the run.`, { cause, retryable: true });
    this.path = path;
    this.freeBytes = freeBytes;
  }
}

/** Other processes kept the journal locked for longer than anything takes that works. */
export class JournalBusyError extends JarvisError<'JARVIS_JOURNAL_BUSY'> {
  readonly code = 'JARVIS_JOURNAL_BUSY';
  readonly path: string;
  readonly waitedMs: number;

  constructor({ path, waitedMs, cause }: { path: string; waitedMs: number; cause: unknown }) {
    super(
      `The journal ${path} was locked by another process for ${String(Math.round(waitedMs / 1_000))} s. ` +
        'Look for a program that has the file open (a backup, a database browser), then try again.',
      { cause, retryable: true },
    );
    this.path = path;
    this.waitedMs = waitedMs;
  }
}

/** A journal was used after it had been closed: a mistake in the program that uses it. */
export class JournalClosedError extends JarvisError<'JARVIS_JOURNAL_CLOSED'> {
  readonly code = 'JARVIS_JOURNAL_CLOSED';
  readonly path: string;

  constructor({ path }: { path: string }) {
    super(`The journal ${path} has been closed. Open it again before using it.`);
    this.path = path;
  }
}

/** This release of Node.js has no SQLite that keeps a journal safe. */
export class SqliteTooOldError extends JarvisError<'JARVIS_SQLITE_TOO_OLD'> {
  readonly code = 'JARVIS_SQLITE_TOO_OLD';
  /** The SQLite of this Node.js; `none` when it has none. */
  readonly sqliteVersion: string;
  readonly neededVersion: string;

  constructor({ sqliteVersion, neededVersion }: { sqliteVersion: string; neededVersion: string }) {
    super(
      `This Node.js brings SQLite ${sqliteVersion}, which may damage a database several processes write to; ` +
        `${neededVersion} is needed. Use Node.js 22.22.3 or a later 22, 24.15.0 or a later 24, or 25.9.0 and above.`,
    );
    this.sqliteVersion = sqliteVersion;
    this.neededVersion = neededVersion;
  }
}
