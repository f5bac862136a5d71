import { JarvisError } from '@jarvis/core';

/** The disk with the project folder is full. Files that were not finished are as they were. */
export class WorkspaceNoSpaceError extends JarvisError<'JARVIS_WORKSPACE_NO_SPACE'> {
  readonly code = 'JARVIS_WORKSPACE_NO_SPACE';
  readonly path: string;
  /** What the file needs. */
  readonly bytesNeeded: number;

  constructor({ path, bytesNeeded, cause }: { path: string; bytesNeeded: number; cause: unknown }) {
    super(
      `There is no space left on the disk for ${path}, which needs ${String(bytesNeeded)} bytes. ` +
        'Free some there, then resume the run.',
      { cause, retryable: true },
    );
    this.path = path;
    this.bytesNeeded = bytesNeeded;
  }
}

/** The operating system does not let this user write a file of the project, or the disk is read-only. */
export class WorkspaceWriteDeniedError extends JarvisError<'JARVIS_WORKSPACE_WRITE_DENIED'> {
  readonly code = 'JARVIS_WORKSPACE_WRITE_DENIED';
  readonly path: string;

  constructor({ path, reason, cause }: { path: string; reason: string; cause: unknown }) {
    super(`${path} cannot be written: ${reason}. Make it writable for your user, then resume the run.`, {
      cause,
    });
    this.path = path;
  }
}

/** Reading or writing a file of the project failed for another reason: a failing disk, too many open files. */
export class WorkspaceDiskError extends JarvisError<'JARVIS_WORKSPACE_DISK'> {
  readonly code = 'JARVIS_WORKSPACE_DISK';
  readonly path: string;
  /** The error code of the operating system, such as `EIO`. */
  readonly reason: string;

  constructor({ path, reason, cause }: { path: string; reason: string; cause: unknown }) {
    super(`Working with ${path} failed (${reason}). Look at that disk, then resume the run.`, {
      cause,
      retryable: true,
    });
    this.path = path;
    this.reason = reason;
  }
}
